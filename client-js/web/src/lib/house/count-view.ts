// What a count says to who keeps it: the number that others see, and of what it is made.
import { isStale } from '@placette/client';
import { counted } from '../words/format';
import type { Cell } from '../types';

export interface CountView {
  /** Somebody has said how many there are; else it is « ? », never 0. */
  stated: boolean;
  /** Places that can be booked: the number on the board. */
  free: number;
  /** The board says « complet ». */
  full: boolean;
  closed: boolean;
  stale: boolean;
  overcommitted: boolean;
  /** « 3 ouvertes », « 1 réservée », « 1 pour l’insertion ». */
  notes: string[];
}

export const takenOf = ({ vip, other }: Pick<Cell, 'vip' | 'other'>): number => vip + other;

export function freeOf(cell: Cell | undefined, steps = 0): number {
  return cell ? Math.max(0, cell.open + steps - takenOf(cell)) : Math.max(0, steps);
}

/** `steps`: what was tapped and is on its way; `late`: what of it should have been recorded by now. */
export function viewCount(cell: Cell | undefined, { steps = 0, late = 0, now }: Steps): CountView {
  const open = (cell?.open ?? 0) + steps;
  const stated = Boolean(cell?.confirmedAt) || open > 0 || (cell !== undefined && takenOf(cell) > 0);
  const free = freeOf(cell, steps);
  const confirmed = cell ? takenOf(cell) - cell.held : 0;
  if (cell?.closed) {
    const notes = open > 0 ? [`${counted(open, 'ouverte')} à la réouverture`] : [];
    return { stated, free: 0, full: false, closed: true, stale: false, overcommitted: cell.overcommitted, notes };
  }
  const notes = [
    stated && counted(open, 'ouverte'),
    confirmed > 0 && counted(confirmed, 'réservée'),
    cell && cell.held > 0 && counted(cell.held, 'réservation en cours', 'réservations en cours'),
    cell && cell.reserved > 0 && `${cell.reserved}\u00a0pour l’insertion`,
    !stated && 'non renseigné',
    late !== 0 && `${late > 0 ? '+' : '−'}${Math.abs(late)} pas encore enregistré`,
  ];
  return {
    stated,
    free,
    full: stated && free === 0,
    closed: false,
    stale: stated && (!cell || isStale(cell, now)) && steps === 0,
    overcommitted: cell?.overcommitted ?? false,
    notes: notes.filter((note) => note !== false && note !== undefined),
  };
}

interface Steps {
  steps?: number;
  late?: number;
  now: number;
}
