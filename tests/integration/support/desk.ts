import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Booking } from '../../../client-js/sdk/src/generated/messages.js';
import { wish } from './bookings.js';
import { freshSlot, open, read, type Slot } from './cells.js';
import { otherOffice } from './demo.js';
import { admin, coordinator, manager, newAccount, worker } from './people.js';
import { key, Rpc } from './rpc.js';
import { Server } from './server.js';

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

  async counts(of = this.slot) {
    const cell = await read(this.reader, of);
    return cell && { vip: cell.vip, other: cell.other, held: cell.held, free: cell.free };
  }
}

/** Params that do something to the booking. */
export const act = <More extends object>({ id }: Booking, more: More = {} as More) => ({
  booking: id,
  key: key(),
  ...more,
});

/** A desk with its own server for the tests of a file. */
export function openDesk(): Desk {
  const desk = new Desk();
  beforeAll(async () => {
    const server = (desk.server = await Server.start());
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
