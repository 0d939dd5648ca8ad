// How what is shown comes to the page, told in the header.

/** `checking`: connected, but what is shown is old still: the page slept, or the store was away. */
export type Phase = 'live' | 'brief' | 'checking' | 'reconnecting' | 'cut';

const words: Record<Phase, string> = {
  live: 'En direct',
  brief: 'En direct',
  checking: 'Vérification…',
  reconnecting: 'Reconnexion…',
  cut: 'Hors connexion',
};

/** `pollMs`: what is shown is asked for anew every so many ms; null: changes come by themselves. */
export function linkWords(phase: Phase, pollMs: number | null): string {
  const isLive = phase === 'live' || phase === 'brief';
  return isLive && pollMs !== null ? `Mis à jour toutes les ${Math.round(pollMs / 1000)}\u00a0s` : words[phase];
}
