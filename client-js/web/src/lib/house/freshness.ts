// Which counts are to be verified, and which will be when the next day begins.
import { isStale } from '@placette/client';
import { hasEnded, openSlots, opensAt, type SlotName } from '../places/facilities';
import { instantOf } from '../time/dates';
import { counted, dayShort } from '../words/format';
import { isStatedCell } from './week';
import type { Cell, Facility } from '../types';

/** The counts of some days that somebody could book still, and that somebody has stated. */
export function livingCells(
  facility: Facility,
  dates: readonly string[],
  read: (slot: SlotName, section: string) => Cell | undefined,
  zone: string,
  now: number,
): Cell[] {
  const periods = new Map(facility.periods.map((period) => [period.id, period]));
  return openSlots(facility, dates)
    .filter((slot) => !hasEnded(slot.date, periods.get(slot.period)!, zone, now))
    .flatMap((slot) => facility.sections.flatMap(({ id }) => read(slot, id) ?? []))
    .filter((cell) => isStatedCell(cell) && !cell.closed);
}

/** When the first half-day of a day begins (ms). */
export function openingOf(facility: Facility, date: string, zone: string): number {
  const starts = facility.periods.filter((period) => opensAt(facility, date, period)).map(({ start }) => start);
  return instantOf(date, starts.sort()[0] ?? '00:00', zone);
}

export const toVerify = (cells: readonly Cell[], now: number): Cell[] => cells.filter((cell) => isStale(cell, now));

/** Fresh now, and not any more at an instant. */
export function toVerifyAt(cells: readonly Cell[], now: number, then: number): Cell[] {
  return cells.filter((cell) => !isStale(cell, now) && isStale(cell, then));
}

/** When the oldest of them was confirmed: what « à jour » can honestly claim; null: one of them never, or there is none. */
export function oldestConfirmation(cells: readonly Cell[]): string | null {
  const instants = cells.map(({ confirmedAt }) => confirmedAt);
  return instants.includes(null) ? null : ((instants as string[]).sort()[0] ?? null);
}

/** « 3 nombres de places, mar. 1 », « 12 nombres de places, du mar. 1 au ven. 4 ». */
export function countsAndDays(cells: readonly Pick<Cell, 'date'>[]): string {
  const dates = [...new Set(cells.map(({ date }) => date))].sort();
  return `${counted(cells.length, 'nombre de places', 'nombres de places')}${dates.length > 0 ? `, ${daysWords(dates)}` : ''}`;
}

/** « mar. 1 », « mar. 1 et jeu. 3 », « du mar. 1 au ven. 4 ». */
export function daysWords(dates: readonly string[]): string {
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) return '';
  if (first === last) return dayShort(first);
  return dates.length === 2 ? `${dayShort(first)} et ${dayShort(last)}` : `du ${dayShort(first)} au ${dayShort(last)}`;
}
