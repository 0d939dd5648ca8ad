// A server's side of a board, and a client that watches it.
import type { PlacetteClient } from '../src/index.js';
import type { BoardSubscribeParams, BoardSubscribeResult, Cell, CellChange, LiveBoard } from '../src/index.js';
import { cellOf, type Connection } from './scripted-server.js';
import { withServer } from './setup.js';

export const filter = { territory: 'plaine', days: 7, from: '2026-11-24' };
export const lucioles = {
  id: 'lucioles',
  name: 'Les Lucioles',
  kind: 'multi_accueil' as const,
  commune: { insee: '21292', name: 'Genlis' },
  address: '',
  access: '',
  phone: '',
  latitude: null,
  longitude: null,
  capacity: 30,
  reservedFloor: 0,
  bring: [],
  sections: [],
  periods: [],
  closures: [],
};

/** What the server knows; each subscribe is answered from it. */
export class Script {
  epoch = 'a';
  offset = 10;
  cells: Cell[] = [cellOf(3)];
  recovered = false;

  answer = ({ territory, from, days, facilities }: BoardSubscribeParams): BoardSubscribeResult => ({
    subscription: JSON.stringify([territory, from, days, facilities]).slice(0, 64),
    recovered: this.recovered,
    source: this.recovered ? 'memory' : 'snapshot',
    epoch: this.epoch,
    offset: this.offset,
    asOf: '2026-11-24T10:00:00Z',
    storeAvailable: true,
    facilities: [lucioles],
    cells: this.cells,
  });

  delta(connection: Connection, from: number, offset: number, cells: Cell[], epoch = this.epoch): void {
    const subscription = this.answer(filter).subscription;
    connection.notify('board.delta', { subscription, epoch, from, offset, cells });
  }
}

/** All changes that a board tells from now on. */
export function changes(board: LiveBoard): CellChange[] {
  const seen: CellChange[] = [];
  board.on('change', (some) => seen.push(...some));
  return seen;
}

/** A scripted server for each test, whose boards are those of a `Script`. */
export function withBoard() {
  const context = withServer();
  return {
    context,

    async watching(options: Parameters<PlacetteClient['watchBoard']>[0] = filter) {
      const script = new Script();
      context.server.answer('board.subscribe', script.answer);
      context.server.answer('board.unsubscribe', () => ({}));
      const client = context.client();
      await client.connect();
      const board = client.watchBoard(options);
      await board.ready;
      return { script, client, board };
    },

    subscribes: () => context.server.calls('board.subscribe'),

    /** All that was sent before has arrived. */
    async settled(client: PlacetteClient): Promise<void> {
      context.server.answer('account.list', () => ({ accounts: [] }));
      await client.call('account.list', {});
    },
  };
}
