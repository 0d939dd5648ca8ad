import { timezone } from './demo.js';

const inZone = new Intl.DateTimeFormat('sv-SE', { timeZone: timezone, dateStyle: 'short' });

export const today = (): string => inZone.format(new Date());

export function plusDays(date: string, days: number): string {
  const instant = new Date(`${date}T00:00:00Z`);
  instant.setUTCDate(instant.getUTCDate() + days);
  return instant.toISOString().slice(0, 10);
}

const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

export const weekdayOf = (date: string) => weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()]!;

const isWeekday = (date: string): boolean => !['sat', 'sun'].includes(weekdayOf(date));

/** The n-th day after (n > 0) or before (n < 0) today on which the demo's multi-accueils are open. */
export function openDay(n: number): string {
  let date = today();
  for (let left = Math.abs(n); left > 0;) {
    date = plusDays(date, Math.sign(n));
    if (isWeekday(date)) left--;
  }
  return date;
}

export function nextSaturday(): string {
  let date = plusDays(today(), 1);
  while (weekdayOf(date) !== 'sat') date = plusDays(date, 1);
  return date;
}
