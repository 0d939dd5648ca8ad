import type {
  BoardDeltaNotification,
  BoardGetResult,
  BoardSubscribeResult,
  Cell,
  CellName,
} from '../../../client-js/sdk/src/generated/messages.js';

export const nameOf = ({ facility, date, period, section }: CellName): string =>
  `${facility} ${date} ${period} ${section}`;

/** A board by its cells' names, to compare. */
export const byName = (cells: Cell[]): Record<string, Cell> =>
  Object.fromEntries(cells.map((cell) => [nameOf(cell), cell] as const).sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a watcher knows of a board, and every breach of the protocol's promises that it has seen. */
export class Mirror {
  epoch = '';
  offset = 0;
  readonly faults: string[] = [];
  deltas = 0;
  snapshots = 0;
  widestDelta = 0;
  private readonly cells = new Map<string, Cell>();

  get board(): Record<string, Cell> {
    return byName([...this.cells.values()]);
  }

  cell(name: CellName): Cell | undefined {
    return this.cells.get(nameOf(name));
  }

  /** The reply to a subscription: a snapshot, or what changed since. */
  take(reply: BoardSubscribeResult): void {
    const sameEpoch = reply.epoch === this.epoch;
    if (reply.recovered && !sameEpoch) this.faults.push(`recovered from epoch ${this.epoch} to ${reply.epoch}`);
    if (sameEpoch && reply.offset < this.offset) this.faults.push(`back from ${this.offset} to ${reply.offset}`);
    if (!reply.recovered) this.forgetAll(sameEpoch ? reply.cells : undefined);
    this.epoch = reply.epoch;
    this.offset = reply.offset;
    reply.cells.forEach((cell) => this.put(cell));
  }

  /** False: subscribe again, for something is missing or another epoch has begun. */
  apply(delta: BoardDeltaNotification): boolean {
    this.deltas++;
    this.widestDelta = Math.max(this.widestDelta, delta.offset - delta.from);
    if (delta.from >= delta.offset) this.faults.push(`a delta over (${delta.from}, ${delta.offset}]`);
    if (delta.epoch !== this.epoch || delta.from > this.offset) return false;
    if (delta.offset <= this.offset) return true;
    this.offset = delta.offset;
    delta.cells.forEach((cell) => this.put(cell));
    return true;
  }

  private put(cell: Cell): void {
    const known = this.cells.get(nameOf(cell));
    if (known && cell.version < known.version) {
      this.faults.push(`${nameOf(cell)} went back from version ${known.version} to ${cell.version}`);
    }
    if (known && cell.version === known.version && JSON.stringify(cell) !== JSON.stringify(known)) {
      this.faults.push(`${nameOf(cell)} has two states of version ${cell.version}`);
    }
    this.cells.set(nameOf(cell), cell);
  }

  /** A snapshot follows; within an epoch it lacks no cell and is behind in none. */
  private forgetAll(snapshot: Cell[] | undefined): void {
    this.snapshots++;
    if (snapshot) {
      const coming = byName(snapshot);
      for (const [name, { version }] of this.cells) {
        const next = coming[name]?.version ?? -1;
        if (next < version) this.faults.push(`a snapshot has ${name} at version ${next} after ${version}`);
      }
    }
    this.cells.clear();
  }
}

/** Equal to what a fresh read says? `asOf` and the like aside. */
export const sameBoard = (mirror: Mirror, truth: BoardGetResult): boolean =>
  JSON.stringify(mirror.board) === JSON.stringify(byName(truth.cells));
