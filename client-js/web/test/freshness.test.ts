import { expect, test } from 'vitest';
import {
  countsAndDays,
  livingCells,
  oldestConfirmation,
  openingOf,
  toVerify,
  toVerifyAt,
} from '../src/lib/house/freshness';
import type { Cell } from '../src/lib/types';
import { cell, facility, lucioles } from './samples';

const zone = 'Europe/Paris';
const now = Date.parse('2026-11-24T16:00:00Z');
const [today, tomorrow] = ['2026-11-24', '2026-11-25'];

function living(cells: Cell[], where = lucioles) {
  const find = ({ date, period }: { date: string; period: string }, section: string) =>
    cells.find((one) => one.date === date && one.period === period && one.section === section);
  return livingCells(where, [today, tomorrow], find, zone, now);
}

test('counts that are over, closed or never stated are nobody’s to verify', () => {
  const over = cell({ date: today });
  const stated = cell({ date: tomorrow });
  const unstated = cell({ date: tomorrow, section: 'bebes', open: 0, confirmedAt: null, staleAt: null });
  const lasting = cell({ date: today, period: 'apres-midi' });
  expect(living([over, stated, unstated, lasting])).toEqual([lasting, stated]);
  expect(living([cell({ date: tomorrow, closed: true })])).toEqual([]);
  const closed = facility({ closures: [{ from: tomorrow, to: tomorrow, reason: '' }] });
  expect(living([stated], closed)).toEqual([]);
});

test('what is to verify now, and what when tomorrow begins', () => {
  const fresh = cell({ staleAt: '2026-11-26T00:00:00Z' });
  const soon = cell({ staleAt: '2026-11-25T00:00:00Z' });
  const stale = cell({ staleAt: '2026-11-24T16:00:00Z' });
  const never = cell({ open: 1, confirmedAt: null, staleAt: null });
  const all = [fresh, soon, stale, never];
  const opening = openingOf(lucioles, tomorrow, zone);
  expect(new Date(opening).toISOString()).toBe('2026-11-25T07:00:00.000Z');
  expect(toVerify(all, now)).toEqual([stale, never]);
  expect(toVerifyAt(all, now, opening)).toEqual([soon]);
});

test('« à jour » is as old as the oldest, and is not claimed where one was never confirmed', () => {
  const [older, newer] = ['2026-11-24T07:00:00Z', '2026-11-24T15:00:00Z'];
  expect(oldestConfirmation([cell({ confirmedAt: newer }), cell({ confirmedAt: older })])).toBe(older);
  expect(oldestConfirmation([cell({ confirmedAt: newer }), cell({ open: 1, confirmedAt: null })])).toBe(null);
  expect(oldestConfirmation([])).toBe(null);
});

test('how many, and of which days', () => {
  const on = (...days: number[]) => days.map((day) => ({ date: `2026-12-0${day}` }));
  expect(countsAndDays(on(1))).toBe('1\u00a0nombre de places, mar.\u00a01');
  expect(countsAndDays(on(1, 1, 3))).toBe('3\u00a0nombres de places, mar.\u00a01 et jeu.\u00a03');
  expect(countsAndDays(on(1, 2, 3, 4))).toBe('4\u00a0nombres de places, du mar.\u00a01 au ven.\u00a04');
});
