import { expect, test } from 'vitest';
import { appliedWords, keyOf, leftWords, openDays, typicalNames, typicalOn, weekFrom } from '../src/lib/house/typical';
import type { Facility } from '../src/lib/types';
import { cell, lucioles } from './samples';

const [monday, wednesday] = ['2026-11-23', '2026-11-25'] as const;
const house: Facility = {
  ...lucioles,
  week: [
    { day: 'mon', period: 'matin', section: 'moyens', open: 3, reserved: 1 },
    { day: 'wed', period: 'matin', section: 'moyens', open: 0 },
  ],
};

test('a typical week has the days and half-days on which the facility is open', () => {
  const days = openDays(lucioles);
  expect(days.map(({ id }) => id)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
  const names = typicalNames(lucioles);
  expect(names).toHaveLength(days.flatMap(({ periods }) => periods).length * lucioles.sections.length);
  expect(new Set(names.map(keyOf)).size).toBe(names.length);
});

test('only what says how many places are open is recorded: nothing is not 0', () => {
  const read = ({ day }: { day: string }) =>
    day === 'mon' ? { open: 0 } : day === 'tue' ? { reserved: 2 } : day === 'wed' ? { open: 2, reserved: 1 } : {};
  const days = weekFrom(typicalNames(lucioles), read).map(({ day, open, reserved }) => [day, open, reserved]);
  expect(new Set(days.map(([day]) => day))).toEqual(new Set(['mon', 'wed']));
  expect(days[0]).toEqual(['mon', 0, undefined]);
  expect(days.at(-1)).toEqual(['wed', 2, 1]);
});

test('what it says for a day of the calendar', () => {
  expect(typicalOn(house, { date: monday, period: 'matin' }, 'moyens')?.open).toBe(3);
  expect(typicalOn(house, { date: wednesday, period: 'matin' }, 'moyens')?.open).toBe(0);
  expect(typicalOn(house, { date: monday, period: 'apres-midi' }, 'moyens')).toBeUndefined();
  expect(typicalOn(lucioles, { date: monday, period: 'matin' }, 'moyens')).toBeUndefined();
});

test('what was left out is named, the first of many', () => {
  const left = (date: string, why: 'closed' | 'below_committed') =>
    ({ facility: lucioles.id, date, period: 'matin', section: 'moyens', why }) as const;
  const days = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-30'];
  const words = leftWords(lucioles, [left(wednesday, 'below_committed'), ...days.map((date) => left(date, 'closed'))]);
  expect(words.map((line) => line.replace(/[\u00a0\u202f]/g, ' '))).toEqual([
    'fermé, laissé : Moyens, lundi 23 novembre, matin ; Moyens, mardi 24 novembre, matin ; Moyens, mercredi 25 novembre, matin ; Moyens, jeudi 26 novembre, matin et 2 autres',
    'reste à ce qui est déjà pris : Moyens, mercredi 25 novembre, matin',
  ]);
});

test('what is stated is counted, with its days', () => {
  const applied = (dates: string[]) => ({
    cells: dates.map((date) => cell({ date })),
    skipped: [],
    epoch: 'e',
    offset: 1,
  });
  const words = (dates: string[]) => appliedWords(applied(dates)).replace(/[\u00a0\u202f]/g, ' ');
  expect(words(['2026-12-04', '2026-11-30'])).toBe('2 nombres de places, du lundi 30 novembre au vendredi 4 décembre');
  expect(words([monday])).toBe('1 nombre de places, le lundi 23 novembre');
  expect(words([])).toBe('aucun nombre de places');
});
