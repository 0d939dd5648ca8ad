import { capitalized, inWords } from '../words/format';
import type { Cell } from '../types';

/** « Deux réservations sont confirmées sur ce créneau. Pour descendre à 1, annulez d’abord avec le service concerné. » */
export function belowWords(cell: Cell, wanted: number): string {
  const taken = cell.vip + cell.other;
  const verb = taken === 1 ? 'réservation est confirmée' : 'réservations sont confirmées';
  const orHeld = cell.held > 0 ? ' ou en cours' : '';
  return (
    `${capitalized(inWords(taken))} ${verb}${orHeld} sur ce créneau. ` +
    `Pour descendre à ${wanted}, annulez d’abord avec le service concerné.`
  );
}
