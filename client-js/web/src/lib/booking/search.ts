// What was typed and chosen, and is not held: it is there again after a reload of the tab, for the same person.
import { kept } from '../app/kept';
import { need, type Said } from '../need/need.svelte';
import { reservation } from './reservation.svelte';
import type { Target } from './parts';

interface Search {
  user: string;
  said: Partial<Said>;
  chosen: Target[];
}

const search = kept('sessionStorage', 'placette.search', (found) => {
  const { user, said, chosen } = found as Partial<Search>;
  return user && said && Array.isArray(chosen) ? { user, said, chosen } : null;
});

export function findSearch(user: string): void {
  const found = search.get();
  if (found?.user !== user) return search.forget();
  need.say(found.said);
  reservation.chosen = found.chosen;
}

/** To be called in an effect: reads all that it keeps. */
export function keepSearch(user: string): void {
  search.keep({ user, said: need.said, chosen: [...reservation.chosen] });
}

export function forgetSearch(): void {
  search.forget();
}
