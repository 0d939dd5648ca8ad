import type { Addresses } from './address.js';
import type { BoardGetParams, BoardGetResult } from './generated/messages.js';
import { request, type Fetch } from './http.js';
import type { PollingOptions } from './polling.js';
import { readBoard, type Ask } from './snapshots.js';
import type { WebSocketLike } from './socket.js';
import { version } from './version.js';

export type { Fetch } from './http.js';

/** What a client does over HTTP, beside its socket or in place of one. */
export interface Http {
  /** Undefined: the server does not give it this way. */
  readBoard(filter: BoardGetParams, ask: Partial<Ask>): Promise<BoardGetResult | undefined>;
  /** What failed may succeed with the next connection. */
  hope(): void;
  /** Kept if the server answers: then it can be asked this way. */
  polling(options: Pick<PollingOptions, 'everyMs' | 'serverNow'>): () => Promise<() => WebSocketLike>;
}

export function httpFor(
  fetch: Fetch | false | undefined,
  addresses: Addresses,
  usual: () => Omit<Ask, 'fetch'>,
): Http | undefined {
  const asks = fetch ?? globalThis.fetch;
  if (!asks) return undefined;
  // Not as a method: the browser's own wants no other `this`.
  const ask = (): Ask => ({ fetch: (...request) => asks(...request), ...usual() });
  let works = true;
  return {
    async readBoard(filter, more) {
      if (!works) return undefined;
      try {
        return (await readBoard(addresses.boards, filter, { ...ask(), ...more })).board;
      } catch {
        works = more.signal?.aborted ?? false;
        return undefined;
      }
    },
    hope: () => (works = true),
    polling: (options) => async () => {
      const { pollingSocket } = await import('./polling.js'); // few need it
      const hello = { jsonrpc: '2.0', id: 0, method: 'session.hello', params: { client: '@placette/client', version } };
      await request({ ...ask(), url: addresses.rpc, body: JSON.stringify(hello) });
      return () => pollingSocket({ addresses, ask, ...options });
    },
  };
}
