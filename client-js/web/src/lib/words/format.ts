// French as it is printed: narrow no-break spaces inside times, no-break spaces inside phone numbers and units.
import { memo } from '../memo';
import { addDays, dayIn, noonOf } from '../time/dates';

const thin = '\u202f';
const hard = '\u00a0';

/** Words that were written elsewhere, with the apostrophes and spaces of print. */
export function typeset(text: string): string {
  return text
    .replace(/(\p{L})'(?=\p{L})/gu, '$1’')
    .replace(/[ \u00a0](?=[?!:;»])/g, thin)
    .replace(/«[ \u00a0]/g, `«${thin}`);
}

const longDay = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', weekday: 'long', day: 'numeric', month: 'long' });
const dayAndMonth = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', day: 'numeric', month: 'short' });
const shortDay = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', weekday: 'short', day: 'numeric' });
const weekdayOnly = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', weekday: 'long' });
const weekdayShort = new Intl.DateTimeFormat('fr-FR', { timeZone: 'UTC', weekday: 'short' });

/** "08:15" → « 8 h 15 », "08:00" → « 8 h ». */
export function time(clock: string): string {
  const [hours = '', minutes = ''] = clock.split(':');
  const hour = `${Number(hours)}${thin}h`;
  return minutes === '00' ? hour : `${hour}${thin}${minutes}`;
}

/** The clock of `zone` at an instant: « 16 h 02 ». */
export function clockAt(instant: number | string, zone: string): string {
  return time(clockOf(zone).format(new Date(instant)));
}

const clockOf = memo(
  (zone) => new Intl.DateTimeFormat('fr-FR', { timeZone: zone, hour: '2-digit', minute: '2-digit' }),
);

/** « à 16 h 02 », « hier à 16 h 02 », « le 21 nov. à 16 h 02 ». */
export function momentAt(instant: string, zone: string, now: number): string {
  const day = dayIn(zone, Date.parse(instant));
  const today = dayIn(zone, now);
  const at = `à${hard}${clockAt(instant, zone)}`;
  if (day === today) return at;
  if (day === addDays(today, -1)) return `hier ${at}`;
  return `le ${dayOfMonth(day)} ${at}`;
}

/** « de 16 h 02 », « d’hier à 16 h 02 », « du 21 nov. à 16 h 02 ». */
export function ofMoment(instant: number, zone: string, now: number): string {
  const day = dayIn(zone, instant);
  const today = dayIn(zone, now);
  const clock = clockAt(instant, zone);
  if (day === today) return `de ${clock}`;
  return day === addDays(today, -1) ? `d’hier à${hard}${clock}` : `du ${dayOfMonth(day)} à${hard}${clock}`;
}

/** For a button: « 16 h 02 », « hier », « 21 nov. ». */
export function momentShort(instant: string, zone: string, now: number): string {
  const day = dayIn(zone, Date.parse(instant));
  const today = dayIn(zone, now);
  if (day === today) return clockAt(instant, zone);
  return day === addDays(today, -1) ? 'hier' : dayOfMonth(day);
}

function dayOfMonth(date: string): string {
  return firstOf(dayAndMonth.format(noonOf(date)));
}

export function hours(from: string, to: string): string {
  return `${time(from)}–${time(to)}`;
}

/** « mercredi 25 novembre », « mardi 1er décembre ». */
export const day = memo((date) => firstOf(longDay.format(noonOf(date))).replace(/ (\p{L}+)$/u, `${hard}$1`));

function firstOf(text: string): string {
  return text.replace(/\b1(?= )/, '1er');
}

/** « mer. 25 ». */
export const dayShort = memo((date) => shortDay.format(noonOf(date)).replace(' ', hard));

export function weekday(date: string): string {
  return weekdayOnly.format(noonOf(date));
}

export function weekdayAbbreviated(date: string): string {
  return weekdayShort.format(noonOf(date));
}

/** « aujourd’hui », « demain », else the weekday within a week, else the date. */
export function relativeDay(date: string, today: string): string {
  if (date === today) return 'aujourd’hui';
  if (date === addDays(today, 1)) return 'demain';
  return date > today && date < addDays(today, 7) ? weekday(date) : day(date);
}

/** « il y a 12 min », in full words when read aloud: « il y a 12 minutes ». */
export function ago(elapsedMs: number, spoken = false): string {
  const minutes = Math.floor(elapsedMs / 60_000);
  if (minutes < 1) return 'à l’instant';
  if (minutes < 60) return `il y a ${minutes}${hard}${spoken ? plural(minutes, 'minute') : 'min'}`;
  const wholeHours = Math.floor(minutes / 60);
  if (wholeHours < 24) return `il y a ${wholeHours}${hard}${spoken ? plural(wholeHours, 'heure') : 'h'}`;
  const days = Math.floor(wholeHours / 24);
  return `il y a ${days}${hard}${spoken ? plural(days, 'jour') : 'j'}`;
}

/** « 4:12 »; a started second counts until it has passed. */
export function countdown(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Some seconds are lost on the way: what is called five minutes may be a little less. */
const lostOnTheWayMs = 5_000;

/** « 5 minutes », as it is said; never more than it is. */
export function minutes(ms: number): string {
  const count = Math.floor((ms + lostOnTheWayMs) / 60_000);
  return count === 0 ? counted(Math.floor(ms / 1000), 'seconde') : counted(count, 'minute');
}

/** The same on a button: « 5 min », « 30 s ». */
export function minutesShort(ms: number): string {
  const count = Math.floor((ms + lostOnTheWayMs) / 60_000);
  return count === 0 ? `${Math.floor(ms / 1000)}${hard}s` : `${count}${hard}min`;
}

export function distance(km: number): string {
  return km < 1 ? `moins d’un${hard}km` : `${Math.round(km)}${hard}km`;
}

/** In French, zero is singular. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return Math.abs(count) < 2 ? one : many;
}

export function counted(count: number, one: string, many?: string): string {
  return `${count}${hard}${plural(count, one, many)}`;
}

const smallNumbers = ['aucune', 'une', 'deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf', 'dix'];

/** Feminine, in words up to ten: « deux autres conviennent ». */
export function inWords(count: number): string {
  return smallNumbers[count] ?? String(count);
}

export function ageInMonths(months: number): string {
  return `${months}${hard}mois`;
}

/** « 14 et 31 mois ». */
export function agesInMonths(ages: readonly number[]): string {
  const last = ages.at(-1) ?? 0;
  return ages.length > 1 ? `${ages.slice(0, -1).join(', ')} et ${ageInMonths(last)}` : ageInMonths(last);
}

export function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase('fr') + text.slice(1);
}
