// What has just changed on the board, shown without noise: a ring that fades, then a dot for a minute.
import { SvelteMap } from 'svelte/reactivity';
import { clock } from '../time/clock.svelte';

const ringEveryMs = 2_000;
const dotMs = 60_000;
/** More at once than this is an update of a week, said in one line. */
const crowd = 12;

export interface Mark {
  at: number;
  ring: boolean;
}

export class Marks {
  byCell = new SvelteMap<string, Mark>();
  /** Said instead of rings when many cells change at once. */
  summary = $state('');

  add(cells: readonly string[], whoseUpdate: () => string): void {
    const at = clock.now();
    const many = cells.length > crowd;
    if (many) this.summary = whoseUpdate();
    for (const cell of cells) {
      const before = this.byCell.get(cell);
      const tooSoon = before?.ring && at - before.at < ringEveryMs;
      this.byCell.set(cell, tooSoon ? before : { at, ring: !many });
    }
    setTimeout(() => this.#forgetOld(), dotMs + 100);
  }

  newest(cells: readonly string[]): Mark | undefined {
    return cells.flatMap((cell) => this.byCell.get(cell) ?? []).sort((a, b) => b.at - a.at)[0];
  }

  clear(): void {
    this.byCell.clear();
    this.summary = '';
  }

  #forgetOld(): void {
    for (const [cell, mark] of this.byCell) {
      if (clock.now() - mark.at >= dotMs) this.byCell.delete(cell);
    }
    if (this.byCell.size === 0) this.summary = '';
  }
}
