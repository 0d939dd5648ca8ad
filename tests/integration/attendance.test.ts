// Who came is said from the start of a half-day on: it is between 8 and 9 in the morning here, whenever this runs.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { open, type Slot } from './support/cells.js';
import { lucioles } from './support/demo.js';
import { act, openDesk } from './support/desk.js';
import { dayIn, writeMovedDemo, zoneAt } from './support/moved_demo.js';

const zone = zoneAt(8);
const desk = openDesk(() => {
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-morning-'));
  return { dataDir, args: ['--demo-document', writeMovedDemo(dataDir, zone, true)] };
});

const at = (period: string, fromToday = 0): Slot => ({
  facility: lucioles,
  date: dayIn(zone, fromToday),
  period,
  section: 'moyens',
});
const says = (outcome: 'attended' | 'no_show' | null, place = 0) => ({ place, outcome });

describe('attendance', () => {
  it('is recorded from the start of the half-day on, corrected, and taken back', async () => {
    desk.slot = at('matin');
    await open(desk.boss, desk.slot, 9);
    const booking = await desk.created();
    const attended = await desk.boss.call('booking.attendance', act(booking, says('attended')));
    expect(attended.booking.state).toBe('attended');
    const back = await desk.boss.call('booking.attendance', act(booking, says(null)));
    expect(back.booking.state).toBe('confirmed');
    const missed = await desk.boss.call('booking.attendance', act(booking, says('no_show')));
    expect(missed.booking.state).toBe('no_show');
    await desk.shows({ vip: 1, other: 0, held: 0 });
  });

  it.each([
    ['this afternoon', at('apres-midi')],
    ['tomorrow morning', at('matin', 1)],
  ])('is refused before, %s, with the reason and the cell, and changes nothing', async (_, slot) => {
    desk.slot = slot;
    await open(desk.boss, slot, 2);
    const booking = await desk.created();
    for (const outcome of ['attended', 'no_show', null] as const) {
      const { problem, data } = await desk.boss.refused('booking.attendance', act(booking, says(outcome)));
      expect(problem).toBe('wrong_state');
      expect(data).toMatchObject({ detail: 'the period has not begun', cells: [slot] });
    }
    expect((await desk.boss.call('booking.get', { booking: booking.id })).booking).toMatchObject({
      state: 'confirmed',
      version: booking.version,
    });
  });

  it('is each place’s own: of one that has begun, not of one to come', async () => {
    const places = [at('matin'), at('apres-midi')].map(({ date, period, section }) => ({ date, period, section }));
    for (const slot of [at('matin'), at('apres-midi')]) await open(desk.boss, slot, 9);
    desk.slot = at('matin');
    const booking = await desk.created({ places });
    const first = await desk.boss.call('booking.attendance', act(booking, says('attended')));
    expect(first.booking).toMatchObject({ state: 'confirmed', places: [{ outcome: 'attended' }, { outcome: null }] });
    const early = await desk.boss.refused('booking.attendance', act(booking, says('attended', 1)));
    expect(early.data.cells).toEqual([at('apres-midi')]);
    const last = await desk.boss.call('booking.cancel', act(booking, { reason: 'staff' }));
    expect(last.booking.state).toBe('attended');
  });
});
