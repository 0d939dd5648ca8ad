import { describe, expect, test } from 'vitest';
import * as format from '../src/lib/words/format';

const zone = 'Europe/Paris';
const now = Date.parse('2026-11-25T15:02:00Z');

test('times have narrow no-break spaces', () => {
  expect(format.time('08:15')).toBe('8\u202fh\u202f15');
  expect(format.time('08:00')).toBe('8\u202fh');
  expect(format.time('00:05')).toBe('0\u202fh\u202f05');
  expect(format.clockAt('2026-11-25T15:02:11Z', zone)).toBe('16\u202fh\u202f02');
  expect(format.hours('08:15', '11:45')).toBe('8\u202fh\u202f15–11\u202fh\u202f45');
});

test('moments are as near as people say them', () => {
  expect(format.momentAt('2026-11-25T15:00:00Z', zone, now)).toBe('à\u00a016\u202fh');
  expect(format.momentAt('2026-11-24T15:02:00Z', zone, now)).toBe('hier à\u00a016\u202fh\u202f02');
  expect(format.momentAt('2026-11-21T15:02:00Z', zone, now)).toBe('le 21 nov. à\u00a016\u202fh\u202f02');
  expect(format.momentShort('2026-11-25T06:53:00Z', zone, now)).toBe('7\u202fh\u202f53');
  expect(format.momentShort('2026-11-24T06:53:00Z', zone, now)).toBe('hier');
});

test('days', () => {
  expect(format.day('2026-11-25')).toBe('mercredi 25\u00a0novembre');
  expect(format.day('2026-12-01')).toBe('mardi 1er\u00a0décembre');
  expect(format.dayShort('2026-11-25')).toBe('mer.\u00a025');
  expect(format.relativeDay('2026-11-25', '2026-11-25')).toBe('aujourd’hui');
  expect(format.relativeDay('2026-11-26', '2026-11-25')).toBe('demain');
  expect(format.relativeDay('2026-11-30', '2026-11-25')).toBe('lundi');
  expect(format.relativeDay('2026-12-02', '2026-11-25')).toBe('mercredi 2\u00a0décembre');
});

describe('ages of counts', () => {
  test.each([
    [20_000, 'à l’instant', 'à l’instant'],
    [60_000, 'il y a 1\u00a0min', 'il y a 1\u00a0minute'],
    [12 * 60_000, 'il y a 12\u00a0min', 'il y a 12\u00a0minutes'],
    [5 * 3_600_000, 'il y a 5\u00a0h', 'il y a 5\u00a0heures'],
    [3 * 86_400_000, 'il y a 3\u00a0j', 'il y a 3\u00a0jours'],
  ])('%d ms', (elapsed, short, spoken) => {
    expect(format.ago(elapsed)).toBe(short);
    expect(format.ago(elapsed, true)).toBe(spoken);
  });
});

test('a countdown ends at zero and never shows less', () => {
  expect(format.countdown(300_000)).toBe('5:00');
  expect(format.countdown(251_400)).toBe('4:12');
  expect(format.countdown(1)).toBe('0:01');
  expect(format.countdown(-5)).toBe('0:00');
});

test('until when something was true', () => {
  const now = Date.parse('2026-11-24T16:00:00Z');
  const of = (instant: string) => format.ofMoment(Date.parse(instant), 'Europe/Paris', now);
  expect(of('2026-11-24T06:52:00Z')).toBe('de 7\u202fh\u202f52');
  expect(of('2026-11-23T15:02:00Z')).toBe('d’hier à\u00a016\u202fh\u202f02');
  expect(of('2026-11-21T15:02:00Z')).toBe('du 21 nov. à\u00a016\u202fh\u202f02');
});

test('numbers and words', () => {
  expect(format.minutes(299_000)).toBe('5\u00a0minutes');
  expect(format.minutes(20_000)).toBe('20\u00a0secondes');
  expect(format.minutes(90_000)).toBe('1\u00a0minute');
  expect(format.minutesShort(600_000)).toBe('10\u00a0min');
  expect(format.minutesShort(5_000)).toBe('5\u00a0s');
  expect(format.distance(5.6)).toBe('6\u00a0km');
  expect(format.distance(0.4)).toBe('moins d’un\u00a0km');
  expect(format.counted(0, 'place')).toBe('0\u00a0place');
  expect(format.counted(2, 'place')).toBe('2\u00a0places');
  expect(format.counted(5, 'place ouverte', 'places ouvertes')).toBe('5\u00a0places ouvertes');
  expect(format.inWords(2)).toBe('deux');
  expect(format.capitalized('écoles')).toBe('Écoles');
});
