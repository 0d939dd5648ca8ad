// Bookings of the person's office or facility, kept up to date by the server.
import type { LiveBookings } from '@placette/client';
import { session } from '../app/session.svelte';
import type { Booking } from '../types';

export class Bookings {
  all = $state.raw<Booking[]>([]);
  #live: LiveBookings;
  #stop: (() => void)[];

  constructor(filter: { facility?: string; office?: string }, onChange?: (all: Booking[]) => void) {
    this.#live = session.client.watchBookings(filter);
    const refresh = () => {
      this.all = [...this.#live.bookings.values()];
      onChange?.(this.all);
    };
    this.#stop = [this.#live.on('change', refresh), this.#live.on('reset', refresh)];
  }

  get(id: string): Booking | undefined {
    return this.all.find((booking) => booking.id === id);
  }

  close(): void {
    this.#stop.forEach((stop) => stop());
    this.#live.close();
  }
}
