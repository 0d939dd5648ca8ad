// The one polite region for screen readers: own hold and bookings, arrivals, nothing of the board's traffic.

class Announcer {
  text = $state('');
  #turn = false;

  say(text: string): void {
    // The same words twice must be a change, or they are not read again.
    this.#turn = !this.#turn;
    this.text = this.#turn ? text : `${text}\u00a0`;
  }

  clear(): void {
    this.text = '';
  }
}

export const announcer = new Announcer();
