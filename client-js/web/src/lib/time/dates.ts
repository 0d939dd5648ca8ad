// Calendar days are ISO strings ("2026-11-25"); they are a territory's own days, so its time zone decides them.
import { addDays } from '@placette/client';
import { memo } from '../memo';

export { addDays, dayIn } from '@placette/client';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Noon UTC of a day: far enough from midnight for day arithmetic and for formatting in UTC. */
export function noonOf(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

export const weekdayOf = memo((date): Weekday => weekdays[noonOf(date).getUTCDay()]!);

/** `count` days from `from` on, in order. */
export function daysFrom(from: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

/** Whole calendar months from one day's month to another's. */
export function monthsBetween(from: string, to: string): number {
  const months = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7));
  return months(to) - months(from);
}

/** The instant (ms) at which the clock of `zone` shows `time` ("08:15") on `date`. */
export function instantOf(date: string, time: string, zone: string): number {
  return instants(`${date} ${time} ${zone}`);
}

const instants = memo((name) => {
  const [date, time, zone] = name.split(' ') as [string, string, string];
  const asUtc = Date.parse(`${date}T${time}:00Z`);
  const firstGuess = asUtc - offsetOf(zone, asUtc);
  return asUtc - offsetOf(zone, firstGuess);
});

const wallClock = memo(
  (zone) => new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }),
);

function offsetOf(zone: string, instant: number): number {
  const wall = Date.parse(`${wallClock(zone).format(instant).replace(' ', 'T')}Z`);
  return wall - Math.floor(instant / 1000) * 1000;
}
