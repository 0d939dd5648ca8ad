// The typical week of a facility: what is open by weekday, half-day and section.
import type { Methods } from '@placette/client';
import { periodOf, type SlotName } from '../places/facilities';
import { addDays } from '../time/dates';
import { counted, day as dayWords } from '../words/format';
import { mondayOf, type Typed } from './week';
import type { Facility, Period } from '../types';

export type WeekCount = NonNullable<Facility['week']>[number];
export type Weekday = WeekCount['day'];
export type Applied = Methods['availability.applyWeek']['result'];
type Left = Applied['skipped'][number];

export const weekdays: readonly { id: Weekday; name: string }[] = [
  { id: 'mon', name: 'lundi' },
  { id: 'tue', name: 'mardi' },
  { id: 'wed', name: 'mercredi' },
  { id: 'thu', name: 'jeudi' },
  { id: 'fri', name: 'vendredi' },
  { id: 'sat', name: 'samedi' },
  { id: 'sun', name: 'dimanche' },
];

export type TypicalName = Pick<WeekCount, 'day' | 'period' | 'section'>;

export const keyOf = ({ day, period, section }: TypicalName): string => `${day} ${period} ${section}`;

/** The weekdays on which the facility is open, with their half-days. */
export function openDays(facility: Facility): { id: Weekday; name: string; periods: Period[] }[] {
  return weekdays
    .map((day) => ({ ...day, periods: facility.periods.filter(({ days }) => days.includes(day.id)) }))
    .filter(({ periods }) => periods.length > 0);
}

/** Its counts that there may be, in order of day, half-day and section. */
export function typicalNames(facility: Facility): TypicalName[] {
  return openDays(facility).flatMap(({ id: day, periods }) =>
    periods.flatMap(({ id: period }) => facility.sections.map(({ id: section }) => ({ day, period, section }))),
  );
}

/** As it is recorded: only what says how many places are open. */
export function weekFrom(names: readonly TypicalName[], read: (name: TypicalName) => Typed): WeekCount[] {
  return names.flatMap((name) => {
    const { open, reserved } = read(name);
    return open === undefined ? [] : [{ ...name, open, ...(reserved !== undefined && { reserved }) }];
  });
}

/** What it says for a day of the calendar. */
export function typicalOn(facility: Facility, { date, period }: SlotName, section: string): WeekCount | undefined {
  const day = weekdays.find((_, index) => addDays(mondayOf(date), index) === date)?.id;
  return facility.week?.find((one) => one.day === day && one.period === period && one.section === section);
}

const whys: Record<Left['why'], string> = {
  closed: 'fermé, laissé',
  below_committed: 'reste à ce qui est déjà pris',
  over_capacity: 'plus que 115 % de la capacité, laissé',
};
const namedAtMost = 4;

/** « Fermé, laissé : Moyens, jeudi 24 décembre, matin » */
export function leftWords(facility: Facility, skipped: readonly Left[]): string[] {
  return (Object.keys(whys) as Left['why'][]).flatMap((why) => {
    const all = skipped.filter((one) => one.why === why);
    if (all.length === 0) return [];
    const named = all.slice(0, namedAtMost).map(({ date, period, section }) => {
      const half = periodOf(facility, period)?.name.toLowerCase() ?? period;
      return `${facility.sections.find(({ id }) => id === section)?.name ?? section}, ${dayWords(date)}, ${half}`;
    });
    const more = all.length > namedAtMost ? ` et ${counted(all.length - namedAtMost, 'autre')}` : '';
    return [`${whys[why]} : ${named.join(' ; ')}${more}`];
  });
}

/** « 60 nombres de places, du lundi 7 décembre au vendredi 1er janvier » */
export function appliedWords({ cells }: Applied): string {
  const dates = cells.map(({ date }) => date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (!first || !last) return 'aucun nombre de places';
  const when = first === last ? `le ${dayWords(first)}` : `du ${dayWords(first)} au ${dayWords(last)}`;
  return `${counted(cells.length, 'nombre de places', 'nombres de places')}, ${when}`;
}
