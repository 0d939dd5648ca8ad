// Bookings of the person's office or facility, kept up to date by the server.
import type { LiveBookings } from '@placette/client';
import { session } from '../app/session.svelte';
import { ViewState } from '../app/views.svelte';
import type { Booking } from '../types';

export class Bookings {
  all = $state.raw<Booking[]>([]);
  view: ViewState;
  #live: LiveBookings;
  #stop: (() => void)[];

  constructor(filter: { facility?: string; office?: string }, onChange?: (all: Booking[]) => void) {
    this.#live = session.client.watchBookings(filter);
    this.view = new ViewState(this.#live);
    const refresh = () => {
      this.all = [...this.#live.bookings.values()];
      onChange?.(this.all);
    };
    this.#stop = [this.#live.on('change', refresh), this.#live.on('left', refresh), this.#live.on('reset', refresh)];
  }

  close(): void {
    this.#stop.forEach((stop) => stop());
    this.view.close();
    this.#live.close();
  }
}
