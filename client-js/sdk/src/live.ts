import { Emitter } from './events.js';
import type { Position } from './generated/messages.js';
import type { Line, LiveView, Notification } from './line.js';
import { PlacetteProblem } from './problem.js';

/**
 * `stale`: what is shown is the last that was known, and may have changed since. `refused`: the server gives
 * no such view (`refusal` says why); `closed`: by `close`, or with the client.
 */
export type LiveStatus = 'loading' | 'live' | 'stale' | 'refused' | 'closed';

export type LiveEvents = {
  /** Everything anew: a snapshot has replaced what was there. */
  reset: [];
  status: [status: LiveStatus];
  /** The server refuses the subscription: the view is over. */
  error: [problem: PlacetteProblem];
};

/** Where a state comes from: the server's log in memory or in its store, a snapshot, or a dump of this device. */
export type LiveSource = 'memory' | 'log' | 'snapshot' | 'dump';

export interface SubscribeReply extends Position {
  subscription: string;
  recovered: boolean;
  source: LiveSource;
  asOf: string;
}

/** What a subscription, or a snapshot, tells. */
export type State<Reply> = Omit<Reply, 'subscription'>;
export type Snapshot<Reply> = Omit<State<Reply>, 'recovered' | 'source'>;

/** After so many failures no more patience is added: a reply may be eight times as late as usual. */
const mostPatience = 3;

/**
 * A subscription kept alive over cuts, gaps and moves of its filter. It resumes where it was (`since`) while
 * the filter is the same, and takes a snapshot otherwise. The subclasses hold the state.
 */
export abstract class Live<
  Filter extends object,
  Reply extends SubscribeReply,
  Events extends LiveEvents & { [Name in keyof Events]: unknown[] },
>
  extends Emitter<Events>
  implements LiveView
{
  status: LiveStatus = 'loading';
  epoch: string | undefined;
  offset = 0;
  /** Until when what is shown is known to be true (an instant). */
  asOf: string | undefined;
  /** Whether the last subscription went on from what was there; false: a snapshot has replaced it. */
  recovered = false;
  source: LiveSource | undefined;
  /** Why the server refuses the view. */
  refusal: PlacetteProblem | undefined;
  /** Kept when the first state is there, broken if the view is closed before. */
  readonly ready: Promise<void>;
  #settleReady!: { resolve: () => void; reject: (problem: Error) => void };

  #subscription: string | undefined;
  #followed: string | undefined; // the name of its filter
  readonly #used = new Set<string>();
  #subscribing = false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  readonly #closing = new AbortController();

  constructor(
    protected readonly line: Line,
    private readonly family: 'board' | 'booking',
  ) {
    super();
    this.ready = new Promise((resolve, reject) => (this.#settleReady = { resolve, reject }));
    this.ready.catch(() => {}); // `error` and `status` tell it too
  }

  /** What to subscribe to now. */
  protected abstract filter(): Filter;
  /**
   * Takes a snapshot, or what changed since (`recovered`). Of another epoch, nothing of what is there holds.
   */
  protected abstract take(state: State<Reply>, filter: Filter, sameEpoch: boolean): void;
  /** The whole state over a way of its own, before the subscription that goes on from it; undefined: there is none. */
  protected read(_filter: Filter, _closing: AbortSignal): Promise<Snapshot<Reply> | undefined> {
    return Promise.resolve(undefined);
  }
  /** Takes a notification of this subscription. */
  protected abstract apply(notification: Notification): void;

  /** All up to here is known for certain. */
  protected since(): object {
    return { epoch: this.epoch, offset: this.offset };
  }

  /** What was taken is not what was followed before: from `take`, to have all of it anew. */
  protected anew(): void {
    this.#followed = undefined;
  }

  close(): void {
    this.#end(new Error('the view was closed'));
  }

  uses(name: string): boolean {
    return this.#used.has(name);
  }

  online(): void {
    // A call that was in flight when the link was cut is repeated by the client: it subscribes anew by
    // itself.
    if (!this.#subscribing) this.follow();
  }

  cut(): void {
    this.#doubt(this.line.heardAt());
  }

  notified(notification: Notification): void {
    const { params } = notification;
    if (!('subscription' in params) || params.subscription !== this.#subscription) return;
    this.asOf = instant(this.line.serverNow());
    // The server's word, for views of every kind, that this subscription is over.
    if (notification.method === 'board.reset') this.missed();
    else this.apply(notification);
  }

  /**
   * Subscribes, now or again; while a reply is awaited this does nothing, for it will bring all that is
   * missing.
   */
  protected follow(): void {
    if (!this.#subscribing) void this.#subscribe(0);
  }

  /** What is there comes from another day, or from before a reload: it is shown, and gone on from. */
  protected restore(filter: Filter, { epoch, offset, asOf }: Position & { asOf: string }): void {
    Object.assign(this, { epoch, offset, asOf, source: 'dump' });
    this.#followed = this.#name(filter);
    this.#enter('stale');
    this.#settleReady.resolve();
  }

  /** Something has passed unseen: until the reply is there nobody knows what. */
  protected missed(): void {
    this.#doubt(this.line.heardAt());
    this.follow();
  }

  async #subscribe(failures: number): Promise<void> {
    if (this.#isOver()) return;
    this.#subscribing = true;
    const filter = this.filter();
    const name = this.#name(filter);
    // What was followed goes first: with all subscriptions in use there would be no room for the next.
    if (this.#followed !== undefined && name !== this.#followed) this.#unfollow();
    this.#used.add(name);
    try {
      const snapshot = name === this.#followed ? undefined : await this.read(filter, this.#closing.signal);
      if (this.#isOver()) return;
      if (snapshot) this.#accept(filter, { recovered: false, source: 'snapshot', ...snapshot } as State<Reply>);
      const since = name === this.#followed ? { since: this.since() } : {};
      await this.line.call(
        `${this.family}.subscribe`,
        { ...filter, ...since },
        {
          timeoutMs: this.line.callMs * 2 ** Math.min(failures, mostPatience),
          signal: this.#closing.signal,
          onReply: (reply: Reply) => {
            this.#taken(filter, reply);
            // What it went on from was made a moment ago, for this subscription.
            if (snapshot && reply.recovered) Object.assign(this, { recovered: false, source: 'snapshot' });
          },
        },
      );
    } catch (error) {
      this.#failed(error as PlacetteProblem, failures);
    }
  }

  #failed(problem: PlacetteProblem, failures: number): void {
    if (this.#isOver()) return;
    if (!problem.mayPass) return this.#end(problem);
    if (this.#followed === undefined) this.#doubt(this.line.heardAt());
    // Without a connection the next call waits for one by itself.
    const isOffline = problem.type === 'unreachable';
    if (!isOffline) this.line.failed(problem);
    this.#retry = setTimeout(() => void this.#subscribe(failures + 1), isOffline ? 0 : this.line.backoff(failures));
  }

  #taken(filter: Filter, reply: Reply): void {
    const name = this.#name(filter);
    this.#subscribing = false;
    if (this.#isOver()) return this.#drop(name, reply.subscription);
    this.#subscription = reply.subscription;
    this.#accept(filter, reply);
    if (this.#followed === undefined) return this.follow();
    this.#enter('live');
    this.#settleReady.resolve();
    if (this.#name(this.filter()) !== name) this.follow(); // midnight has passed meanwhile
  }

  #accept(filter: Filter, state: State<Reply>): void {
    const { epoch, offset, asOf, recovered, source } = state;
    const { epoch: was, offset: upTo, asOf: seen, recovered: resumed, source: from } = this;
    const followed = this.#followed;
    this.#followed = this.#name(filter);
    Object.assign(this, { epoch, offset, asOf, recovered, source });
    try {
      this.take(state, filter, epoch === was);
    } catch (error) {
      // Nothing says that it was taken: what is asked for next begins where this did.
      this.#followed = followed;
      Object.assign(this, { epoch: was, offset: upTo, asOf: seen, recovered: resumed, source: from });
      throw error;
    }
  }

  #name(filter: Filter): string {
    return `${this.family} ${JSON.stringify(filter)}`;
  }

  #unfollow(): void {
    const [name, subscription] = [this.#followed, this.#subscription];
    this.#followed = this.#subscription = undefined;
    this.#drop(name, subscription);
  }

  #drop(name = '', subscription = ''): void {
    this.#used.delete(name);
    if (subscription && !this.line.inUse(name)) this.line.once(`${this.family}.unsubscribe`, { subscription });
  }

  #end(reason: Error): void {
    if (this.#isOver()) return;
    this.line.leave(this);
    clearTimeout(this.#retry);
    if (reason instanceof PlacetteProblem) this.refusal = reason;
    this.#enter(this.refusal ? 'refused' : 'closed');
    this.#settleReady.reject(reason);
    if (this.refusal) this.emit('error', ...([this.refusal] as Events['error']));
    this.#closing.abort(reason);
    // A reply that is still under way ends its subscription when it is there.
    this.#unfollow();
  }

  #isOver(): boolean {
    return this.status === 'closed' || this.status === 'refused';
  }

  /** Nothing is known of what came after `heardAt` (ms). */
  #doubt(heardAt: number): void {
    if (this.status !== 'live') return;
    this.asOf = instant(heardAt);
    this.#enter('stale');
  }

  #enter(status: LiveStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.emit('status', ...([status] as Events['status']));
  }
}

const instant = (ms: number) => new Date(ms).toISOString();
