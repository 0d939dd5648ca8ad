// What stands in the way of a reservation, in words, and which control it is about.
import { isProblem, tell } from '../app/problems';
import type { Look } from '../board/cell-view';
import type { NeedControl } from '../need/need.svelte';
import type { Target } from './parts';

export interface Trouble {
  text: string;
  /** The control that it is about, by id; empty: none in particular. */
  control: string;
  /** The wanted place is gone: others may be shown. */
  gone: boolean;
  /** The place that was asked for; null: it is about the booking on screen. */
  about: Target | null;
  /** Of the last place in another's hands: how long that can last. */
  hold?: HoldInTheWay;
  /** The action came too late. */
  tooLate?: boolean;
}

interface HoldInTheWay {
  who: string;
  /** When it ends at the latest (ms of the server); null: not known. */
  until: number | null;
}

type Told = Omit<Trouble, 'about'>;

/** Controls of the need bar, by id; the others are in the form of the hold. */
export const needControls: readonly NeedControl[] = ['age', 'commune', 'arrive', 'leave', 'known'];

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

/** `byOffice`: a colleague, or the person on another page, holds the place that was asked for. `now`: ms of the server. */
export function troubleOf(error: unknown, byOffice: boolean, now: number): Told {
  if (isProblem(error, 'no_place')) return { text: 'Cette place vient d’être prise.', control: '', gone: true };
  if (isProblem(error, 'hold_expired')) {
    return { text: 'Le délai est passé et la place n’est plus libre.', control: '', gone: true };
  }
  if (isProblem(error, 'reserved_by_hold')) {
    const hold = {
      who: byOffice ? 'Votre service retient déjà' : 'Un autre service réserve',
      until: error.retryAfterMs ? now + error.retryAfterMs : null,
    };
    return { text: holdWords(hold, now), control: '', gone: true, hold };
  }
  if (isProblem(error, 'kept_for_vip')) {
    return { text: 'Les places restantes sont gardées pour l’accueil d’insertion.', control: '', gone: true };
  }
  if (isProblem(error, 'duplicate_booking')) return missing(tell(error), 'case-ref');
  const field = error && typeof error === 'object' && 'field' in error ? String(error.field ?? '') : '';
  const control = controlOf.find(([pattern]) => pattern.test(field))?.[1] ?? '';
  return { text: tell(error), control, gone: false, tooLate: isProblem(error, 'too_late') };
}

function holdWords({ who, until }: HoldInTheWay, now: number): string {
  const minutes = until === null ? 0 : Math.ceil((until - now) / 60_000);
  const wait = minutes > 0 ? ` Elle peut se libérer dans ${minutes}\u00a0min.` : '';
  return `${who} la dernière place.${wait}`;
}

/** What is still true of a trouble: the hold in the way ends, one way or the other. `look`: of the place asked for. */
export function presentText({ text, hold }: Trouble, look: Look | null, now: number): string {
  if (!hold || look === null) return text;
  if (look === 'held') return holdWords(hold, now);
  return look === 'free' || look === 'check' ? 'La place est de nouveau libre.' : 'Cette place vient d’être prise.';
}

export function missing(text: string, control = ''): Trouble {
  return { text, control, gone: false, about: null };
}
