/** A gate that many wait at: it opens, shuts again, or is barred for good with a reason. */
export class Gate {
  #passage!: Promise<void>;
  #settle: { open: () => void; bar: (reason: Error) => void } | undefined;

  constructor() {
    this.#build();
  }

  passage(): Promise<void> {
    return this.#passage;
  }

  open(): void {
    this.#settle?.open();
    this.#settle = undefined;
  }

  /** Who waits already goes on waiting. */
  shut(): void {
    if (!this.#settle) this.#build();
  }

  bar(reason: Error): void {
    this.shut();
    this.#settle?.bar(reason);
    this.#settle = undefined;
  }

  #build(): void {
    this.#passage = new Promise((open, bar) => (this.#settle = { open, bar }));
    this.#passage.catch(() => {}); // barred with nobody waiting is no unhandled rejection
  }
}
