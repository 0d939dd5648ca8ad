import type { Care, Cell, CellName } from './generated/messages.js';

/** The key of a cell in `LiveBoard.cells`. */
export function cellKey({ facility, date, period, section }: CellName): string {
  return `${facility}/${date}/${period}/${section}`;
}

/** How many places can be booked for a kind of care: none where the facility has closed the period. */
export function freeFor(cell: Cell, care: Care): number {
  return cell.closed ? 0 : cell.free[care];
}

/** Whether a count is to be verified at `now` (ms): confirmed too long ago, or never. */
export function isStale(cell: Cell, now: number = Date.now()): boolean {
  return cell.staleAt === null || Date.parse(cell.staleAt) <= now;
}
