// What a slip says of many half-days: the days that have the same hours stand under them.
import { periodOf } from '../places/facilities';
import type { Facility, Place } from '../types';

export interface Visit {
  from: string;
  to: string;
  dates: string[];
}

/** In the order of their first days. */
export function visitsOf(places: readonly Place[], facility: Facility): Visit[] {
  const visits = new Map<string, Visit>();
  const inOrder = [...places].sort((a, b) => a.date.localeCompare(b.date));
  for (const { arrive, leave, period, date } of inOrder) {
    const usual = periodOf(facility, period);
    const [from, to] = [arrive ?? usual?.start ?? '', leave ?? usual?.end ?? ''];
    const visit = visits.get(`${from}–${to}`) ?? { from, to, dates: [] };
    visits.set(`${from}–${to}`, { ...visit, dates: [...visit.dates, date] });
  }
  return [...visits.values()];
}
