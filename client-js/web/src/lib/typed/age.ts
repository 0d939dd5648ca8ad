// A child's age as people say it: « 20 », « 2 ans », « 1 an et demi », « né le 3/2/2025 ».
import { monthsBetween } from '../time/dates';
import { nothing, read, unread, type Reading } from './reading';
import { plain } from './text-match';

/** Nobody asks a nursery for a child of twelve: whoever typed more meant something else. */
const tooOld = 144;

/** The age in months on `today`. */
export function readAge(text: string, today: string): Reading<number> {
  const said = saidOf(text);
  if (said === '') return nothing;
  return duration(said) ?? birth(said, today) ?? decimal(said) ?? notUnderstood;
}

/** More at one desk are two requests. */
const mostChildren = 6;

/** The ages of brothers and sisters, « 14 et 31 »; of one child as well. */
export function readAges(text: string, today: string): Reading<number[]> {
  const one = readAge(text, today);
  if (one.value !== null) return read([one.value]);
  const parts = text.split(/\s+et\s+(?!demi)|\s*[+&;]\s*|,\s+/i).filter((part) => part.trim() !== '');
  if (parts.length < 2 || parts.length > mostChildren) return { ...one, value: null };
  const ages = parts.map((part) => readAge(part, today));
  const wrong = ages.find(({ value }) => value === null);
  return wrong ? { ...wrong, value: null } : read(ages.map(({ value }) => value!));
}

const notUnderstood = unread('Âge non compris. Par exemple : 20, 20 mois, 2 ans, 1 an et demi, né le 3/2/2025.');

/** Accents, capitals and the spaces between numbers and words do not matter. */
function saidOf(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

function months(count: number): Reading<number> {
  if (count < tooOld) return read(count);
  return unread(`${count} mois, soit ${Math.floor(count / 12)} ans : est-ce bien l’âge de l’enfant ?`);
}

function duration(said: string): Reading<number> | null {
  const plainMonths = /^(\d{1,4})(?: (?:m|mois))?$/.exec(said);
  if (plainMonths) return months(Number(plainMonths[1]));
  const years = /^(\d{1,2})(?:[.,](\d{1,2}))? (?:a|an|ans)(?: (et demi)e?|(?: et)? (\d{1,2}) (?:m|mois))?$/.exec(said);
  if (!years) return null;
  const [, whole, fraction, half, extra] = years;
  if (fraction && (half || extra)) return null;
  const count = Math.round(Number(`${whole}.${fraction ?? 0}`) * 1200) / 100 + (half ? 6 : Number(extra ?? 0));
  return Number.isInteger(count) ? months(count) : null;
}

function decimal(said: string): Reading<number> | null {
  if (!/^\d+[.,]\d+$/.test(said)) return null;
  return unread(`${said} : mois ou années ? Par exemple : 18 mois, 1 an et demi.`);
}

const monthNames = ['janv', 'fev', 'mars', 'avr', 'mai', 'juin', 'juil', 'aout', 'sept', 'oct', 'nov', 'dec'];

function birth(said: string, today: string): Reading<number> | null {
  const date = said.replace(/^nee? (?:(?:le|en|au mois de) )?|^le |^en /, '');
  const numbers = /^(?:(\d{1,2})[/.\- ])?(\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(date);
  const words = /^(?:(\d{1,2})(?: er)? )?([a-z]+)\.? (\d{4})$/.exec(date);
  const month = numbers ? Number(numbers[2]) : words ? monthNumber(words[2]!) : 0;
  const [, day, , year] = numbers ?? words ?? [];
  if (!year || (!numbers && month === 0)) return null;
  // A month and two digits may as well be a day and a month.
  if (numbers && !day && year.length === 2) return null;
  const born = `${year.length === 2 ? `20${year}` : year}-${two(month)}-${two(Number(day ?? 1))}`;
  if (!isDay(born)) return unread('Cette date n’existe pas.');
  if (born > today) return unread('Cette date est encore à venir.');
  return months(monthsBetween(born, today));
}

function monthNumber(word: string): number {
  return monthNames.findIndex((name) => word.startsWith(name)) + 1;
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function isDay(date: string): boolean {
  const instant = Date.parse(`${date}T12:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
}

/** Whether the text says more than a number of months: then what it was read as is to be shown beside it. */
export function needsEcho(text: string): boolean {
  return !/^\d+( mois| m)?$/.test(plain(text));
}
