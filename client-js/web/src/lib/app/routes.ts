// Every page there is: where it is found, who may see it, what it is called, how it is fetched.
import type { Component } from 'svelte';
import { matchPath, type PathParams } from './paths';
import type { User } from '../types';

export type Role = User['roles'][number];

// Each page takes the parts of its path as its properties.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Loaded = { default: Component<any> };

export interface Page {
  path: string;
  title: string;
  /** `all`: whoever is signed in; `anybody`: signed in or not. */
  roles: readonly Role[] | 'all' | 'anybody';
  /** Among the places of who may see it; the first is where they arrive. */
  nav?: true;
  /** In the foot of every page. */
  foot?: true;
  /** What the page is told besides its path. */
  props?: Record<string, string>;
  load: () => Promise<Loaded>;
}

export const signInPath = '/connexion';
export const expectedPath = '/structure/attendus';

const textPage = (text: string, title: string): Page => ({
  path: `/${text}`,
  title,
  roles: 'anybody',
  foot: true,
  props: { text },
  load: () => import('../../pages/TextPage.svelte'),
});

/** In the order in which a person's places are shown. */
export const pages: readonly Page[] = [
  {
    path: '/structure',
    title: 'Aujourd’hui',
    roles: ['manager'],
    nav: true,
    load: () => import('../../pages/TodayPage.svelte'),
  },
  {
    path: '/structure/semaine/:day?',
    title: 'Semaine',
    roles: ['manager'],
    nav: true,
    load: () => import('../../pages/WeekPage.svelte'),
  },
  {
    path: expectedPath,
    title: 'Attendus',
    roles: ['manager'],
    nav: true,
    load: () => import('../../pages/ExpectedPage.svelte'),
  },
  {
    path: '/structure/reglages',
    title: 'Ma structure',
    roles: ['manager'],
    nav: true,
    load: () => import('../../pages/HousePage.svelte'),
  },
  {
    path: '/tableau',
    title: 'Tableau',
    roles: 'all',
    nav: true,
    load: () => import('../../pages/BoardPage.svelte'),
  },
  {
    path: '/reservations/:booking/fiche',
    title: 'Fiche pour le parent',
    roles: 'all',
    load: () => import('../../pages/SlipPage.svelte'),
  },
  {
    path: signInPath,
    title: 'Connexion',
    roles: 'anybody',
    load: () => import('../../pages/SignInPage.svelte'),
  },
  textPage('accessibilite', 'Accessibilité'),
  textPage('mentions-legales', 'Mentions légales'),
  textPage('donnees-personnelles', 'Données personnelles'),
  textPage('aide', 'Aide'),
];

export const footPages = pages.filter(({ foot }) => foot);

const unknownPage: Page = {
  path: '',
  title: 'Cette page n’existe pas',
  roles: 'all',
  load: () => import('../../pages/UnknownPage.svelte'),
};

const forbiddenPage: Page = {
  path: '',
  title: 'Cette page n’est pas pour votre compte',
  roles: 'all',
  load: () => import('../../pages/UnknownPage.svelte'),
};

export interface Route {
  page: Page;
  params: PathParams;
}

export function routeOf(path: string): Route {
  for (const page of pages) {
    const params = matchPath(page.path, path);
    if (params) return { page, params };
  }
  return { page: unknownPage, params: {} };
}

export function maySee({ roles }: Page, own: readonly Role[]): boolean {
  return typeof roles === 'string' || roles.some((role) => own.includes(role));
}

/** The pages that a person is led to. */
export const placesOf = (own: readonly Role[]): Page[] => pages.filter((page) => page.nav && maySee(page, own));

/** Where to go instead of staying, or what is shown in the place of what was asked for. */
export function guard(route: Route, own: readonly Role[] | null): { go: string } | { show: Route } {
  const isSignIn = route.page.path === signInPath;
  if (own === null) return route.page.roles === 'anybody' ? { show: route } : { go: signInPath };
  if (isSignIn || route.page === unknownPage) return isSignIn ? { go: '/' } : { show: route };
  return { show: maySee(route.page, own) ? route : { page: forbiddenPage, params: {} } };
}
