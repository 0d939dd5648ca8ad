// Taking places of several structures, and giving them back: each structure is a call of its own.
import { need } from '../need/need.svelte';
import { session } from '../app/session.svelte';
import type { Part } from './parts';
import type { Booking } from '../types';

/** All, or none: where one is refused, those before it are given back. `onPart` is told whose turn it is. */
export async function holdAll(parts: readonly Part[], onPart: (part: Part) => void): Promise<Booking[]> {
  const held: Booking[] = [];
  try {
    for (const part of parts) {
      onPart(part);
      held.push((await session.change('booking.hold', holdParams(part))).booking);
    }
    return held;
  } catch (error) {
    await giveBack(held);
    throw error;
  }
}

/** What cannot be given back lapses by itself. */
export async function giveBack(bookings: readonly Booking[]): Promise<void> {
  for (const { id } of bookings) {
    await session.change('booking.release', { booking: id }).catch(() => undefined);
  }
}

/** Only what was answered is said. */
function holdParams({ facility, places }: Part) {
  const { ages, walker, meal, known, care, office, commune } = need;
  const walks = walker && ages.length === 1;
  return {
    facility,
    places: places.map((place) => ({ ...place, ...(meal !== null && { meal }) })),
    children: ages.map((ageMonths) => ({ ageMonths, ...(walks && { walker: true }) })),
    care,
    ...(known !== null && { known }),
    ...(office && { office }),
    ...(commune && { commune: commune.insee }),
  };
}
