import { expect, test } from 'vitest';
import { freeOf, viewCount } from '../src/lib/house/count-view';
import { cell } from './samples';

const now = Date.parse('2026-11-24T16:14:00Z');

test('the number is the board’s: what is free', () => {
  const state = cell({ open: 3, reserved: 1, vip: 1, free: { vip: 2, other: 2 } });
  expect(viewCount(state, { now })).toMatchObject({
    free: state.free.vip,
    full: false,
    stale: false,
    notes: ['3\u00a0ouvertes', '1\u00a0réservée', '1\u00a0pour l’insertion'],
  });
});

test('what is held is no booking yet, and free it is not', () => {
  const state = cell({ open: 2, vip: 2, held: 1, free: { vip: 0, other: 0 } });
  expect(viewCount(state, { now })).toMatchObject({
    free: 0,
    full: true,
    notes: ['2\u00a0ouvertes', '1\u00a0réservée', '1\u00a0réservation en cours'],
  });
});

test('steps on their way are counted, and those that are late told', () => {
  const state = cell({ open: 1, other: 1, free: { vip: 0, other: 0 } });
  expect(viewCount(state, { steps: 2, now })).toMatchObject({ free: 2, notes: ['3\u00a0ouvertes', '1\u00a0réservée'] });
  expect(viewCount(state, { steps: 2, late: 2, now }).notes).toContain('+2 pas encore enregistré');
  expect(viewCount(state, { steps: -1, late: -1, now }).notes).toContain('−1 pas encore enregistré');
  expect(freeOf(undefined, 1)).toBe(1);
});

test('never stated is not 0; 0 that was stated is', () => {
  expect(viewCount(undefined, { now })).toMatchObject({ stated: false, full: false, notes: ['non renseigné'] });
  expect(viewCount(cell({ open: 0, confirmedAt: null, staleAt: null }), { now }).stated).toBe(false);
  const none = cell({ open: 0, free: { vip: 0, other: 0 } });
  expect(viewCount(none, { now })).toMatchObject({ stated: true, free: 0, full: true, notes: ['0\u00a0ouverte'] });
});

test('a count that nobody has confirmed for long is to be verified; one that was forced below its bookings is told', () => {
  expect(viewCount(cell({ staleAt: '2026-11-24T16:14:00Z' }), { now }).stale).toBe(true);
  const forced = cell({ open: 1, vip: 2, free: { vip: 0, other: 0 }, overcommitted: true });
  expect(viewCount(forced, { now })).toMatchObject({ free: 0, full: true, overcommitted: true });
});
