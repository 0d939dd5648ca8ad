// A week as it is typed: places opened, half-day by half-day, and what of it is new.
import { hasEnded, openSlots, type SlotName } from '../places/facilities';
import { addDays, noonOf } from '../time/dates';
import { takenOf } from './count-view';
import { weekdayAbbreviated } from '../words/format';
import type { Cell, Facility } from '../types';

/** What was typed into a cell; left out: nothing. */
export interface Typed {
  open?: number | undefined;
  reserved?: number | undefined;
}

export interface CountName extends SlotName {
  section: string;
}

export interface Count extends CountName {
  open: number;
  reserved?: number;
}

/** So far ahead counts can be stated. */
export const daysAhead = 400;

/** The Monday of a day's week. */
export function mondayOf(date: string): string {
  return addDays(date, -((noonOf(date).getUTCDay() + 6) % 7));
}

export const weekOf = (monday: string): string[] => Array.from({ length: 7 }, (_, index) => addDays(monday, index));

/** The counts of some days, in order of time and section. */
export function countsOn(facility: Facility, dates: readonly string[]): CountName[] {
  return openSlots(facility, dates).flatMap((slot) => facility.sections.map(({ id }) => ({ ...slot, section: id })));
}

export interface Changes {
  /** To be recorded. */
  counts: Count[];
  /** As they were, where somebody had said so: to take it back. */
  before: Count[];
  /** Typed lower than what is taken: they stay at that. */
  kept: Count[];
}

/** What of the typed is another count than the recorded one. Nothing goes below what is taken. */
export function changesOf(
  names: readonly CountName[],
  typed: (name: CountName) => Typed | undefined,
  cell: (name: CountName) => Cell | undefined,
): Changes {
  const changes: Changes = { counts: [], before: [], kept: [] };
  for (const name of names) {
    const [wish, known] = [typed(name), cell(name)];
    if (!wish) continue;
    const least = known ? takenOf(known) : 0;
    const isStated = isStatedCell(known);
    const open = Math.max(least, wish.open ?? known?.open ?? 0);
    const reserved = wish.reserved ?? known?.reserved ?? 0;
    if (wish.open !== undefined && wish.open < least) changes.kept.push({ ...name, open });
    if (isStated && open === known?.open && reserved === known.reserved) continue;
    changes.counts.push({ ...name, open, ...(wish.reserved !== undefined && { reserved }) });
    if (isStated && known) changes.before.push({ ...name, open: known.open, reserved: known.reserved });
  }
  return changes;
}

/** Somebody has said so, or the typical week: it is not « ? ». */
export function isStatedCell(cell: Cell | undefined): boolean {
  return cell !== undefined && (cell.confirmedAt !== null || cell.open > 0 || takenOf(cell) > 0);
}

/** What a person types for a number of places; null: that is none. */
export function readCount(text: string): number | null {
  const digits = text.trim();
  return /^\d{1,3}$/.test(digits) ? Number(digits) : null;
}

/** The counts of one day, as they are typed or recorded, for other days: only where these are open, and never a « ? ». */
export function copied(
  facility: Facility,
  from: string,
  to: readonly string[],
  read: (name: CountName) => Typed | null,
): { name: CountName; typed: Typed }[] {
  return countsOn(facility, to).flatMap((name) => {
    const source = { ...name, date: from };
    const isThere = openSlots(facility, [from]).some(({ period }) => period === name.period);
    const typed = isThere ? read(source) : null;
    return typed ? [{ name, typed }] : [];
  });
}

/** Counts that can still be changed: of half-days that have not ended. */
export function isTypeable(facility: Facility, { date, period }: SlotName, zone: string, now: number): boolean {
  const shown = facility.periods.find(({ id }) => id === period);
  return shown !== undefined && !hasEnded(date, shown, zone, now);
}

/** « Moyens, jeu. 3 matin reste à 2, déjà pris » */
export function keptWords(facility: Facility, kept: readonly Count[]): string {
  return kept
    .map(({ date, period, section, open }) => {
      const half = facility.periods.find(({ id }) => id === period)?.name.toLowerCase() ?? period;
      const name = facility.sections.find(({ id }) => id === section)?.name ?? section;
      return `${name}, ${weekdayAbbreviated(date)} ${half} reste à ${open}, déjà pris`;
    })
    .join(' ; ');
}
