import { expect, test } from 'vitest';
import { visitsOf } from '../src/lib/booking/visits';
import type { Place } from '../src/lib/types';
import { booking, lucioles } from './samples';

const [usual] = booking().places;
const place = (date: string, changes: Partial<Place> = {}): Place => ({ ...usual!, date, ...changes });
const morning = { from: '08:15', to: '11:45' };

test('days that have the same hours stand together, in their order', () => {
  const places = [place('2026-11-27'), place('2026-11-25'), place('2026-11-26', { leave: '12:00' })];
  expect(visitsOf(places, lucioles)).toEqual([
    { hours: [morning], dates: ['2026-11-25', '2026-11-27'] },
    { hours: [{ from: '08:15', to: '12:00' }], dates: ['2026-11-26'] },
  ]);
});

test('a morning and an afternoon are one day, with two arrivals', () => {
  const places = ['2026-11-26', '2026-11-27'].flatMap((date) => [
    place(date, { period: 'apres-midi', arrive: null, leave: null }),
    place(date),
  ]);
  expect(visitsOf(places, lucioles)).toEqual([
    { hours: [morning, { from: '13:30', to: '18:00' }], dates: ['2026-11-26', '2026-11-27'] },
  ]);
});

test('children who come together are said once', () => {
  const places = [place('2026-11-25'), place('2026-11-25', { id: 1, child: 1, section: 'bebes' })];
  expect(visitsOf(places, lucioles)).toEqual([{ hours: [morning], dates: ['2026-11-25'] }]);
});
