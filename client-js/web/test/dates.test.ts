import { describe, expect, test } from 'vitest';
import { addDays, dayIn, daysFrom, instantOf, monthsBetween, weekdayOf } from '../src/lib/time/dates';

describe('days', () => {
  test('belong to a time zone', () => {
    const instant = Date.parse('2026-11-24T23:30:00Z');
    expect(dayIn('Europe/Paris', instant)).toBe('2026-11-25');
    expect(dayIn('America/Cayenne', instant)).toBe('2026-11-24');
  });

  test('follow each other over months and clock changes', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(daysFrom('2026-10-24', 3)).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
    expect(weekdayOf('2026-11-25')).toBe('wed');
  });

  test('lie whole months apart', () => {
    expect(monthsBetween('2025-03-31', '2026-11-01')).toBe(20);
  });
});

describe('the instant of a local time', () => {
  test.each([
    ['2026-11-25', '08:15', '2026-11-25T07:15:00.000Z'],
    ['2026-07-01', '08:15', '2026-07-01T06:15:00.000Z'],
    ['2026-10-25', '12:00', '2026-10-25T11:00:00.000Z'],
    ['2026-03-29', '12:00', '2026-03-29T10:00:00.000Z'],
  ])('%s %s in Paris', (date, time, instant) => {
    expect(new Date(instantOf(date, time, 'Europe/Paris')).toISOString()).toBe(instant);
  });
});
