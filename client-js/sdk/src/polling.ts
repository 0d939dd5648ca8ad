import type { Addresses } from './address.js';
import type {
  BoardGetParams,
  BoardGetResult,
  Booking,
  BookingListResult,
  BookingSubscribeParams,
  Facility,
} from './generated/messages.js';
import { request } from './http.js';
import { PlacetteProblem, urn } from './problem.js';
import { readBoard, type Ask } from './snapshots.js';
import type { WebSocketLike } from './socket.js';
import { territoryOf } from './territory.js';

export interface PollingOptions {
  addresses: Addresses;
  ask(): Ask;
  everyMs: number;
  /** The server's time, in ms. */
  serverNow(): number;
}

interface Call {
  id: number;
  method: string;
  params: object;
}

/** Something that is asked after again and again. */
interface Poll {
  readonly subscription: string;
  /** The first state, as the reply to a subscribe. */
  first(): Promise<object>;
  /** What has changed, as notifications. */
  next(): Promise<object[]>;
}

const signedOut = 4500;
const lost = 1006;
const dayMs = 86_400_000;

/**
 * What looks like a socket and asks over HTTP, where no WebSocket passes: calls are posted, and subscriptions are made
 * up of reads that are repeated. Whoever uses it need not know.
 */
export class PollingSocket extends EventTarget {
  readonly #polls = new Map<string, Poll>();
  #posts: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #made = 0;
  #isOver = false;

  constructor(private readonly options: PollingOptions) {
    super();
    queueMicrotask(() => this.#tell('open'));
    this.#pollLater();
  }

  send(frame: string): void {
    for (const call of [JSON.parse(frame)].flat() as Call[]) {
      // One after another, as on a socket: what is changed first is changed first.
      this.#posts = this.#posts.then(() => this.#answer(call)).catch((error) => this.#end(error));
    }
  }

  close(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  async #answer({ id, method, params }: Call): Promise<void> {
    try {
      if (method.endsWith('.subscribe')) {
        const poll = method.startsWith('board') ? this.#boardPoll(params as BoardGetParams) : this.#bookingPoll(params);
        const { subscription } = poll;
        const state = await poll.first();
        this.#polls.set(subscription, poll);
        return this.#say({ id, result: { ...state, subscription, recovered: false, source: 'snapshot' } });
      }
      if (method.endsWith('.unsubscribe')) {
        this.#polls.delete((params as { subscription: string }).subscription);
        return this.#say({ id, result: {} });
      }
      this.#hear(await this.#post({ id, method, params }));
    } catch (error) {
      if (!(error instanceof PlacetteProblem)) throw error;
      this.#say({ id, error: { code: -32000, message: error.type, data: { ...error, type: `${urn}${error.type}` } } });
    }
  }

  #boardPoll(params: BoardGetParams): Poll {
    const subscription = `poll ${++this.#made}`;
    const { addresses, ask } = this.options;
    let [epoch, offset, etag] = ['', 0, undefined as string | undefined];
    let isStoreAvailable = true;
    let facilities: Facility[] = [];
    const read = async () => {
      try {
        const answer = await readBoard(addresses.boards, params, { ...ask(), etag });
        ({ etag } = answer);
        return answer.board;
      } catch (error) {
        if (!isElsewhere(error)) throw error;
        const { territory, from, days, facilities } = params; // without `since`
        const filter = { territory, from, days, ...(facilities && { facilities }) };
        return this.#call('board.get', filter) as Promise<BoardGetResult>;
      }
    };
    return {
      subscription,
      first: async () => {
        const board = (await read())!;
        ({ epoch, offset, facilities } = board);
        return board;
      },
      next: async () => {
        const board = await read();
        if (board && board.epoch !== epoch)
          return [{ method: 'board.reset', params: { subscription, reason: 'epoch' } }];
        // Nothing new is news too: of when the board is.
        const { cells, ...rest } = board ?? { epoch, offset, cells: [], facilities, storeAvailable: isStoreAvailable };
        const told: object[] = [
          { method: 'board.facilities', params: { subscription, facilities: rest.facilities } },
          { method: 'board.delta', params: { subscription, epoch, from: offset, offset: rest.offset, cells } },
        ];
        if (rest.storeAvailable !== isStoreAvailable)
          told.push({ method: 'store.changed', params: { available: rest.storeAvailable } });
        ({ offset, facilities, storeAvailable: isStoreAvailable } = rest);
        return told;
      },
    };
  }

  #bookingPoll({ facility, office, territory }: BookingSubscribeParams): Poll {
    const subscription = `poll ${++this.#made}`;
    const whose = { ...(facility && { facility }), ...(office && { office }), ...(territory && { territory }) };
    const epoch = subscription; // of no server: on a socket all is asked anew
    const versions = new Map<string, number>();
    let offset = 0;
    let begins = '';
    let territories: string[] = [];
    const read = async () => {
      const asOf = new Date(this.options.serverNow()).toISOString();
      // As with a subscription: from yesterday on.
      const from = new Date(this.options.serverNow() - dayMs).toISOString().slice(0, 10);
      const bookings: Booking[] = [];
      for (let cursor: string | undefined, more = true; more; more = cursor !== undefined) {
        const params = { ...whose, from, ...(cursor !== undefined && { cursor }) };
        const page = (await this.#call('booking.list', params)) as BookingListResult;
        bookings.push(...page.bookings);
        cursor = page.cursor;
      }
      const changed = bookings.filter(({ id, version }) => versions.get(id) !== version);
      for (const { id, version } of changed) versions.set(id, version);
      return { asOf, from, bookings, changed };
    };
    return {
      subscription,
      first: async () => {
        const { asOf, from, bookings } = await read();
        territories = [...new Set(bookings.map(territoryOf))].sort();
        begins = from;
        const places = territories.map((territory) => ({
          territory,
          epoch,
          offset,
          from,
          facilities: [],
          offices: [],
        }));
        return { epoch, offset, asOf, storeAvailable: true, territories: places, bookings };
      },
      next: async () => {
        const { from, changed } = await read();
        if (changed.some((booking) => !territories.includes(territoryOf(booking))))
          return [{ method: 'board.reset', params: { subscription, reason: 'scope' } }];
        offset += 1;
        const told: object[] = changed.map((booking) => ({
          method: 'booking.changed',
          params: { subscription, territory: territoryOf(booking), epoch, offset, booking },
        }));
        if (from === begins) return told;
        begins = from;
        const windows = territories.map((territory) => ({ subscription, territory, from }));
        return [...told, ...windows.map((params) => ({ method: 'booking.window', params }))];
      },
    };
  }

  #pollLater(): void {
    this.#timer = setTimeout(() => void this.#pollAll(), this.options.everyMs);
  }

  async #pollAll(): Promise<void> {
    try {
      for (const poll of [...this.#polls.values()]) {
        const told = await poll.next().catch(orNothing);
        if (this.#polls.has(poll.subscription)) told.forEach((message) => this.#say(message));
      }
      if (!this.#isOver) this.#pollLater();
    } catch (error) {
      this.#end(error);
    }
  }

  async #call(method: string, params: object): Promise<unknown> {
    const { error, result } = JSON.parse(await this.#post({ id: 0, method, params }));
    if (error) throw PlacetteProblem.from(error.data, error.message);
    return result;
  }

  async #post(call: Call): Promise<string> {
    const body = JSON.stringify({ jsonrpc: '2.0', ...call });
    const { text = '' } = await request({ ...this.options.ask(), url: this.options.addresses.rpc, body });
    return text;
  }

  #say(message: object): void {
    this.#hear(JSON.stringify({ jsonrpc: '2.0', ...message }));
  }

  #hear(data: string): void {
    this.#tell('message', { data });
  }

  #end(error: unknown): void {
    const isSignedOut = error instanceof PlacetteProblem && error.type === 'unauthenticated';
    const reason = (error as Error).message;
    this.#tell('close', { code: isSignedOut ? signedOut : lost, reason });
    this.close();
  }

  #tell(type: string, more: object = {}): void {
    if (!this.#isOver) this.dispatchEvent(Object.assign(new Event(type), more));
  }
}

/** What stands before the server passes calls, and no boards. */
const isElsewhere = (error: unknown) => error instanceof PlacetteProblem && error.type === 'invalid_request';

/** What the server does not tell for a time is asked again. */
function orNothing(error: unknown): object[] {
  if (error instanceof PlacetteProblem && error.mayPass) return [];
  throw error;
}

/** As a socket is used here. */
export function pollingSocket(options: PollingOptions): WebSocketLike {
  return new PollingSocket(options) as unknown as WebSocketLike;
}
