import { monthsBetween, weekdayOf, instantOf } from '../time/dates';
import { kilometresBetween, pointOf, type Point } from './distance';
import type { Facility, Period, Section } from '../types';

/** A contract is due before the first day there (CASF L423-1, CSP R2324-17): never booked from the board. */
export function isBookable(facility: Facility): boolean {
  return facility.kind !== 'childminder' && facility.kind !== 'creche_familiale';
}

const kindNames: Record<Facility['kind'], string> = {
  multi_accueil: 'multi-accueil',
  micro_creche: 'micro-crèche',
  creche_familiale: 'crèche familiale',
  halte_garderie: 'halte-garderie',
  childminder: 'assistant maternel / assistante maternelle',
};

export function kindName(facility: Facility): string {
  return kindNames[facility.kind];
}

export function periodOf(facility: Facility, id: string): Period | undefined {
  return facility.periods.find((period) => period.id === id);
}

export function closureOn(facility: Facility, date: string) {
  return facility.closures.find((closure) => closure.from <= date && date <= closure.to);
}

export function opensAt(facility: Facility, date: string, period: Period): boolean {
  return period.days.includes(weekdayOf(date)) && !closureOn(facility, date);
}

export function opensOn(facility: Facility, date: string): boolean {
  return facility.periods.some((period) => opensAt(facility, date, period));
}

/** The child's age on `date`, given its age in months `today`: counted by birth month, as the server does. */
export function ageOn(date: string, ageToday: number, today: string): number {
  return ageToday + monthsBetween(today, date);
}

export function sectionForAge(facility: Facility, months: number): Section | undefined {
  return facility.sections.find((section) => section.minAgeMonths <= months && months < section.maxAgeMonths);
}

/** The section of each age, in order; null: one of them has none. No age at all has no section. */
export function sectionsForAges(facility: Facility, ages: readonly number[]): Section[] | null {
  const sections = ages.map((age) => sectionForAge(facility, age));
  return sections.length === 0 || sections.includes(undefined) ? null : (sections as Section[]);
}

/** When the last period of the day ends: until then somebody answers the phone. */
export function closingTime(facility: Facility): string {
  return (
    facility.periods
      .map((period) => period.end)
      .sort()
      .at(-1) ?? ''
  );
}

const lastMinuteMs = 60 * 60_000;

/** A slot takes bookings until one hour before it ends. */
export function isOver(date: string, period: Period, zone: string, now: number): boolean {
  return now > instantOf(date, period.end, zone) - lastMinuteMs;
}

export interface Column {
  period: string;
  name: string;
  start: string;
}

/** The half-days of a board: each period id that some facility has, in the order of the day. */
export function columnsOf(facilities: readonly Facility[]): Column[] {
  const columns = new Map<string, Column>();
  for (const facility of facilities) {
    for (const { id, name, start } of facility.periods) {
      const known = columns.get(id);
      if (!known || start < known.start) columns.set(id, { period: id, name: known?.name ?? name, start });
    }
  }
  return [...columns.values()].sort((a, b) => a.start.localeCompare(b.start));
}

export interface Near {
  facility: Facility;
  km: number | null;
}

/** Nearest first; unknown distances last; then those that can be booked, then by name. */
export function byDistance(facilities: readonly Facility[], from: Point | null): Near[] {
  const measured = facilities.map((facility) => {
    const there = pointOf(facility);
    return { facility, km: from && there ? kilometresBetween(from, there) : null };
  });
  return measured.sort(
    (a, b) =>
      compareKm(a.km, b.km) ||
      Number(isBookable(b.facility)) - Number(isBookable(a.facility)) ||
      a.facility.name.localeCompare(b.facility.name, 'fr'),
  );
}

function compareKm(a: number | null, b: number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return a - b;
}

/** The slot is behind us: nothing more can happen to its counts. */
export function hasEnded(date: string, period: Period, zone: string, now: number): boolean {
  return now >= instantOf(date, period.end, zone);
}

/** The half-day has begun: from now on it is said who came. */
export function hasBegun(date: string, period: Period, zone: string, now: number): boolean {
  return now >= instantOf(date, period.start, zone);
}

export interface SlotName {
  date: string;
  period: string;
}

/** The facility's open slots on the given days, in order. */
export function openSlots(facility: Facility, dates: readonly string[]): SlotName[] {
  const periods = [...facility.periods].sort((a, b) => a.start.localeCompare(b.start));
  return dates.flatMap((date) =>
    periods.filter((period) => opensAt(facility, date, period)).map((period) => ({ date, period: period.id })),
  );
}

/** The open slots after one slot, up to the end of the day `until`. */
export function slotsAfter(facility: Facility, from: SlotName, until: string, dates: readonly string[]): SlotName[] {
  const slots = openSlots(facility, dates);
  const index = slots.findIndex((slot) => slot.date === from.date && slot.period === from.period);
  return slots.slice(index + 1).filter((slot) => slot.date <= until);
}
