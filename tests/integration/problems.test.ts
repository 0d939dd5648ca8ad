import { describe, expect, it } from 'vitest';
import { caseRef, wish } from './support/bookings.js';
import { ageFor, freshSlot, open } from './support/cells.js';
import { nextSaturday, openDay } from './support/days.js';
import { childminder, familyCreche, lucioles, territory } from './support/demo.js';
import { act, openDesk } from './support/desk.js';
import { expectFrench } from './support/french.js';
import { key } from './support/rpc.js';

const desk = openDesk();

it('an English title would be found', () => {
  for (const title of ['No place is left', 'Closed', 'Too late']) expect(() => expectFrench(title)).toThrow();
});

describe('problems', () => {
  const refusal = (more = {}, method = 'booking.create') => desk.esco.refused(method, wish(desk.slot, more));

  it('no_place', async () => {
    await desk.created();
    await desk.created();
    const { problem, data, code } = await refusal();
    expect([problem, data.cells, data.status, data.temporary, code]).toEqual([
      'no_place',
      [desk.slot],
      409,
      false,
      -32000,
    ]);
    expectFrench(data.title);
  });

  it('no_place in a cell that was never stated', async () => {
    desk.slot = freshSlot();
    expect((await refusal()).problem).toBe('no_place');
  });

  it('kept_for_vip', async () => {
    await open(desk.boss, desk.slot, 2, 1);
    await desk.created({ care: 'other' });
    const { problem, data } = await refusal({ care: 'other' });
    expect([problem, data.cells]).toEqual(['kept_for_vip', [desk.slot]]);
    expectFrench(data.title);
    await desk.created({ care: 'vip' });
  });

  it('reserved_by_hold', async () => {
    await desk.held();
    await desk.created();
    const { problem, data } = await refusal();
    expect([problem, data.cells]).toEqual(['reserved_by_hold', [desk.slot]]);
    expect(data.retryAfterMs).toBeGreaterThan(0); // until the hold in the way ends by itself
    expectFrench(data.title);
  });

  it('past', async () => {
    desk.slot = { facility: lucioles, date: openDay(-1), period: 'matin', section: 'moyens' };
    expectFrench((await refusal()).data.title);
    expect((await refusal()).problem).toBe('past');
  });

  it('outside_hours', async () => {
    const early = desk.slot.period === 'matin' ? { arrive: '06:00' } : { arrive: '12:45' };
    const late = desk.slot.period === 'matin' ? { leave: '13:00' } : { leave: '19:00' };
    const backwards =
      desk.slot.period === 'matin' ? { arrive: '11:00', leave: '10:00' } : { arrive: '16:00', leave: '15:00' };
    for (const hours of [early, late, backwards]) {
      const { problem, data } = await refusal({
        places: [{ date: desk.slot.date, period: desk.slot.period, ...hours }],
      });
      expect(problem).toBe('outside_hours');
      expectFrench(data.title);
    }
    desk.slot = { ...desk.slot, date: nextSaturday() };
    expect(['outside_hours', 'closed']).toContain((await refusal()).problem);
  });

  it('age_out_of_range', async () => {
    const { problem, data } = await refusal({ children: [{ ageMonths: 60 }] });
    expect(problem).toBe('age_out_of_range');
    expectFrench(data.title);
    const places = [{ date: desk.slot.date, period: desk.slot.period, section: 'bebes' }];
    expect((await refusal({ places, children: [{ ageMonths: 30 }] })).problem).toBe('age_out_of_range');
  });

  it('duplicate_booking, unless forced', async () => {
    const { caseRef } = await desk.created();
    const again = await refusal({ caseRef: caseRef! });
    expect(again.problem).toBe('duplicate_booking');
    expectFrench(again.data.title);
    await desk.created({ caseRef: caseRef!, force: true });
  });

  it('wrong_state', async () => {
    const booking = await desk.created();
    await desk.esco.call('booking.cancel', act(booking, { reason: 'mistake' }));
    for (const method of ['confirm', 'extend', 'release']) {
      const { problem, data } = await desk.esco.refused(`booking.${method}`, act(booking));
      expect(problem, method).toBe('wrong_state');
      expectFrench(data.title);
    }
    for (const [method, more] of [
      ['attendance', { place: 0, outcome: 'attended' }],
      ['cancel', { reason: 'staff' }],
    ] as const) {
      expect((await desk.boss.refused(`booking.${method}`, act(booking, more))).problem, method).toBe('wrong_state');
    }
  });

  it('below_committed, unless forced', async () => {
    await desk.created();
    await desk.created();
    const { facility, date, period, section } = desk.slot;
    const set = { facility, cells: [{ date, period, section, open: 1 }] };
    const adjust = { facility, cells: [{ date, period, section, by: -1 }] };
    for (const [method, params] of [
      ['availability.set', set],
      ['availability.adjust', adjust],
    ] as const) {
      const { problem, data } = await desk.boss.refused(method, { ...params, key: key() });
      expect([problem, data.cells]).toEqual(['below_committed', [desk.slot]]);
      expectFrench(data.title);
    }
    const { cells } = await desk.boss.call('availability.set', { ...set, key: key(), force: true });
    expect(cells[0]).toMatchObject({ open: 1, vip: 2, overcommitted: true, free: { vip: 0, other: 0 } });
    expect((await refusal()).problem).toBe('no_place');
  });

  it('purpose and case are due at the confirmation', async () => {
    const { booking } = await desk.esco.call('booking.hold', {
      facility: desk.slot.facility,
      key: key(),
      places: [{ date: desk.slot.date, period: desk.slot.period }],
      children: [{ ageMonths: ageFor[desk.slot.section]! }],
      care: 'vip',
    });
    for (const [given, field] of [
      [{ caseRef: caseRef() }, 'purpose'],
      [{ purpose: 'training' }, 'caseRef'],
    ] as const) {
      const { problem, data } = await desk.esco.refused('booking.confirm', act(booking, given));
      expect([problem, data.field]).toEqual(['invalid_params', field]);
    }
  });

  it('childminders and family crèches are not booked here', async () => {
    for (const facility of [childminder, familyCreche]) {
      const { problem, data } = await desk.esco.refused('booking.hold', wish({ ...desk.slot, facility }));
      expect([problem, data.field]).toEqual(['invalid_params', 'facility']);
    }
  });

  it('a contact needs the parent’s agreement', async () => {
    const { problem, data } = await refusal({ contact: { informed: false, firstNames: 'Lina' } });
    expect([problem, data.field]).toEqual(['invalid_params', 'contact.informed']);
  });

  it('not_found, for what is unknown and for what is of others', async () => {
    const booking = await desk.created();
    for (const id of [booking.id, `${territory}.01ARZ3NDEKTSV4RRFFQ69G5FAV`, 'nonsense']) {
      expect((await desk.auxonne.refused('booking.get', { booking: id })).problem).toBe('not_found');
      for (const [method, more] of [
        ['confirm', {}],
        ['extend', {}],
        ['release', {}],
        ['cancel', { reason: 'ill' }],
      ] as const) {
        const refused = await desk.auxonne.refused(`booking.${method}`, { booking: id, key: key(), ...more });
        expect(refused.problem, method).toBe('not_found');
      }
    }
  });
});
