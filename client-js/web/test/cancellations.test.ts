import { beforeEach, expect, test, vi } from 'vitest';
import type { Booking } from '../src/lib/types';
import { booking } from './samples';

const kept = new Map<string, string>();
vi.stubGlobal('localStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
});

const { cancellations } = await import('../src/lib/booking/cancellations.svelte');

const today = '2026-11-24';
const withState = (state: Booking['state']) => booking({ state, places: [{ ...place, outcome: 'cancelled' }] });
const place = booking().places[0]!;

beforeEach(() => {
  kept.clear();
  cancellations.startFor('claire');
});

test.each([
  ['cancelled_by_facility', true, false],
  ['cancelled_by_office', false, true],
  ['cancelled_by_family', true, true],
  ['confirmed', false, false],
  ['released', false, false],
] as const)('%s is news for the office: %s, for the facility: %s', (state, office, facility) => {
  const one = booking({ state });
  expect(cancellations.news([one], 'office', today)).toEqual(office ? [one] : []);
  expect(cancellations.news([one], 'facility', today)).toEqual(facility ? [one] : []);
});

test('is told until it is noted, also after a reload, and to each person', () => {
  const one = withState('cancelled_by_facility');
  cancellations.note(one);
  expect(cancellations.news([one], 'office', today)).toEqual([]);
  cancellations.startFor('claire');
  expect(cancellations.news([one], 'office', today)).toEqual([]);
  cancellations.startFor('paul');
  expect(cancellations.news([one], 'office', today)).toEqual([one]);
});

test('some days after its day it is history', () => {
  const one = withState('cancelled_by_facility');
  expect(cancellations.news([one], 'office', '2026-12-02')).toEqual([one]);
  expect(cancellations.news([one], 'office', '2026-12-03')).toEqual([]);
});

test('each place that is taken out of a booking is news of its own', () => {
  const places = [place, { ...place, id: 1 }, { ...place, id: 2 }];
  const after = (...cancelled: number[]) =>
    booking({ places: places.map((one) => (cancelled.includes(one.id) ? { ...one, outcome: 'cancelled' } : one)) });
  expect(cancellations.news([after()], 'office', today)).toEqual([]);
  cancellations.note(after(1));
  expect(cancellations.news([after(1)], 'office', today)).toEqual([]);
  expect(cancellations.news([after(1, 2)], 'office', today)).toHaveLength(1);
});

test('what one cancels oneself is no news, unless it was refused', async () => {
  const [before, after] = [booking(), withState('cancelled_by_family')];
  await cancellations.own(before, [0], async () => {
    expect(cancellations.news([after], 'facility', today)).toEqual([]);
  });
  expect(cancellations.news([after], 'facility', today)).toEqual([]);

  cancellations.startFor('paul');
  const refused = cancellations.own(before, [0], () => Promise.reject(new Error('refused')));
  await expect(refused).rejects.toThrow('refused');
  expect(cancellations.news([after], 'facility', today)).toEqual([after]);
});

test('what was stored and cannot be read is forgotten', () => {
  kept.set('placette.noted.paul', '{');
  cancellations.startFor('paul');
  expect(cancellations.news([withState('cancelled_by_facility')], 'office', today)).toHaveLength(1);
});
