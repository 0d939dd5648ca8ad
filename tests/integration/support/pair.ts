import { afterAll, beforeAll } from 'vitest';
import { manager, worker } from './people.js';
import type { Rpc } from './rpc.js';
import { Server, type ServerOptions } from './server.js';

/** A server, and the two who meet at it. */
export interface Pair {
  server: Server;
  /** Of the three multi-accueils. */
  boss: Rpc;
  /** A worker of the ESCO of Genlis. */
  esco: Rpc;
}

/** A pair for the tests of a file, or of a part of it. */
export function openPair(options: ServerOptions = {}): Pair {
  const pair = {} as Pair;
  beforeAll(async () => {
    pair.server = await Server.start(options);
    [pair.boss, pair.esco] = await Promise.all([manager(pair.server), worker(pair.server)]);
  });
  afterAll(() => pair.server.remove());
  return pair;
}
