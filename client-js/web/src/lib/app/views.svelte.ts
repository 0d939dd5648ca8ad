// The live views on screen, and how each fares: what is not known must never look like nothing.
import type { LiveStatus, PlacetteProblem } from '@placette/client';
import { SvelteSet } from 'svelte/reactivity';
import { tell } from './problems';

/** What of the SDK's views counts here. */
interface Followed {
  status: LiveStatus;
  asOf: string | undefined;
  refusal: PlacetteProblem | undefined;
  on(event: 'status', listener: () => void): () => void;
}

export class ViewState {
  status = $state<LiveStatus>('loading');
  /** Until when what is shown was true (ms of the server), where that is not known to be now. */
  staleSince = $state<number | null>(null);
  /** Why the server does not give it, in words; empty: it does. */
  refused = $state('');
  /** There is a state to show, of now or of before: only then is nothing nothing. */
  isRead = $derived(this.status === 'live' || this.status === 'stale');
  #stop: () => void;

  constructor(live: Followed) {
    const follow = () => {
      this.status = live.status;
      this.staleSince = live.status === 'stale' && live.asOf ? Date.parse(live.asOf) : null;
      this.refused = live.refusal ? tell(live.refusal) : '';
    };
    this.#stop = live.on('status', follow);
    follow();
    views.add(this);
  }

  close(): void {
    this.#stop();
    views.delete(this);
  }
}

const views = new SvelteSet<ViewState>();

/** Since when the oldest of what is shown may have changed (ms of the server); null: all of it is live. */
export function staleSince(): number | null {
  const instants = [...views].flatMap((view) => view.staleSince ?? []);
  return instants.length > 0 ? Math.min(...instants) : null;
}
