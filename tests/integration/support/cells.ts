import type { Cell, CellName } from '../../../client-js/sdk/src/generated/messages.js';
import { openDay } from './days.js';
import { lucioles, territory } from './demo.js';
import { key, type Rpc } from './rpc.js';

export interface Slot {
  facility: string;
  date: string;
  period: string;
  section: string;
}

// The demo states two weeks of counts; cells further on are nobody's until a test takes them.
const beyondDemo = 11;
const withinBoard = 20;
const taken = new Map<string, number>();

/** A cell that no other test of the file touches: absent, at the facility, on a day when it is open. */
export function freshSlot(facility = lucioles): Slot {
  const days = withinBoard - beyondDemo;
  const n = taken.get(facility) ?? 0;
  taken.set(facility, n + 1);
  const day = openDay(beyondDemo + (n % days));
  const half = Math.floor(n / days) % 2 === 0 ? 'matin' : 'apres-midi';
  const section = ['moyens', 'grands', 'bebes'][Math.floor(n / days / 2)];
  if (!section) throw new Error('all slots of this file are taken');
  return { facility, date: day, period: half, section };
}

/** An age at which the demo's multi-accueils put a child into the section, today and in a month. */
export const ageFor: Record<string, number> = { bebes: 8, moyens: 19, grands: 30 };

/** States the count, however many, and answers the cell. */
export async function open(manager: Rpc, slot: Slot, places: number, reserved = 0): Promise<Cell> {
  const { facility, date, period, section } = slot;
  const { cells } = await manager.call('availability.set', {
    facility,
    key: key(),
    cells: [{ date, period, section, open: places, reserved }],
    force: true,
  });
  return cells[0]!;
}

/** The cell as a fresh read says; undefined: absent. */
export async function read(rpc: Rpc, slot: CellName): Promise<Cell | undefined> {
  const { cells } = await rpc.call('board.get', {
    territory,
    from: slot.date,
    days: 1,
    facilities: [slot.facility],
  });
  return cells.find(({ period, section }) => period === slot.period && section === slot.section);
}
