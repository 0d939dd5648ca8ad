import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, managed, territory } from './support/demo.js';
import { worker } from './support/people.js';
import { type ConnectOptions, key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';

let server: Server;
let token: string;
const opened: Rpc[] = [];

beforeAll(async () => {
  server = await Server.start();
  token = await createToken(server, accounts.manager);
});
afterEach(() => opened.splice(0).forEach((rpc) => rpc.cut()));
afterAll(() => server.remove());

async function connect(options: ConnectOptions = {}): Promise<Rpc> {
  const rpc = await Rpc.connect(server, options);
  opened.push(rpc);
  return rpc;
}
const signedIn = () => connect({ token });
const hello = { client: 'tests', version: '1' };

describe('reads and writes', () => {
  it('lets a session read its own writes', async () => {
    const rpc = await signedIn();
    const { facility, date, period, section } = freshSlot();
    for (let places = 1; places <= 50; places++) {
      const params = { facility, key: key(), force: true, cells: [{ date, period, section, by: 1 }] };
      const { offset } = await rpc.call('availability.adjust', params);
      const board = await rpc.call('board.get', { territory, from: date, days: 1, facilities: [facility] });
      expect(board.offset).toBeGreaterThanOrEqual(offset);
      expect(board.cells.find((cell) => cell.section === section && cell.period === period)?.open).toBe(places);
    }
  });

  it('lets a session list its own booking at once', async () => {
    const boss = await signedIn();
    const rpc = await worker(server);
    opened.push(rpc);
    const slot = freshSlot();
    await open(boss, slot, 5);
    const { booking } = await rpc.call('booking.create', wish(slot));
    const { bookings } = await rpc.call('booking.list', { from: slot.date, to: slot.date });
    expect(bookings.map(({ id }) => id)).toContain(booking.id);
  });
});

describe('subscriptions', () => {
  const board = (days: number) => ({ territory, from: openDay(1), days });

  it('are named by their filter', async () => {
    const [one, other] = [await signedIn(), await connect({ token })];
    const mine = await one.call('board.subscribe', { ...board(3), facilities: [...managed] });
    const same = await other.call('board.subscribe', { ...board(3), facilities: [...managed].reverse() });
    const another = await other.call('board.subscribe', board(3));
    expect(same.subscription).toBe(mine.subscription);
    expect(another.subscription).not.toBe(mine.subscription);
  });

  it('are at most eight', async () => {
    const rpc = await signedIn();
    const first = await rpc.call('board.subscribe', board(1));
    for (let days = 2; days <= 8; days++) await rpc.call('board.subscribe', board(days));
    expect((await rpc.refused('board.subscribe', board(9))).problem).toBe('too_many');
    await rpc.call('board.unsubscribe', { subscription: first.subscription });
    await rpc.call('board.subscribe', board(9));
  });

  it('end once', async () => {
    const rpc = await signedIn();
    const { subscription } = await rpc.call('board.subscribe', board(1));
    expect(await rpc.call('board.unsubscribe', { subscription })).toEqual({});
    const again = await rpc.refused('board.unsubscribe', { subscription });
    expect([again.problem, again.data.field]).toEqual(['invalid_params', 'subscription']);
  });

  it('answer before they notify, and never after they end', async () => {
    const [writer, rpc] = [await signedIn(), await connect({ token })];
    const slot = freshSlot();
    await open(writer, slot, 1);
    let writing = true;
    const { facility, date, period, section } = slot;
    const stream = (async () => {
      for (let by = 1; writing; by = -by) {
        await writer.call('availability.adjust', { facility, key: key(), cells: [{ date, period, section, by }] });
      }
    })();
    const known = new Set<string>();
    const untimely: string[] = [];
    rpc.on('message', (message) => {
      for (const one of [message].flat()) {
        if (one.result?.subscription) known.add(one.result.subscription);
        if (one.method === 'board.delta' && !known.has(one.params.subscription)) untimely.push('before the reply');
      }
    });
    for (let days = 1; days <= 20; days++) {
      const { subscription } = await rpc.call('board.subscribe', { territory, from: slot.date, days });
      await rpc.notified('board.delta', (delta) => delta.subscription === subscription);
      const ending = rpc.ask('board.unsubscribe', { subscription }, `end ${days}`);
      rpc.on('message', (message) => {
        if (message.id === `end ${days}`) known.delete(subscription);
      });
      await ending;
    }
    writing = false;
    await stream;
    await rpc.call('session.hello', hello);
    expect(untimely).toEqual([]);
  });
});
