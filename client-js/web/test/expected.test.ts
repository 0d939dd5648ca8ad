import { expect, test } from 'vitest';
import {
  dayName,
  expectedLine,
  expectedOn,
  howMany,
  isComing,
  isOpen,
  lastOpenDay,
  mayRecord,
} from '../src/lib/house/expected';
import type { Booking } from '../src/lib/types';
import { booking, facility, lucioles } from './samples';

const wednesday = '2026-11-25';

function child(id: string, place: Partial<Booking['places'][number]>, changes: Partial<Booking> = {}): Booking {
  const [usual] = booking().places;
  return booking({ id, ...changes, places: [{ ...usual!, ...place }] });
}

const ids = (list: { booking: Booking }[]) => list.map(({ booking: { id } }) => id);

test('by hour of arrival; who gave no hour comes when the half-day begins', () => {
  const late = child('late', { arrive: '09:00' });
  const early = child('early', { arrive: '08:15' });
  const whole = child('whole', { arrive: null, leave: null });
  const afternoon = child('afternoon', { period: 'apres-midi', arrive: null });
  const babies = child('babies', { section: 'bebes', arrive: '09:00' });
  const all = [afternoon, late, babies, early, whole];
  expect(ids(expectedOn(all, lucioles, wednesday))).toEqual(['whole', 'early', 'babies', 'late', 'afternoon']);
});

test('a place that is only held, given back or expired is nobody’s', () => {
  const all = (['held', 'released', 'expired', 'confirmed', 'cancelled_by_family'] as const).map((state) =>
    child(state, {}, { state }),
  );
  expect(ids(expectedOn(all, lucioles, wednesday)).sort()).toEqual(['cancelled_by_family', 'confirmed']);
  expect(expectedOn(all, lucioles, '2026-11-26')).toEqual([]);
  expect(expectedOn(all, facility({ id: 'elsewhere' }), wednesday)).toEqual([]);
});

test('a line says what the morning needs', () => {
  const [one] = expectedOn([booking()], lucioles, wednesday);
  expect(expectedLine(lucioles, one!)).toBe(
    '20\u00a0mois, marche · Moyens · jusqu’à 11\u202fh\u202f45 · sans repas · première venue',
  );
  const [unsaid] = expectedOn(
    [child('a', { meal: null, leave: null }, { known: true, children: [{ birthMonth: '2025-03', walker: false }] })],
    lucioles,
    wednesday,
  );
  expect(expectedLine(lucioles, unsaid!)).toBe('20\u00a0mois · Moyens · jusqu’à 12\u202fh\u202f30 · déjà venu');
});

test('how many, and in which section', () => {
  const all = [child('a', {}), child('b', {}), child('c', { section: 'bebes' }), child('d', { outcome: 'cancelled' })];
  const expected = expectedOn(all, lucioles, wednesday);
  expect(howMany(lucioles, expected)).toBe('3\u00a0enfants attendus (Bébés\u00a01, Moyens\u00a02)');
  expect(
    howMany(
      lucioles,
      expected.filter(({ place }) => place.section === 'bebes'),
    ),
  ).toBe('1\u00a0enfant attendu');
  expect(howMany(lucioles, [])).toBe('personne d’attendu');
  expect(expected.filter(isComing)).toHaveLength(3);
  expect(expected.filter(isOpen)).toHaveLength(3);
});

test('an answer is corrected until the end of the next opening day, over week-ends and closures', () => {
  const [friday, monday] = ['2026-11-27', '2026-11-30'];
  expect(lastOpenDay(lucioles, monday)).toBe(friday);
  expect(mayRecord(lucioles, friday, monday)).toBe(true);
  expect(mayRecord(lucioles, '2026-11-26', monday)).toBe(false);
  expect(mayRecord(lucioles, monday, monday)).toBe(true);
  expect(mayRecord(lucioles, monday, friday)).toBe(false);
  expect(lastOpenDay(lucioles, '2027-01-04')).toBe('2026-12-23');
  expect(lastOpenDay(facility({ closures: [{ from: '2026-09-01', to: '2026-12-31', reason: '' }] }), monday)).toBe(
    undefined,
  );
});

test('days by the name that one would say', () => {
  expect(dayName('2026-11-24', wednesday)).toBe('Hier');
  expect(dayName(wednesday, wednesday)).toBe('Aujourd’hui');
  expect(dayName('2026-11-26', wednesday)).toBe('Demain');
  expect(dayName('2026-11-27', '2026-11-30')).toBe('Ven.\u00a027');
});
