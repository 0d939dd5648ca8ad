import { expect, test } from 'vitest';
import { changesOf, copied, countsOn, keptWords, mondayOf, readCount, type CountName } from '../src/lib/house/week';
import type { Cell } from '../src/lib/types';
import { cell, facility, lucioles } from './samples';

const [monday, tuesday, wednesday] = ['2026-11-23', '2026-11-24', '2026-11-25'] as const;
const moyens = (date: string, period = 'matin'): CountName => ({ date, period, section: 'moyens' });

function changes(typed: { open?: number; reserved?: number }, known: Cell | undefined) {
  return changesOf(
    [moyens(tuesday)],
    () => typed,
    () => known,
  );
}

test('a week begins on its Monday, over a change of clocks and of year', () => {
  expect(mondayOf(monday)).toBe(monday);
  expect(mondayOf('2026-11-29')).toBe(monday);
  expect(mondayOf('2026-10-25')).toBe('2026-10-19');
  expect(mondayOf('2027-01-03')).toBe('2026-12-28');
});

test('only what is another count is published', () => {
  expect(changes({ open: 2 }, cell({ open: 2 })).counts).toEqual([]);
  expect(changes({ open: 3 }, cell({ open: 2, reserved: 1 }))).toEqual({
    counts: [{ ...moyens(tuesday), open: 3 }],
    before: [{ ...moyens(tuesday), open: 2, reserved: 1 }],
    kept: [],
  });
  expect(changes({ reserved: 1 }, cell({ open: 2 })).counts).toEqual([{ ...moyens(tuesday), open: 2, reserved: 1 }]);
});

test('0 where nothing was stated is a statement', () => {
  expect(changes({ open: 0 }, undefined)).toEqual({ counts: [{ ...moyens(tuesday), open: 0 }], before: [], kept: [] });
});

test('nothing goes below what is taken, and that is said', () => {
  const taken = cell({ open: 3, vip: 1, other: 1, free: { vip: 1, other: 1 } });
  const { counts, kept } = changes({ open: 0 }, taken);
  expect(counts).toEqual([{ ...moyens(tuesday), open: 2 }]);
  expect(keptWords(lucioles, kept)).toBe('Moyens, mar. matin reste à 2, déjà pris');
  const full = cell({ open: 2, vip: 2, free: { vip: 0, other: 0 } });
  expect(changes({ open: 1 }, full)).toMatchObject({ counts: [], kept: [{ open: 2 }] });
});

test('a day is copied to half-days that both have', () => {
  const read = ({ period }: CountName) => ({ open: period === 'matin' ? 1 : 2, reserved: 0 });
  const names = copied(lucioles, monday, [tuesday, wednesday], read).map(
    ({ name: { date, period, section }, typed }) => `${date.slice(8)} ${period} ${section} ${typed.open}`,
  );
  expect(names).toEqual([
    '24 matin bebes 1',
    '24 matin moyens 1',
    '24 apres-midi bebes 2',
    '24 apres-midi moyens 2',
    '25 matin bebes 1',
    '25 matin moyens 1',
  ]);
  const onlyBabies = ({ section }: CountName) => (section === 'bebes' ? { open: 1 } : null);
  expect(copied(lucioles, monday, [tuesday], onlyBabies).map(({ name }) => name.section)).toEqual(['bebes', 'bebes']);
  const closed = facility({ closures: [{ from: tuesday, to: tuesday, reason: 'pont' }] });
  expect(copied(closed, monday, [tuesday], read)).toEqual([]);
  expect(countsOn(closed, [monday, tuesday])).toHaveLength(4);
});

test('a number of places is digits', () => {
  expect(['0', ' 12 ', '999'].map(readCount)).toEqual([0, 12, 999]);
  expect(['', '-1', '1000', 'deux', '1.5'].map(readCount)).toEqual([null, null, null, null, null]);
});
