// How the live connection fares, told calmly: nothing for 3 s, a word until 10 s, then a strip and no more bookings.
import { clock } from '../time/clock.svelte';
import { session } from './session.svelte';
import type { Phase } from '../words/link';
import { staleSince } from './views.svelte';

const wordAfterMs = 3_000;
const stripAfterMs = 10_000;

class Link {
  #lostAt = $state<number | null>(null);

  /** Until when all that is shown was true (ms of the server); null: it is true now. */
  since = $derived.by((): number | null => {
    const stale = staleSince();
    return session.online ? stale : Math.min(stale ?? Infinity, this.#lostAt ?? clock.second);
  });

  #age = $derived(this.since === null ? 0 : clock.second - this.since);

  phase = $derived.by((): Phase => {
    if (this.since === null) return 'live';
    if (this.#age < wordAfterMs) return 'brief';
    if (session.online) return 'checking';
    return this.#age < stripAfterMs ? 'reconnecting' : 'cut';
  });

  /** What is shown is asked for anew every so many ms; null: changes come by themselves. */
  pollMs = $derived(session.pollMs);

  /** What is shown is so old that all must know. */
  isOld = $derived(this.#age >= stripAfterMs);

  /** Why nothing can be written now; empty while it can. */
  whyReadOnly = $derived.by(() => {
    if (this.phase === 'cut') return 'Hors connexion : rien ne peut être enregistré.';
    if (!session.storeAvailable) return 'L’enregistrement est momentanément arrêté. Il reprendra de lui-même.';
    return '';
  });

  /** To be called once, from a component: follows the session from then on. */
  follow(): void {
    $effect(() => {
      this.#lostAt = session.online ? null : clock.now();
    });
  }
}

export const link = new Link();
