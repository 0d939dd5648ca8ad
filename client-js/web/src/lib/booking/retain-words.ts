import { session } from '../app/session.svelte';
import { minutes, minutesShort } from '../words/format';

/** « Retenir 5 min », as long as this server holds a place. */
export function retainLabel(): string {
  return session.holdMs === null ? 'Retenir' : `Retenir ${minutesShort(session.holdMs)}`;
}

/** « elle vous est gardée 5 minutes ». */
export function keptWords(): string {
  return session.holdMs === null
    ? 'elle vous est gardée quelques minutes'
    : `elle vous est gardée ${minutes(session.holdMs)}`;
}
