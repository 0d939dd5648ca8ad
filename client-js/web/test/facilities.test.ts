import { expect, test } from 'vitest';
import {
  ageOn,
  byDistance,
  columnsOf,
  hasBegun,
  openSlots,
  sectionForAge,
  slotsAfter,
} from '../src/lib/places/facilities';
import { kilometresBetween } from '../src/lib/places/distance';
import { offersFor, othersSentence, type Offer } from '../src/lib/places/offers';
import { cell, facility, lucioles } from './samples';

const longchamp = { latitude: 47.26, longitude: 5.29 };
const near = facility({ id: 'near', name: 'Près', latitude: 47.27, longitude: 5.28 });
const unknown = facility({ id: 'unknown', name: 'Ailleurs', latitude: null, longitude: null });

test('kilometres as the crow flies', () => {
  expect(kilometresBetween({ latitude: 47.322, longitude: 5.041 }, { latitude: 48.857, longitude: 2.352 })).toBeCloseTo(
    263,
    0,
  );
});

test('nearest first, unknown places last', () => {
  const ids = byDistance([unknown, lucioles, near], longchamp).map(({ facility: { id } }) => id);
  expect(ids).toEqual(['near', 'genlis-lucioles', 'unknown']);
});

test('without a place: those that can be booked first, by name', () => {
  const minder = facility({ id: 'minder', name: 'Aline', kind: 'childminder' });
  const ids = byDistance([minder, near, lucioles], null).map(({ facility: { id } }) => id);
  expect(ids).toEqual(['genlis-lucioles', 'near', 'minder']);
});

test('half-days of several facilities, in the order of the day', () => {
  expect(columnsOf([near, lucioles]).map(({ period }) => period)).toEqual(['matin', 'apres-midi']);
});

test('sections take min ≤ age < max, counted by months of birth', () => {
  expect(sectionForAge(lucioles, 14)?.id).toBe('bebes');
  expect(sectionForAge(lucioles, 15)?.id).toBe('moyens');
  expect(sectionForAge(lucioles, 24)).toBeUndefined();
  expect(ageOn('2026-12-01', 14, '2026-11-30')).toBe(15);
});

test('the slots after one, over closed half-days', () => {
  const dates = ['2026-11-25', '2026-11-26', '2026-11-27'];
  expect(openSlots(lucioles, dates)).toHaveLength(5);
  expect(slotsAfter(lucioles, { date: '2026-11-25', period: 'matin' }, '2026-11-26', dates)).toEqual([
    { date: '2026-11-26', period: 'matin' },
    { date: '2026-11-26', period: 'apres-midi' },
  ]);
});

test('other places for the same half-day', () => {
  const wanted = {
    date: '2026-11-25',
    period: 'matin',
    agesToday: [20],
    today: '2026-11-24',
    care: 'vip' as const,
    zone: 'Europe/Paris',
    now: Date.parse('2026-11-24T16:00:00Z'),
  };
  const minder = facility({ id: 'minder', kind: 'childminder' });
  const all = byDistance([lucioles, near, minder], longchamp);
  const offers = offersFor(wanted, all, (id) => (id === 'near' ? cell({ free: { vip: 0, other: 0 } }) : cell()));
  expect(offers.bookable.map((offer) => offer.facility.id)).toEqual(['genlis-lucioles']);
  expect(offers.byPhone.map((offer) => offer.facility.id)).toEqual(['minder']);
});

test('how others are told', () => {
  const at = (km: number | null) => ({ km }) as Offer;
  expect(othersSentence([at(3.2), at(7.1)], 'demain matin')).toBe('Deux autres conviennent, à moins de 8\u00a0km.');
  expect(othersSentence([at(null)], 'demain matin')).toBe('Une autre convient.');
  expect(othersSentence([], 'demain matin')).toBe('Aucune autre place à réserver demain matin.');
});

test('a half-day begins at its first minute, in the territory’s time', () => {
  const [morning] = lucioles.periods;
  const at = (instant: string) => hasBegun('2026-11-25', morning!, 'Europe/Paris', Date.parse(instant));
  expect(at('2026-11-25T06:59:59Z')).toBe(false);
  expect(at('2026-11-25T07:00:00Z')).toBe(true);
  expect(at('2026-11-26T07:00:00Z')).toBe(true);
});
