import { describe, expect, it } from 'vitest';
import { freshSlot, open, type Slot } from './support/cells.js';
import { openDay } from './support/days.js';
import { lucioles, microCreche, moulin, territory } from './support/demo.js';
import { openDesk } from './support/desk.js';
import { admin } from './support/people.js';
import { key } from './support/rpc.js';

const desk = openDesk();

/** The demo's Lucioles: 30 places in the morning, 26 in the afternoon. */
const morning = { facility: lucioles, date: openDay(3), period: 'matin' };

const set = (slot: Omit<Slot, 'section'>, counts: Record<string, number>, force?: true) => ({
  facility: slot.facility,
  key: key(),
  cells: Object.entries(counts).map(([section, open]) => ({ date: slot.date, period: slot.period, section, open })),
  ...(force && { force }),
});

describe('« Combien puis-je ouvrir ? »', () => {
  it('is told with each rule, the tightest first', async () => {
    const asked = { ...morning, adults: 5, children: { walkers: 16, nonWalkers: 10 } };
    expect(await desk.boss.call('availability.advise', asked)).toEqual({
      lawfulOpen: 5,
      reasons: [
        { rule: 'ratio', article: 'CSP R2324-43', limit: 31 },
        { rule: 'over_capacity', article: 'CSP R2324-27', limit: 35 },
      ],
    });
    const { lawfulOpen } = await desk.boss.call('availability.advise', { ...asked, ratio: 'six' });
    expect(lawfulOpen).toBe(4);
  });

  it('takes the period’s own capacity where it is modulated', async () => {
    const asked = { ...morning, period: 'apres-midi', adults: 20, children: { walkers: 0, nonWalkers: 0 } };
    const { lawfulOpen, reasons } = await desk.boss.call('availability.advise', asked);
    expect([lawfulOpen, reasons[0]?.rule]).toEqual([30, 'over_capacity']);
  });

  it('is none where too many are there, and never less', async () => {
    const asked = { ...morning, adults: 1, children: { walkers: 3, nonWalkers: 3 } };
    const { lawfulOpen, reasons } = await desk.boss.call('availability.advise', asked);
    expect(lawfulOpen).toBe(0);
    expect(reasons[0]).toEqual({ rule: 'two_adults', article: 'CSP R2324-43-1', limit: 0 });
  });

  it('is the manager’s of that facility alone, on a day when it is open', async () => {
    const asked = { ...morning, adults: 1, children: { walkers: 0, nonWalkers: 0 } };
    expect((await desk.boss.refused('availability.advise', { ...asked, facility: microCreche })).problem).toBe(
      'forbidden',
    );
    expect((await desk.esco.refused('availability.advise', asked)).problem).toBe('forbidden');
    const unknown = await desk.boss.refused('availability.advise', { ...asked, period: 'nuit' });
    expect([unknown.problem, unknown.data.field]).toEqual(['invalid_params', 'period']);
  });
});

describe('more open than the law lets be there', () => {
  it('is refused, over all sections of the slot, and nothing is changed', async () => {
    const slot = freshSlot(moulin); // 18 places: 21 at once
    await desk.boss.call('availability.set', set(slot, { bebes: 7, moyens: 7, grands: 6 }));
    const refusal = await desk.boss.refused('availability.set', set(slot, { moyens: 8, grands: 7 }));
    expect(refusal.problem).toBe('over_capacity');
    const named = ['moyens', 'grands'].map((section) => ({ ...slot, section }));
    expect(refusal.data.cells).toEqual(named);
    await desk.shows({ open: 7 }, { ...slot, section: 'moyens' });
    await desk.boss.call('availability.set', set(slot, { moyens: 8 }));
  });

  it('is taken with force; what is above may be moved and lowered, and not raised', async () => {
    const slot = freshSlot(moulin);
    await desk.boss.call('availability.set', set(slot, { moyens: 20, grands: 5 }, true));
    await desk.boss.call('availability.set', set(slot, { moyens: 15, grands: 10 }));
    await desk.boss.call('availability.set', set(slot, { moyens: 14 }));
    const { date, period } = slot;
    const adjust = (section: string, by: number) => ({
      facility: moulin,
      key: key(),
      cells: [{ date, period, section, by }],
    });
    expect((await desk.boss.refused('availability.adjust', adjust('bebes', 1))).problem).toBe('over_capacity');
    await desk.boss.call('availability.adjust', adjust('grands', -1));
  });

  it('is not passed by two people at once', async () => {
    const slot = freshSlot(moulin);
    await open(desk.boss, slot, 20);
    const { date, period } = slot;
    const both = await Promise.allSettled(
      ['bebes', 'grands'].map((section) =>
        desk.boss.call('availability.adjust', {
          facility: moulin,
          key: key(),
          cells: [{ date, period, section, by: 1 }],
        }),
      ),
    );
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});

describe('public holidays', () => {
  it('are told with the territory, those of Alsace and Moselle where it is there', async () => {
    const year = Number(openDay(0).slice(0, 4));
    const told = async () => {
      const { holidays } = await desk.boss.call('territory.get', { territory });
      return holidays.filter(({ date }) => date.startsWith(`${year}-12`)).map(({ name }) => name);
    };
    expect(await told()).toEqual(['Noël']);
    const administrator = await admin(desk.server);
    const { id, name, timezone } = await administrator.call('territory.get', { territory });
    const say = (alsaceMoselle: boolean) =>
      administrator.call('territory.import', {
        key: key(),
        document: { territory: { id, name, timezone, alsaceMoselle } },
      });
    expect((await say(true)).changed).toBe(1);
    const { holidays, alsaceMoselle } = await administrator.call('territory.get', { territory });
    expect(alsaceMoselle).toBe(true);
    expect(holidays).toHaveLength(26);
    administrator.cut();
  });
});
