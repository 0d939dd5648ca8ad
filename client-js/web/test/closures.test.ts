import { expect, test } from 'vitest';
import { closureTrouble, closureWords, proposed, toCome } from '../src/lib/house/closures';
import { lucioles } from './samples';

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const noel = { date: '2026-12-25', name: 'Noël' };
const summer = { from: '2027-08-02', to: '2027-08-20', reason: 'Été' };

test('a closure in words', () => {
  expect(plain(closureWords({ from: '2026-12-25', to: '2026-12-25', reason: 'Noël' }))).toBe(
    'vendredi 25 décembre 2026 · Noël',
  );
  expect(plain(closureWords(summer))).toBe('du lundi 2 août au vendredi 20 août 2027 · Été');
  expect(plain(closureWords({ from: '2026-12-28', to: '2027-01-01' }))).toBe(
    'du lundi 28 décembre 2026 au vendredi 1er janvier 2027',
  );
});

test('those to come, the next first', () => {
  const past = { from: '2026-08-03', to: '2026-08-21' };
  const now = { from: '2026-11-20', to: '2026-11-25' };
  expect(toCome([summer, past, now], '2026-11-25')).toEqual([now, summer]);
});

test('a public holiday is proposed where the facility would be open, and not twice', () => {
  const sunday = { date: '2027-05-09', name: 'Dimanche' };
  const last = { date: '2026-11-11', name: 'Armistice 1918' };
  const open = { ...lucioles, closures: [] };
  expect(proposed(open, [last, noel, sunday], '2026-11-25')).toEqual([noel]);
  const closed = { ...lucioles, closures: [{ from: '2026-12-21', to: '2026-12-31' }] };
  expect(proposed(closed, [noel], '2026-11-25')).toEqual([]);
});

test('what cannot be added says why', () => {
  const trouble = (from: string, to: string) => plain(closureTrouble({ from, to }, [summer], '2026-11-25'));
  expect(trouble('', '')).toBe('Indiquez le premier jour.');
  expect(trouble('2026-11-24', '2026-11-30')).toBe('Ce jour est passé.');
  expect(trouble('2026-12-24', '2026-12-23')).toBe('Le dernier jour est avant le premier.');
  expect(trouble('2027-08-03', '2027-08-04')).toBe('Déjà fermé : lun. 2–ven. 20.');
  expect(trouble('2027-08-20', '2027-08-25')).toBe('');
});
