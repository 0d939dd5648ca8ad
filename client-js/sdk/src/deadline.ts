import { steadyNow } from './steady.js';

/** A time limit, joined with the caller's own signal. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #endsAt: number;
  readonly #outer: AbortSignal | undefined;
  /** The limit was reached, not the caller's signal. */
  passed = false;

  /** Without `limitMs`, the caller's signal alone. */
  constructor(limitMs?: number, outer?: AbortSignal) {
    this.#endsAt = steadyNow() + (limitMs ?? Infinity);
    this.#outer = outer;
    if (limitMs !== undefined) this.#timer = setTimeout(this.#pass, limitMs);
    if (outer?.aborted) this.#abort();
    else outer?.addEventListener('abort', this.#abort);
  }

  leftMs(): number {
    return this.#endsAt - steadyNow();
  }

  /** What `promise` becomes, or the reason why waiting ended. */
  race<Value>(promise: Promise<Value>): Promise<Value> {
    const { signal } = this.#controller;
    return new Promise((resolve, reject) => {
      const abort = () => reject(signal.reason);
      promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
      if (signal.aborted) abort();
      else signal.addEventListener('abort', abort);
    });
  }

  async sleep(ms: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      await this.race(new Promise<void>((resolve) => (timer = setTimeout(resolve, ms))));
    } finally {
      clearTimeout(timer);
    }
  }

  /** Lets go of the timer and of the caller's signal. */
  end(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener('abort', this.#abort);
  }

  readonly #pass = (): void => {
    this.passed = true;
    this.#controller.abort(new Error('no answer in time'));
  };

  readonly #abort = (): void => this.#controller.abort(this.#outer?.reason);
}
