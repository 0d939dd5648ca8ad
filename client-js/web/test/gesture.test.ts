import { expect, test } from 'vitest';
import { gestureText, gestureWhere, joined, otherPeriods, repeated, type Change } from '../src/lib/house/gesture';
import { facility, lucioles } from './samples';

const tuesday = '2026-11-24';
const dates = [tuesday, '2026-11-25', '2026-11-26'];

function step(period: string, by = 1, date = tuesday, section = 'moyens', where = lucioles): Change {
  return { facility: where, by, cells: [{ date, period, section }] };
}

const all = (...changes: Change[]) => changes.reduce<ReturnType<typeof joined>>(joined, null);

test('taps on one count add up', () => {
  const gesture = all(step('matin'), step('matin'), step('matin'))!;
  expect(gesture.steps).toEqual([{ date: tuesday, period: 'matin', by: 3 }]);
  expect(gestureText(gesture)).toBe('3\u00a0places ouvertes');
  expect(gestureWhere(gesture, tuesday)).toBe('Moyens, aujourd’hui matin');
});

test('what is carried on is of the same gesture, in order of time', () => {
  const gesture = all(step('apres-midi'), step('matin'))!;
  expect(gesture.steps.map(({ period }) => period)).toEqual(['matin', 'apres-midi']);
  expect(gestureWhere(gesture, tuesday)).toBe('Moyens, aujourd’hui matin et après-midi');
});

test('until a day: all of it is counted and named', () => {
  const first = all(step('matin'))!;
  const gesture = joined(first, repeated(first, '2026-11-26', dates)!)!;
  expect(gesture.steps.map(({ date, period }) => `${date.slice(8)} ${period}`)).toEqual([
    '24 matin',
    '24 apres-midi',
    '25 matin',
    '26 matin',
    '26 apres-midi',
  ]);
  expect(gestureText(gesture)).toBe('5\u00a0places ouvertes');
  expect(gestureWhere(gesture, tuesday)).toBe('Moyens, du mar.\u00a024 au jeu.\u00a026');
  expect(repeated(gesture, '2026-11-26', dates)).toBeNull();
});

test('what was taken back by hand is not taken back again', () => {
  expect(all(step('matin'), step('matin', -1))).toBeNull();
  const mixed = all(step('matin', 2), step('apres-midi', -1))!;
  expect(gestureText(mixed)).toBe('2\u00a0places ouvertes, 1 fermée');
});

test('another section or structure begins another gesture', () => {
  expect(all(step('matin'), step('matin', 1, tuesday, 'bebes'))).toMatchObject({
    section: 'bebes',
    steps: [{ by: 1 }],
  });
  const elsewhere = facility({ id: 'elsewhere' });
  expect(all(step('matin'), step('matin', 1, tuesday, 'moyens', elsewhere))!.steps).toMatchObject([{ by: 1 }]);
});

test('the other half of the day, while it lasts', () => {
  const gesture = all(step('matin'))!;
  const at = (time: string) => otherPeriods(gesture, 'Europe/Paris', Date.parse(`${tuesday}T${time}Z`));
  expect(at('08:00:00').map(({ id }) => id)).toEqual(['apres-midi']);
  expect(at('17:30:00')).toEqual([]);
});

test('why a place went goes along when it is carried on, and is nothing of what is opened', () => {
  const closed = all({ ...step('matin', -1), why: 'taken' })!;
  expect(closed.steps).toEqual([{ date: tuesday, period: 'matin', by: -1, why: 'taken' }]);
  expect(repeated(closed, '2026-11-25', dates)).toMatchObject({ by: -1, why: 'taken' });
  const opened = joined(closed, step('matin', 3))!;
  expect(repeated(opened, '2026-11-25', dates)).not.toHaveProperty('why');
});
