import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import type { Booking, Cell } from '../../../client-js/sdk/src/generated/messages.js';
import { wish } from './bookings.js';
import { freshSlot, open, read, type Slot } from './cells.js';
import { otherOffice } from './demo.js';
import { admin, coordinator, manager, newAccount, worker } from './people.js';
import { key, Rpc } from './rpc.js';
import { Server, type ServerOptions } from './server.js';
import { until } from './until.js';

/** The people around bookings: who they are is fixed, the slot is new before each test. */
export class Desk {
  server!: Server;
  /** Of the three multi-accueils. */
  boss!: Rpc;
  /** A worker of the ESCO of Genlis. */
  esco!: Rpc;
  /** One of another office. */
  auxonne!: Rpc;
  /** Only reads the board. */
  reader!: Rpc;
  /** Two places are open there. */
  slot!: Slot;

  async held(more = {}): Promise<Booking> {
    return (await this.esco.call('booking.hold', wish(this.slot, more))).booking;
  }

  async created(more = {}): Promise<Booking> {
    return (await this.esco.call('booking.create', wish(this.slot, more))).booking;
  }

  /** The cell shows it to a third person, at once or with the next change of the board. */
  async shows(expected: Partial<Cell>, of = this.slot): Promise<void> {
    await until('the board shows the change', async () => {
      const cell = await read(this.reader, of);
      return Object.entries(expected).every(([name, value]) => isDeepStrictEqual(cell?.[name as keyof Cell], value));
    }).catch(async () => expect(await read(this.reader, of)).toMatchObject(expected));
  }
}

/** Params that do something to the booking. */
export const act = <More extends object>({ id }: Booking, more: More = {} as More) => ({
  booking: id,
  key: key(),
  ...more,
});

/** A desk with its own server for the tests of a file; its demo's people and places are those of `options`, if any. */
export function openDesk(options: () => ServerOptions = () => ({})): Desk {
  const desk = new Desk();
  beforeAll(async () => {
    const server = (desk.server = await Server.start(options()));
    [desk.boss, desk.esco, desk.reader] = await Promise.all([manager(server), worker(server), coordinator(server)]);
    const administrator = await admin(server);
    const account = { account: 'auxonne@test', roles: ['worker' as const], offices: [otherOffice] };
    desk.auxonne = await Rpc.connect(server, { token: await newAccount(administrator, account) });
    administrator.cut();
  });
  afterAll(() => desk.server.remove());
  beforeEach(async () => {
    desk.slot = freshSlot();
    await open(desk.boss, desk.slot, 2);
  });
  return desk;
}
