import type { BoardGetResult, Booking, Cell, CellName } from '../../../client-js/sdk/src/generated/messages.js';
import { nameOf } from './mirror.js';

interface Counts {
  vip: number;
  other: number;
  held: number;
}

const takes = new Set(['held', 'confirmed', 'attended', 'no_show']);

/** What the server has acknowledged: each effect must be found in the store, once. */
export class Ledger {
  /** Opened places by cell, as the sum of acknowledged adjustments over the count at the start. */
  private readonly open = new Map<string, number>();
  private readonly bookings = new Map<string, Booking>();
  acknowledged = 0;

  constructor(start: BoardGetResult) {
    for (const cell of start.cells) this.open.set(nameOf(cell), cell.open);
  }

  adjusted(cell: CellName, by: number): void {
    this.acknowledged++;
    this.open.set(nameOf(cell), (this.open.get(nameOf(cell)) ?? 0) + by);
  }

  booked(booking: Booking): void {
    this.acknowledged++;
    const known = this.bookings.get(booking.id);
    if (!known || known.version < booking.version) this.bookings.set(booking.id, booking);
  }

  /** Everything in which the store differs from what was acknowledged. */
  differences(board: BoardGetResult, stored: Booking[]): string[] {
    return [...this.lostBookings(stored), ...this.wrongCells(board.cells, recounted(stored))];
  }

  private *lostBookings(stored: Booking[]): Generator<string> {
    const byId = new Map(stored.map((booking) => [booking.id, booking]));
    for (const [id, acknowledged] of this.bookings) {
      const found = byId.get(id);
      if (!found) yield `${id} was acknowledged as ${acknowledged.state} and is lost`;
      else if (!mayHaveBecome(acknowledged, found))
        yield `${id} was acknowledged as ${acknowledged.state} and is ${found.state}`;
    }
    // Every call was repeated until it was answered: there is nothing that nobody knows of.
    for (const { id, state } of stored)
      if (!this.bookings.has(id)) yield `${id} is ${state} and was never acknowledged`;
  }

  private *wrongCells(cells: Cell[], recounts: Map<string, Counts>): Generator<string> {
    for (const cell of cells) {
      const name = nameOf(cell);
      const expected = { open: this.open.get(name) ?? 0, ...(recounts.get(name) ?? { vip: 0, other: 0, held: 0 }) };
      const { open, vip, other, held } = cell;
      const found = JSON.stringify({ open, vip, other, held });
      if (found !== JSON.stringify(expected)) yield `${name} is ${found}, not ${JSON.stringify(expected)}`;
    }
  }
}

/** Unchanged, or expired in the meantime. */
const mayHaveBecome = (acknowledged: Booking, found: Booking): boolean =>
  found.state === acknowledged.state ||
  (acknowledged.state === 'held' && found.state === 'expired' && isOver(acknowledged));

const isOver = ({ expiresAt }: Booking): boolean => Date.parse(expiresAt!) <= Date.now();

/** What the cells must hold, from the bookings alone. */
export function recounted(bookings: Booking[]): Map<string, Counts> {
  const cells = new Map<string, Counts>();
  for (const booking of bookings) {
    if (!takes.has(booking.state)) continue;
    for (const place of booking.places) {
      if (place.outcome === 'cancelled') continue;
      const name = nameOf({ facility: booking.facility, ...place });
      const counts = cells.get(name) ?? { vip: 0, other: 0, held: 0 };
      counts[booking.care!]++;
      if (booking.state === 'held') counts.held++;
      cells.set(name, counts);
    }
  }
  return cells;
}
