import { expect, test } from 'vitest';
import { matching, plain } from '../src/lib/need/text-match';
import { parseTime } from '../src/lib/need/time-input';

test.each([
  ['8h15', '08:15'],
  ['8 h 15', '08:15'],
  ['8\u202fh\u202f15', '08:15'],
  ['08:15', '08:15'],
  ['815', '08:15'],
  ['1145', '11:45'],
  ['8', '08:00'],
  ['8h', '08:00'],
])('%s is a time', (text, time) => expect(parseTime(text)).toBe(time));

test.each(['', 'h', '25h', '8h60', '8h1', 'midi', '12345'])('%s is no time', (text) => {
  expect(parseTime(text)).toBeNull();
});

const communes = ['Longchamp', 'Longecourt-en-Plaine', 'Échigey', 'Rouvres-en-Plaine', "L'Étang"].map((name) => ({
  name,
}));

test('communes are found without accents, hyphens or capitals', () => {
  expect(matching(communes, 'lon').map(({ name }) => name)).toEqual(['Longchamp', 'Longecourt-en-Plaine']);
  expect(matching(communes, 'echi').map(({ name }) => name)).toEqual(['Échigey']);
  expect(matching(communes, 'ÉCHI').map(({ name }) => name)).toEqual(['Échigey']);
  expect(matching(communes, 'plaine').map(({ name }) => name)).toEqual(['Longecourt-en-Plaine', 'Rouvres-en-Plaine']);
  expect(matching(communes, '  ')).toEqual([]);
  expect(plain("L'Œuvre")).toBe('l oeuvre');
});
