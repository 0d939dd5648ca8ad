// Cancellations that somebody else made: each is told until this person has noted it, on this device.
import { SvelteSet } from 'svelte/reactivity';
import { kept, strings, type Kept } from '../app/kept';
import { addDays } from '../time/dates';
import type { Booking } from '../types';

/** Whose page it is: what one's own side has cancelled is no news. */
export type Side = 'office' | 'facility';

const byOthers: Record<Side, readonly Booking['state'][]> = {
  office: ['cancelled_by_facility', 'cancelled_by_family'],
  facility: ['cancelled_by_office', 'cancelled_by_family'],
};
/** So long after its day a cancellation is history. */
const toldDays = 7;
/** Old ones are forgotten: they are no longer told anyway. */
const mostKept = 500;

class Cancellations {
  #noted = new SvelteSet<string>();
  #store: Kept<string[]> | null = null;

  /** What this person noted before. */
  startFor(user: string): void {
    this.#store = kept('localStorage', `placette.noted.${user}`, strings);
    this.#noted.clear();
    for (const name of this.#store.get() ?? []) this.#noted.add(name);
  }

  /** What is to be told: bookings that others have cancelled, wholly or some of their places. */
  news(bookings: readonly Booking[], side: Side, today: string): Booking[] {
    return bookings.filter(
      (booking) =>
        (byOthers[side].includes(booking.state) || isShortened(booking)) &&
        booking.places.some(({ date }) => date >= addDays(today, -toldDays)) &&
        !this.#noted.has(nameOf(booking)),
    );
  }

  note(booking: Booking): void {
    this.#noted.add(nameOf(booking));
    this.#keep();
  }

  /** What one cancels oneself is noted before others hear of it, and is news again if it was refused. */
  async own<Result>(booking: Booking, places: readonly number[], cancel: () => Promise<Result>): Promise<Result> {
    const name = nameOf(booking, places);
    this.#noted.add(name);
    try {
      const result = await cancel();
      this.#keep();
      return result;
    } catch (error) {
      this.#noted.delete(name);
      throw error;
    }
  }

  #keep(): void {
    this.#store?.keep([...this.#noted].slice(-mostKept));
  }
}

function isShortened({ state, places }: Booking): boolean {
  return state === 'confirmed' && places.some(({ outcome }) => outcome === 'cancelled');
}

/** Another cancellation of the same booking is another piece of news. */
function nameOf({ id, places }: Booking, more: readonly number[] = []): string {
  const cancelled = places.filter(({ id: place, outcome }) => outcome === 'cancelled' || more.includes(place));
  return `${id} ${cancelled.map(({ id: place }) => place).join()}`;
}

export const cancellations = new Cancellations();
