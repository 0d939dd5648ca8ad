import { expect, test } from 'vitest';
import { linkWords } from '../src/lib/words/link';

test('what is asked for every few seconds is not « en direct »', () => {
  expect(linkWords('live', null)).toBe('En direct');
  expect(linkWords('live', 5_000)).toBe('Mis à jour toutes les 5\u00a0s');
  expect(linkWords('brief', 5_000)).toBe('Mis à jour toutes les 5\u00a0s');
});

test('a page that is cut off says so, however it is connected else', () => {
  for (const pollMs of [null, 5_000]) {
    expect(linkWords('checking', pollMs)).toBe('Vérification…');
    expect(linkWords('reconnecting', pollMs)).toBe('Reconnexion…');
    expect(linkWords('cut', pollMs)).toBe('Hors connexion');
  }
});
