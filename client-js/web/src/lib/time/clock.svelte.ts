// The server's time: a wrong clock on the desk, or one that is set meanwhile, moves no countdown, age or day.
import { dayIn } from './dates';

class Clock {
  /** Ticks each second: for countdowns. */
  second = $state(Date.now());
  /** Ticks each quarter of a minute: for ages of counts, whose texts change by the minute. */
  slow = $state(Date.now());
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

  /** Takes the server's word for the present instant. */
  set(serverNowMs: number): void {
    this.#known = { time: serverNowMs, at: performance.now() };
    this.#tick();
  }

  #tick(): void {
    this.second = this.now();
    if (Math.abs(this.second - this.slow) >= 15_000) this.slow = this.second;
  }
}

export const clock = new Clock();
