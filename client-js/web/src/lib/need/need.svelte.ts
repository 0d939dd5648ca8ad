// What the parent at the desk needs: asked once, kept while the worker moves between pages.
import { usualCare } from '../words/labels';
import type { Care, Commune, Office } from '../types';

export interface Moment {
  date: string;
  period: string;
}

class Need {
  ageMonths = $state<number | null>(null);
  walker = $state(false);
  meal = $state(false);
  commune = $state.raw<Commune | null>(null);
  when = $state.raw<Moment | null>(null);
  /** "08:15", or empty: the whole period. */
  arrive = $state('');
  leave = $state('');
  known = $state<boolean | null>(null);
  care = $state<Care>('vip');
  /** The office that books; empty: the account's only one. */
  office = $state('');

  /** What goes without saying for these offices. */
  startFor(offices: readonly Office[]): void {
    this.care = usualCare(offices[0]?.kind);
    // With one office the server knows which; with several the person must be able to see it.
    this.office = offices.length > 1 ? offices[0]!.id : '';
  }

  clear(): void {
    this.ageMonths = null;
    this.walker = false;
    this.meal = false;
    this.commune = null;
    this.when = null;
    this.arrive = '';
    this.leave = '';
    this.known = null;
  }
}

export const need = new Need();
