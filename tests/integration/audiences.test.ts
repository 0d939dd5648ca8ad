import { describe, expect, it } from 'vitest';
import type { Booking } from '../../client-js/sdk/src/generated/messages.js';
import { wish } from './support/bookings.js';
import { open } from './support/cells.js';
import { createToken } from './support/command.js';
import { plusDays, today } from './support/days.js';
import { office } from './support/demo.js';
import { act, openDesk } from './support/desk.js';
import { manager, worker } from './support/people.js';
import { key, Rpc } from './support/rpc.js';

const desk = openDesk();

describe('audiences', () => {
  const officeOnly = ['care', 'purpose', 'caseRef', 'commune'];
  const contact = { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' };

  it('the office sees all, the facility what it needs, others nothing', async () => {
    const { id } = await desk.created({ contact, commune: '21292' });
    const { booking: ours } = await desk.esco.call('booking.get', { booking: id });
    const { booking: theirs } = await desk.boss.call('booking.get', { booking: id });
    expect(ours).toMatchObject({ care: 'vip', purpose: 'job_interview', commune: '21292', contact });
    for (const field of officeOnly) expect(theirs).not.toHaveProperty(field);
    expect(theirs).toMatchObject({ contact, children: ours.children, places: ours.places, bookedBy: ours.bookedBy });
    expect(theirs.bookedBy.name).not.toBe('');
    const { bookings } = await desk.boss.call('booking.list', {
      facility: desk.slot.facility,
      from: desk.slot.date,
      to: desk.slot.date,
    });
    for (const listed of bookings) for (const field of officeOnly) expect(listed).not.toHaveProperty(field);
    expect((await desk.auxonne.refused('booking.get', { booking: id })).problem).toBe('not_found');
    expect((await desk.auxonne.call('booking.list', {})).bookings.map((booking) => booking.id)).not.toContain(id);
  });

  it('are told of changes, each in its own view', async () => {
    const [here, there, elsewhere] = await Promise.all([
      manager(desk.server),
      worker(desk.server),
      Rpc.connect(desk.server, { token: await tokenOfAuxonne() }),
    ]);
    for (const rpc of [here!, there!, elsewhere!]) await rpc.call('booking.subscribe', {});
    const booking = await desk.held({ contact });
    await here!.notified('booking.changed', ({ booking: { id, state } }) => id === booking.id && state === 'held');
    await desk.esco.call('booking.confirm', act(booking));
    const arrival = await here!.notified(
      'booking.changed',
      ({ booking: { id, state } }) => id === booking.id && state === 'confirmed',
    );
    for (const field of officeOnly) expect(arrival.booking).not.toHaveProperty(field);
    expect(arrival.booking.contact).toEqual(contact);

    await here!.call('booking.acknowledge', act(booking)); // « C’est noté »
    const seen = await there!.notified(
      'booking.changed',
      ({ booking: { id, seenAt } }) => id === booking.id && seenAt !== null,
    );
    expect(seen.booking).toMatchObject({ purpose: 'job_interview', caseRef: booking.caseRef });

    await elsewhere!.call('session.hello', { client: 'tests', version: '1' });
    expect(elsewhere!.notifications).toEqual([]);
    for (const rpc of [here!, there!, elsewhere!]) await rpc.close();
  });

  async function tokenOfAuxonne(): Promise<string> {
    return createToken(desk.server, 'auxonne@test');
  }

  it('resume where they were', async () => {
    const first = await worker(desk.server);
    const { epoch, offset } = await first.call('booking.subscribe', {});
    await first.close();
    const booking = await desk.created();
    const second = await worker(desk.server);
    const reply = await second.call('booking.subscribe', { since: { epoch, offset } });
    expect(reply.bookings.map(({ id }) => id)).toContain(booking.id);
    await second.close();
  });
});

describe('lists', () => {
  it('are filtered by days and states, and paged', async () => {
    await open(desk.boss, desk.slot, 130);
    const ids: string[] = [];
    for (let n = 0; n < 13; n++) {
      const outcomes = await desk.esco.batch(
        Array.from({ length: 10 }, () => ({ method: 'booking.create', params: wish(desk.slot) })),
      );
      for (const outcome of outcomes) {
        expect(outcome.status).toBe('fulfilled');
        if (outcome.status === 'fulfilled') ids.push((outcome.value as { booking: Booking }).booking.id);
      }
    }
    await desk.esco.call('booking.cancel', { booking: ids[0]!, key: key(), reason: 'mistake' });
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await desk.esco.call('booking.list', {
        office,
        from: desk.slot.date,
        to: desk.slot.date,
        states: ['confirmed'],
        ...(cursor && { cursor }),
      });
      listed.push(
        ...page.bookings
          .filter(({ places }) => places[0]!.period === desk.slot.period && places[0]!.section === desk.slot.section)
          .map(({ id }) => id),
      );
      cursor = page.cursor;
    } while (cursor);
    expect(listed.sort()).toEqual(ids.slice(1).sort());
    const before = await desk.esco.call('booking.list', { from: plusDays(today(), -10), to: plusDays(today(), -9) });
    expect(before.bookings).toEqual([]);
  });
});
