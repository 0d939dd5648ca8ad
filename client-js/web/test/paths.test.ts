import { expect, test } from 'vitest';
import { matchPath, shortest, slipPath } from '../src/lib/app/paths';
import { footPages, guard, pages, placesOf, routeOf, type Role } from '../src/lib/app/routes';

const titleAt = (path: string, roles: readonly Role[] | null) => {
  const verdict = guard(routeOf(path), roles);
  return 'go' in verdict ? `→ ${verdict.go}` : verdict.show.page.title;
};

test('a path is matched part by part', () => {
  expect(matchPath('/tableau', '/tableau/')).toEqual({});
  expect(matchPath('/tableau', '/tableau/x')).toBeNull();
  expect(matchPath('/reservations/:booking/fiche', slipPath('200000925.01J/é'))).toEqual({
    booking: '200000925.01J/é',
  });
  expect(matchPath('/reservations/:booking/fiche', '/reservations/%E0%A4%A/fiche')).toEqual({ booking: '%E0%A4%A' });
});

test('a last part may be missing', () => {
  expect(matchPath('/semaine/:day?', '/semaine')).toEqual({});
  expect(matchPath('/semaine/:day?', '/semaine/2026-11-30')).toEqual({ day: '2026-11-30' });
  expect(matchPath('/semaine/:day?', '/semaine/2026-11-30/x')).toBeNull();
  expect(shortest('/semaine/:day?')).toBe('/semaine');
});

test('each page has its own path and title', () => {
  for (const key of ['path', 'title'] as const) {
    const all = pages.map((page) => page[key]);
    expect(new Set(all).size).toBe(all.length);
  }
});

test('each role is led to its places, the first of them where it arrives', () => {
  expect(placesOf(['manager']).map(({ path }) => path)).toEqual([
    '/structure',
    '/structure/semaine/:day?',
    '/structure/attendus',
    '/structure/reglages',
    '/tableau',
  ]);
  expect(placesOf(['worker']).map(({ path }) => path)).toEqual(['/tableau']);
});

test.each([
  ['/tableau', null, '→ /connexion'],
  ['/nulle-part', null, '→ /connexion'],
  ['/connexion', null, 'Connexion'],
  ['/connexion', ['worker'], '→ /'],
  ['/tableau', ['worker'], 'Tableau'],
  ['/structure', ['manager', 'worker'], 'Aujourd’hui'],
  ['/structure', ['worker'], 'Cette page n’est pas pour votre compte'],
  ['/nulle-part', ['worker'], 'Cette page n’existe pas'],
] as [string, Role[] | null, string][])('%s for %j is « %s »', (path, roles, shown) => {
  expect(titleAt(path, roles)).toBe(shown);
});

test('whoever reads them, signed in or not, finds the texts of the foot', () => {
  expect(footPages.map(({ title }) => title)).toEqual([
    'Accessibilité',
    'Mentions légales',
    'Données personnelles',
    'Aide',
  ]);
  for (const { path, title } of footPages)
    for (const roles of [null, ['worker'] as Role[]]) expect(titleAt(path, roles)).toBe(title);
});
