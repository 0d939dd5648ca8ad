// The cells of a board as the pages read them: each is a signal of its own, so that a change costs what hangs on it, however
// large the board is.
import type { Cell } from '../types';

/** What has just changed is marked: by a ring, or by a dot alone. */
export interface Mark {
  at: number;
  ring: boolean;
}

/** What is known under one key. */
class Spot {
  cell = $state.raw<Cell | undefined>();
  mark = $state.raw<Mark | undefined>();
}

export class Cells {
  #spots = new Map<string, Spot>();
  /** Grows with each new key: who asked for one that was not there asks again. */
  #added = $state(0);

  get(key: string): Cell | undefined {
    return this.#spot(key)?.cell;
  }

  mark(key: string): Mark | undefined {
    return this.#spot(key)?.mark;
  }

  setMark(key: string, mark: Mark | undefined): void {
    const spot = this.#spots.get(key);
    if (spot) spot.mark = mark;
  }

  /** Not to be called while something is being derived: a signal that is made there would not be followed. */
  set(key: string, cell: Cell): void {
    const spot = this.#spots.get(key) ?? new Spot();
    spot.cell = cell;
    if (this.#spots.has(key)) return;
    this.#spots.set(key, spot);
    this.#added += 1;
  }

  /** Takes a whole board in the place of what was there. */
  replace(cells: ReadonlyMap<string, Cell>): void {
    for (const [key, cell] of cells) this.set(key, cell);
    for (const [key, spot] of this.#spots) if (!cells.has(key)) spot.cell = undefined;
  }

  /** As it is now, for who wants to keep it. */
  copy(): Map<string, Cell> {
    return new Map([...this.#spots].flatMap(([key, { cell }]) => (cell ? [[key, cell] as const] : [])));
  }

  #spot(key: string): Spot | undefined {
    const spot = this.#spots.get(key);
    if (!spot) void this.#added;
    return spot;
  }
}
