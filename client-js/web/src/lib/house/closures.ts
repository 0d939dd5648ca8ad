// Days on which a facility is closed each year: those it has said, and public holidays that it might.
import { addDays } from '../time/dates';
import { opensOn } from '../places/facilities';
import { day, dayShort } from '../words/format';
import type { Facility, Territory } from '../types';

export type Closure = Facility['closures'][number];
type Holiday = Territory['holidays'][number];

/** Those that are over interest nobody. */
export const toCome = (closures: readonly Closure[], today: string): Closure[] =>
  closures.filter(({ to }) => to >= today).sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

/** « vendredi 25 décembre · Noël », « du lundi 3 août au vendredi 21 août · Été » */
export function closureWords({ from, to, reason }: Closure): string {
  const [first, last] = [from.slice(0, 4), to.slice(0, 4)];
  const begins = first === last ? day(from) : `${day(from)} ${first}`;
  const when = from === to ? day(from) : `du ${begins} au ${day(to)}`;
  return `${when} ${last}${reason ? ` · ${reason}` : ''}`;
}

/** Public holidays within so many days on which the facility would be open. */
export function proposed(facility: Facility, holidays: readonly Holiday[], today: string, days = 400): Holiday[] {
  return holidays.filter(({ date }) => date >= today && date <= addDays(today, days) && opensOn(facility, date));
}

export const holidayClosure = ({ date, name }: Holiday): Closure => ({ from: date, to: date, reason: name });

/** Why it cannot be added as it is typed; empty: it can. */
export function closureTrouble({ from, to }: Closure, closures: readonly Closure[], today: string): string {
  if (!from) return 'Indiquez le premier jour.';
  if (from < today) return 'Ce jour est passé.';
  if (to < from) return 'Le dernier jour est avant le premier.';
  const same = closures.find((one) => one.from <= from && to <= one.to);
  return same ? `Déjà fermé : ${dayShort(same.from)}${same.to > same.from ? `–${dayShort(same.to)}` : ''}.` : '';
}
