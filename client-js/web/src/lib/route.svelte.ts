// Real paths, one page each; the server answers index.html to all of them.

export type Route =
  | { page: 'home' }
  | { page: 'sign-in' }
  | { page: 'board' }
  | { page: 'facility' }
  | { page: 'slip'; booking: string }
  | { page: 'unknown' };

export function parsePath(path: string): Route {
  const slip = /^\/reservations\/([^/]+)\/fiche\/?$/.exec(path);
  if (slip) return { page: 'slip', booking: decodeURIComponent(slip[1]!) };
  switch (path.replace(/\/+$/, '')) {
    case '':
      return { page: 'home' };
    case '/connexion':
      return { page: 'sign-in' };
    case '/tableau':
      return { page: 'board' };
    case '/structure':
      return { page: 'facility' };
    default:
      return { page: 'unknown' };
  }
}

class Router {
  path = $state(location.pathname);
  route = $derived(parsePath(this.path));

  constructor() {
    addEventListener('popstate', () => (this.path = location.pathname));
  }

  go(path: string, replace = false): void {
    if (path === this.path) return;
    if (replace) history.replaceState(null, '', path);
    else history.pushState(null, '', path);
    this.path = path;
    scrollTo(0, 0);
  }

  /** Turns a plain click on an inner link into a change of page without a load. */
  follow = (event: MouseEvent): void => {
    const link = (event.target as Element).closest('a');
    const plainClick = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !plainClick || link.target || link.origin !== location.origin || link.hash) return;
    event.preventDefault();
    this.go(link.pathname);
  };
}

export const router = new Router();

export function slipPath(booking: string): string {
  return `/reservations/${encodeURIComponent(booking)}/fiche`;
}
