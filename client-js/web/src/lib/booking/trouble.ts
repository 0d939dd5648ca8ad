// What stands in the way of a reservation, in words, and which control it is about.
import { isProblem, tell } from '../app/problems';
import type { TypedField } from '../need/need.svelte';

export interface Target {
  facility: string;
  date: string;
  period: string;
  section: string;
}

export interface Trouble {
  text: string;
  /** The control that it is about, by id; empty: none in particular. */
  control: string;
  /** The wanted place is gone: others may be shown. */
  gone: boolean;
  /** The place that was asked for; null: it is about the booking on screen. */
  about: Target | null;
}

type Told = Omit<Trouble, 'about'>;

/** Controls of the need bar, by id; the others are in the form of the hold. */
export const needControls: readonly TypedField[] = ['age', 'commune', 'arrive', 'leave'];

export function isInNeedBar(control: string): boolean {
  return (needControls as readonly string[]).includes(control);
}

/** Which control a refused parameter comes from. */
const controlOf: readonly [RegExp, string][] = [
  [/caseRef/, 'case-ref'],
  [/purpose/, 'purpose'],
  [/contact\.firstNames/, 'first-names'],
  [/contact\.phone/, 'parent-phone'],
  [/contact/, 'informed'],
  [/arrive/, 'arrive'],
  [/leave/, 'leave'],
  [/ageMonths|birthMonth/, 'age'],
];

/** `byOffice`: a colleague, or the person on another page, holds the place that was asked for. */
export function troubleOf(error: unknown, byOffice = false): Told {
  if (isProblem(error, 'no_place')) return { text: "Cette place vient d'être prise.", control: '', gone: true };
  if (isProblem(error, 'hold_expired')) {
    return { text: 'Les 5 minutes sont passées et la place a été prise.', control: '', gone: true };
  }
  if (isProblem(error, 'reserved_by_hold')) {
    const minutes = Math.ceil((error.retryAfterMs ?? 0) / 60_000);
    const wait = minutes > 0 ? ` Elle peut se libérer dans ${minutes}\u00a0min.` : '';
    const who = byOffice ? 'Votre service retient déjà' : 'Un autre service réserve';
    return { text: `${who} la dernière place.${wait}`, control: '', gone: true };
  }
  if (isProblem(error, 'kept_for_vip')) {
    return { text: "Les places restantes sont gardées pour l'accueil d'insertion.", control: '', gone: true };
  }
  if (isProblem(error, 'duplicate_booking')) return missing(tell(error), 'case-ref');
  const field = error && typeof error === 'object' && 'field' in error ? String(error.field ?? '') : '';
  const control = controlOf.find(([pattern]) => pattern.test(field))?.[1] ?? '';
  return { text: tell(error), control, gone: false };
}

export function missing(text: string, control = ''): Trouble {
  return { text, control, gone: false, about: null };
}
