// From half-days that were chosen to what is asked of each structure: its places, a child each, with their hours.
import { ageOn, periodOf, sectionsForAges } from '../places/facilities';
import { hoursTrouble, type HoursTrouble } from '../typed/hours';
import type { Facility } from '../types';

/** A half-day at a structure, for all children of the need. */
export interface Target {
  facility: string;
  date: string;
  period: string;
}

export interface WantedPlace {
  date: string;
  period: string;
  section: string;
  /** Index of the child. */
  child: number;
  arrive?: string;
  leave?: string;
}

/** What one structure is asked for: a booking of its own. */
export interface Part {
  facility: string;
  places: WantedPlace[];
}

export interface Asked {
  ages: readonly number[];
  today: string;
  /** "08:15", or empty. */
  arrive: string;
  leave: string;
}

export const sameTarget = (a: Target, b: Target) =>
  a.facility === b.facility && a.date === b.date && a.period === b.period;

/** In order of time, structure by structure as they were chosen. */
export function partsOf(targets: readonly Target[], facilities: readonly Facility[], asked: Asked): Part[] {
  return [...new Set(targets.map(({ facility }) => facility))].flatMap((id) => {
    const facility = facilities.find((one) => one.id === id);
    if (!facility) return [];
    const days = daysOf(
      targets.filter((target) => target.facility === id),
      facility,
    );
    return [{ facility: id, places: days.flatMap((day) => placesOf(day, facility, asked)) }];
  });
}

/** Why the hours do not suit what was chosen: the family comes once a day, and goes once. */
export function hoursTroubleOf(
  targets: readonly Target[],
  facilities: readonly Facility[],
  { arrive, leave }: Asked,
): HoursTrouble | null {
  for (const id of new Set(targets.map(({ facility }) => facility))) {
    const facility = facilities.find((one) => one.id === id);
    if (!facility) continue;
    const own = targets.filter((target) => target.facility === id);
    for (const day of daysOf(own, facility)) {
      const [first, last] = [periodOf(facility, day[0]!.period), periodOf(facility, day.at(-1)!.period)];
      const trouble =
        day.length === 1
          ? hoursTrouble(arrive, leave, first)
          : (hoursTrouble(arrive, '', first) ?? hoursTrouble('', leave, last));
      if (trouble) return trouble;
    }
  }
  return null;
}

/** The half-days of each day, in order. */
function daysOf(targets: readonly Target[], facility: Facility): Target[][] {
  const startOf = ({ period }: Target) => periodOf(facility, period)?.start ?? '';
  return [...new Set(targets.map(({ date }) => date))]
    .sort()
    .map((date) =>
      targets.filter((target) => target.date === date).sort((a, b) => startOf(a).localeCompare(startOf(b))),
    );
}

function placesOf(day: readonly Target[], facility: Facility, { ages, today, arrive, leave }: Asked): WantedPlace[] {
  return day.flatMap(({ date, period }, index) => {
    const sections = sectionsForAges(
      facility,
      ages.map((age) => ageOn(date, age, today)),
    );
    const hours = {
      ...(arrive && index === 0 && { arrive }),
      ...(leave && index === day.length - 1 && { leave }),
    };
    return (sections ?? []).map(({ id }, child) => ({ date, period, section: id, child, ...hours }));
  });
}
