// Where the reader is; pages change without a load.
import { routeOf } from './routes';

class Router {
  path = $state(location.pathname);
  route = $derived(routeOf(this.path));

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
