import { expect, test } from 'vitest';
import { adviceWords, countsByRatio, ruleWords } from '../src/lib/house/law';
import { facility } from './samples';

test('how many, and how many are open already', () => {
  const advice = (lawfulOpen: number) => ({ lawfulOpen, reasons: [] });
  expect(adviceWords(advice(5), 3)).toBe('Vous pouvez ouvrir 5\u00a0places en tout\u202f; 3 le sont.');
  expect(adviceWords(advice(1), 1)).toBe('Vous pouvez ouvrir 1\u00a0place en tout\u202f; 1 l’est.');
  expect(adviceWords(advice(2), 0)).toBe('Vous pouvez ouvrir 2\u00a0places en tout\u202f; aucune ne l’est.');
  expect(adviceWords(advice(0), 2)).toBe(
    'Vous ne pouvez ouvrir aucune place\u202f; 2 le sont\u202f: trop, d’après ces nombres.',
  );
});

test('a rule, its limit, its article', () => {
  expect(ruleWords({ rule: 'ratio', limit: 12, article: 'CSP R2324-43' })).toBe(
    'Taux d’encadrement\u202f: 12\u00a0enfants au plus (CSP R2324-43)',
  );
  expect(ruleWords({ rule: 'two_adults', limit: 0, article: 'CSP R2324-43-1' })).toBe(
    'Deux adultes au moins\u202f: aucun enfant (CSP R2324-43-1)',
  );
});

test('a childminder chooses no ratio', () => {
  expect(countsByRatio(facility({ kind: 'childminder' }))).toBe(false);
  expect(countsByRatio(facility({ kind: 'micro_creche' }))).toBe(true);
});
