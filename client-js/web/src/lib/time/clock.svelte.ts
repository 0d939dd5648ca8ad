// The server's time, so that a wrong clock on the desk moves no countdown.
import { dayIn } from './dates';

class Clock {
  /** Ticks each second: for countdowns. */
  second = $state(Date.now());
  /** Ticks each quarter of a minute: for ages of counts, whose texts change by the minute. */
  slow = $state(Date.now());
  /** Of the territory on screen: its midnight is the pages'. */
  zone = $state('Europe/Paris');
  today = $derived(dayIn(this.zone, this.slow));
  #offsetMs = 0;

  constructor() {
    setInterval(() => this.#tick(), 1000);
  }

  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** Takes the server's word for the present instant. */
  set(serverNowMs: number): void {
    this.#offsetMs = serverNowMs - Date.now();
    this.#tick();
  }

  #tick(): void {
    this.second = this.now();
    if (Math.abs(this.second - this.slow) >= 15_000) this.slow = this.second;
  }
}

export const clock = new Clock();
