// How the live connection fares, told calmly: nothing for 3 s, a word until 10 s, then a strip and no more bookings.
import { clock } from '../time/clock.svelte';
import { session } from './session.svelte';

const wordAfterMs = 3_000;
const stripAfterMs = 10_000;

class Link {
  /** When the connection was lost (server time); null while it lives. */
  lostAt = $state<number | null>(null);

  phase = $derived.by((): 'live' | 'brief' | 'reconnecting' | 'cut' => {
    if (this.lostAt === null) return 'live';
    const lostFor = clock.second - this.lostAt;
    if (lostFor >= stripAfterMs) return 'cut';
    return lostFor >= wordAfterMs ? 'reconnecting' : 'brief';
  });

  /** Why nothing can be written now; empty while it can. */
  whyReadOnly = $derived.by(() => {
    if (this.phase === 'cut') return 'Hors connexion : rien ne peut être enregistré.';
    if (!session.storeAvailable) return "L'enregistrement est momentanément arrêté. Il reprendra de lui-même.";
    return '';
  });

  /** To be called once, from a component: follows the session from then on. */
  follow(): void {
    $effect(() => {
      this.lostAt = session.online ? null : clock.now();
    });
  }
}

export const link = new Link();
