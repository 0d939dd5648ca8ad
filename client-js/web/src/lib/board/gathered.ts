// What comes one by one is passed on at once; what comes in a storm, gathered: at most once in a frame of the screen.

const frameMs = 16;

export class Gathered<Item> {
  #items = new Set<Item>();
  #passedAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly pass: (items: Iterable<Item>) => void) {}

  add(items: Iterable<Item>): void {
    for (const item of items) this.#items.add(item);
    if (this.#timer !== undefined) return;
    const wait = this.#passedAt + frameMs - performance.now();
    if (wait <= 0) this.#passOn();
    else this.#timer = setTimeout(() => this.#passOn(), wait);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#items.clear();
  }

  #passOn(): void {
    this.#timer = undefined;
    const items = this.#items;
    this.#items = new Set();
    this.pass(items);
    // From its end: a slow device gets its breath between two.
    this.#passedAt = performance.now();
  }
}
