import { describe, expect, test } from 'vitest';
import { viewCell, viewTogether, type Question } from '../src/lib/board/cell-view';
import type { Cell, Facility } from '../src/lib/types';
import { cell, facility, lucioles } from './samples';

const moyens = lucioles.sections[1];
const question: Question = {
  care: 'vip',
  ages: [20],
  demand: 1,
  atMost: Infinity,
  zone: 'Europe/Paris',
  now: Date.parse('2026-11-24T16:14:00Z'),
  ownHoldMs: null,
};

function view(state: Cell | undefined, asked: Partial<Question> = {}, where: Facility = lucioles) {
  const slot = { facility: where, date: '2026-11-25', period: 'matin', section: moyens };
  return viewCell(slot, state, { ...question, ...asked });
}

test('a free place is told in full', () => {
  expect(view(cell())).toEqual({
    look: 'free',
    count: 2,
    word: '',
    active: true,
    name:
      'Les Lucioles, Moyens, mercredi 25\u00a0novembre, matin, 8\u202fh à 12\u202fh\u202f30\u202f: ' +
      '2\u00a0places à 20\u00a0mois, réservation immédiate, confirmé il y a 12\u00a0minutes',
  });
});

test('the age is left out where it was not asked for', () => {
  expect(view(cell(), { ages: [] }).name).toContain(': 2\u00a0places, réservation');
});

test('a stale count is booked at once, with its clock', () => {
  const stale = view(cell({ staleAt: '2026-11-24T16:00:00Z' }));
  expect(stale).toMatchObject({ look: 'check', count: 2, word: 'à vérifier', active: true });
});

test('childminders and crèches familiales are reached by telephone', () => {
  for (const kind of ['childminder', 'creche_familiale'] as const) {
    expect(view(cell(), {}, facility({ kind }))).toMatchObject({ look: 'call', count: 2 });
  }
});

describe('no place', () => {
  test('the last one is held by another', () => {
    const held = cell({ vip: 2, held: 1, free: { vip: 0, other: 0 } });
    expect(view(held)).toMatchObject({ look: 'held', count: null, word: 'en cours', active: true });
  });

  test('all are booked', () => {
    const full = cell({ vip: 2, free: { vip: 0, other: 0 } });
    expect(view(full)).toMatchObject({ look: 'full', word: 'complet', active: false });
  });

  test('a hold on what was forced away gives nothing back', () => {
    const forced = cell({ open: 1, vip: 2, held: 1, free: { vip: 0, other: 0 }, overcommitted: true });
    expect(view(forced).look).toBe('full');
  });

  test('the rest is kept for insertion care', () => {
    const kept = cell({ reserved: 2, free: { vip: 2, other: 0 } });
    expect(view(kept, { care: 'other' })).toMatchObject({ look: 'insertion', word: 'insertion' });
    expect(view(kept, { care: 'vip' })).toMatchObject({ look: 'free', count: 2 });
  });
});

test('never stated is not zero', () => {
  expect(view(undefined)).toMatchObject({ look: 'unknown', word: 'non renseigné' });
  expect(view(cell({ confirmedAt: null, staleAt: null })).look).toBe('unknown');
});

test('closed by the facility, the week or a holiday', () => {
  expect(view(cell({ closed: true })).look).toBe('closed');
  const slot = { facility: lucioles, date: '2026-11-25', period: 'apres-midi', section: moyens };
  expect(viewCell(slot, cell(), question).look).toBe('closed');
  expect(viewCell({ ...slot, date: '2026-12-24' }, cell(), question).look).toBe('closed');
});

test('no section takes this age', () => {
  const slot = { facility: lucioles, date: '2026-11-25', period: 'matin', section: undefined };
  expect(viewCell(slot, undefined, question)).toMatchObject({ look: 'other-age', active: false });
});

test('one hour before its end a slot is over', () => {
  const at = (instant: string) => view(cell(), { now: Date.parse(instant) }).look;
  expect(at('2026-11-25T10:30:00Z')).toBe('free');
  expect(at('2026-11-25T10:30:01Z')).toBe('over');
});

test('my own hold counts down', () => {
  const mine = view(cell({ vip: 2, held: 1, free: { vip: 0, other: 0 } }), { ownHoldMs: 252_000 });
  expect(mine).toMatchObject({ look: 'mine', word: '4:12', active: true });
});

describe('brothers and sisters', () => {
  test('two in one section need two places', () => {
    const twins = { ages: [20, 20], demand: 2 };
    expect(view(cell({ free: { vip: 5, other: 5 } }), twins)).toMatchObject({ look: 'free', count: 2 });
    expect(view(cell({ free: { vip: 1, other: 1 } }), twins)).toMatchObject({ look: 'full', count: null });
    expect(view(cell(), twins).name).toContain(': 1\u00a0place à 20 et 20\u00a0mois, ');
  });

  test('find together what the tighter section has', () => {
    const [many, few] = [cell({ free: { vip: 3, other: 3 } }), cell({ free: { vip: 1, other: 1 } })];
    const stale = { ...many, staleAt: '2026-11-24T16:00:00Z' };
    const together = (...states: (Cell | undefined)[]) =>
      viewTogether(states, (state, atMost) => view(state, { atMost, ages: [14, 20] }));
    expect(together(many, few)).toMatchObject({ look: 'free', count: 1 });
    expect(together(few, stale)).toMatchObject({ look: 'check', count: 1 });
    expect(together(few, stale).name).toContain(
      ': 1\u00a0place à 14 et 20\u00a0mois, réservation immédiate, à vérifier',
    );
    expect(together(many, undefined)).toMatchObject({ look: 'unknown', count: null });
    expect(together(many)).toMatchObject({ look: 'free', count: 3 });
  });
});
