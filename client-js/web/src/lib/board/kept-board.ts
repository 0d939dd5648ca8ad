// A board as it was last seen on this device: shown, with its age, to who has no connection.
import type { BoardDump, LiveBoard } from '@placette/client';
import { keepLast } from '../app/last-known';

const firstAfterMs = 5_000;
const everyMs = 120_000;

/** Keeps it from time to time, and when the page is put away; answers how to stop that. */
export function keepBoard(name: string, live: LiveBoard): () => void {
  let kept: BoardDump['offset'] | undefined;
  const keep = () => {
    const dump = live.status === 'live' && live.offset !== kept ? live.dump() : undefined;
    if (!dump) return;
    kept = dump.offset;
    void keepLast(name, dump).catch(() => undefined);
  };
  const hidden = () => document.hidden && keep();
  document.addEventListener('visibilitychange', hidden);
  const first = setTimeout(keep, firstAfterMs);
  const timer = setInterval(keep, everyMs);
  return () => {
    keep();
    document.removeEventListener('visibilitychange', hidden);
    clearTimeout(first);
    clearInterval(timer);
  };
}
