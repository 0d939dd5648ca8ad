// What a slip says of many half-days: the days that have the same hours stand under them.
import { periodOf } from '../places/facilities';
import type { Facility, Place } from '../types';

export interface Hours {
  from: string;
  to: string;
}

export interface Visit {
  /** Of a day, in their order: a morning and an afternoon may have a break between them. */
  hours: Hours[];
  dates: string[];
}

/** In the order of their first days; children who come together are said once. */
export function visitsOf(places: readonly Place[], facility: Facility): Visit[] {
  const days = new Map<string, Set<string>>();
  for (const { arrive, leave, period, date } of [...places].sort((a, b) => a.date.localeCompare(b.date))) {
    const usual = periodOf(facility, period);
    const hours = `${arrive ?? usual?.start ?? ''}–${leave ?? usual?.end ?? ''}`;
    days.set(date, (days.get(date) ?? new Set()).add(hours));
  }
  const visits = new Map<string, Visit>();
  for (const [date, set] of days) {
    const hours = [...set].sort();
    const key = hours.join();
    const visit = visits.get(key) ?? { hours: hours.map(hoursIn), dates: [] };
    visits.set(key, { ...visit, dates: [...visit.dates, date] });
  }
  return [...visits.values()];
}

function hoursIn(text: string): Hours {
  const [from = '', to = ''] = text.split('–');
  return { from, to };
}
