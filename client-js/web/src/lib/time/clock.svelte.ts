// The server's time: a wrong clock on the desk, or one that is set meanwhile, moves no countdown, age or day.
import { dayIn } from './dates';

const slowMs = 15_000;
/** Of the ticks that come each quarter of a minute, so many are spread over it. */
const turns = slowMs / 1000;

class Turn {
  now = $state(Date.now());
}

class Clock {
  /** Ticks each second: for countdowns. */
  second = $state(Date.now());
  /** Ticks each quarter of a minute: for ages of counts, whose texts change by the minute. */
  slow = $state(Date.now());
  #turns = Array.from({ length: turns }, () => new Turn());
  /** Of the territory on screen: its midnight is the pages'. */
  zone = $state('Europe/Paris');
  today = $derived(dayIn(this.zone, this.slow));
  /** What the server's time was at a moment of the page's own life, which only goes forward. */
  #known = { time: Date.now(), at: performance.now() };

  constructor() {
    setInterval(() => this.#tick(), 1000);
  }

  now(): number {
    return this.#known.time + performance.now() - this.#known.at;
  }

  /** As `slow`, at a second of its own for each index: a long list grows older piece by piece. */
  slowFor(index: number): number {
    return this.#turns[index % turns]!.now;
  }

  /** Takes the server's word for the present instant. */
  set(serverNowMs: number): void {
    const step = Math.abs(serverNowMs - this.now());
    this.#known = { time: serverNowMs, at: performance.now() };
    this.#tick();
    if (step >= 1000) for (const turn of this.#turns) turn.now = this.second;
  }

  #tick(): void {
    this.second = this.now();
    if (Math.abs(this.second - this.slow) >= slowMs) this.slow = this.second;
    // One that has missed its turn, as a page that slept, takes the next.
    for (const [index, turn] of this.#turns.entries()) {
      const isItsTurn = Math.floor(this.second / 1000) % turns === index;
      if (isItsTurn || Math.abs(this.second - turn.now) >= 2 * slowMs) turn.now = this.second;
    }
  }
}

export const clock = new Clock();
