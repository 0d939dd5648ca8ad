import { session } from '../app/session.svelte';
import { minutes, minutesShort } from '../words/format';

/** « Retenir 5 min », as long as this server holds a place. */
export function retainLabel(): string {
  return session.holdMs === null ? 'Retenir' : `Retenir ${minutesShort(session.holdMs)}`;
}

/** « Retenir ces 6 demi-journées · 5 min »; of several children their places are counted. */
export function retainChosenLabel(halfDays: number, children: number): string {
  const count = halfDays * Math.max(1, children);
  const [one, many] = children > 1 ? ['cette place', 'places'] : ['cette demi-journée', 'demi-journées'];
  const time = session.holdMs === null ? '' : ` · ${minutesShort(session.holdMs)}`;
  return `Retenir ${count > 1 ? `ces ${count} ${many}` : one}${time}`;
}

/** « elle vous est gardée 5 minutes ». */
export function keptWords(): string {
  return session.holdMs === null
    ? 'elle vous est gardée quelques minutes'
    : `elle vous est gardée ${minutes(session.holdMs)}`;
}
