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

export function slipPath(booking: string): string {
  return `/reservations/${encodeURIComponent(booking)}/fiche`;
}
