import { expect, test } from 'vitest';
import { parsePath, slipPath } from '../src/lib/app/paths';

test.each([
  ['/', 'home'],
  ['/connexion', 'sign-in'],
  ['/tableau', 'board'],
  ['/tableau/', 'board'],
  ['/structure', 'facility'],
  ['/reservations', 'unknown'],
])('%s is the page %s', (path, page) => expect(parsePath(path).page).toBe(page));

test('a slip is found again by its own path', () => {
  expect(parsePath(slipPath('200000925.01J'))).toEqual({ page: 'slip', booking: '200000925.01J' });
  expect(parsePath(slipPath('a/b c'))).toEqual({ page: 'slip', booking: 'a/b c' });
});
