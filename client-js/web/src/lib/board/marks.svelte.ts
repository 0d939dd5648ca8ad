// What has just changed on the board, shown without noise: a ring that fades, then a dot for a minute.
import { clock } from '../time/clock.svelte';
import type { Cells, Mark } from './cells.svelte';

const ringEveryMs = 2_000;
const dotMs = 60_000;
/** More at once than this is an update of a week, said in one line. */
const crowd = 12;

export class Marks {
  /** Said instead of rings when many cells change at once. */
  summary = $state('');
  #marked = new Map<string, Mark>();
  #sweeping = false;

  constructor(private readonly cells: Cells) {}

  add(keys: readonly string[], whoseUpdate: () => string): void {
    const at = clock.now();
    const many = keys.length > crowd;
    if (many) this.summary = whoseUpdate();
    for (const key of keys) {
      const before = this.#marked.get(key);
      if (before?.ring && at - before.at < ringEveryMs) continue;
      this.#set(key, { at, ring: !many });
    }
    this.#sweepLater();
  }

  newest(keys: readonly string[]): Mark | undefined {
    const marks = keys.flatMap((key) => this.cells.mark(key) ?? []);
    return marks.length > 1 ? marks.sort((a, b) => b.at - a.at)[0] : marks[0];
  }

  clear(): void {
    for (const key of this.#marked.keys()) this.cells.setMark(key, undefined);
    this.#marked.clear();
    this.summary = '';
  }

  #set(key: string, mark: Mark): void {
    // Last in order again: the sweep stops at the first that is young.
    this.#marked.delete(key);
    this.#marked.set(key, mark);
    this.cells.setMark(key, mark);
  }

  #sweepLater(): void {
    if (this.#sweeping) return;
    this.#sweeping = true;
    setTimeout(() => this.#sweep(), dotMs / 10);
  }

  #sweep(): void {
    this.#sweeping = false;
    for (const [key, mark] of this.#marked) {
      if (clock.now() - mark.at < dotMs) break;
      this.#marked.delete(key);
      this.cells.setMark(key, undefined);
    }
    if (this.#marked.size > 0) this.#sweepLater();
    else this.summary = '';
  }
}
