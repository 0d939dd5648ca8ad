import type {
  Booking,
  BookingChangedNotification,
  BookingSubscribeParams,
  BookingSubscribeResult,
} from './generated/messages.js';
import type { Line, Notification } from './line.js';
import { Live, type LiveEvents, type State } from './live.js';
import { putNewer } from './versions.js';

/** One facility's or one office's; without either all of the account's own. */
export type BookingFilter = { facility?: string } | { office?: string };

export interface BookingChange {
  booking: Booking;
  previous: Booking | undefined;
}

export type BookingEvents = LiveEvents & {
  change: [changes: BookingChange[]];
};

/** Bookings kept true. */
export class LiveBookings extends Live<Omit<BookingSubscribeParams, 'since'>, BookingSubscribeResult, BookingEvents> {
  /** By id. */
  readonly bookings = new Map<string, Booking>();
  readonly #wanted: BookingFilter;
  #complete = 0;

  /** Made by `client.watchBookings`. */
  constructor(line: Line, filter: BookingFilter) {
    super(line, 'booking');
    this.#wanted = filter;
    line.join(this);
  }

  protected filter(): BookingFilter {
    return this.#wanted;
  }

  // One entry of the log may change several bookings, each told by itself: the last entry may not be
  // complete.
  protected override resumeOffset(): number {
    return this.#complete;
  }

  protected take(reply: State<BookingSubscribeResult>, _: BookingFilter, sameEpoch: boolean): void {
    this.#complete = reply.offset;
    if (reply.recovered) return this.#merge(reply.bookings);
    const before = sameEpoch ? new Map(this.bookings) : new Map<string, Booking>();
    this.bookings.clear();
    for (const booking of reply.bookings) {
      const known = before.get(booking.id);
      this.bookings.set(booking.id, known && known.version > booking.version ? known : booking);
    }
    this.emit('reset');
  }

  protected apply({ method, params }: Notification): void {
    if (method === 'booking.changed') this.#applyChange(params);
  }

  #applyChange({ epoch, offset, booking }: BookingChangedNotification): void {
    if (epoch !== this.epoch) return this.missed();
    this.#complete = Math.max(this.#complete, offset - 1);
    this.offset = Math.max(this.offset, offset);
    this.#merge([booking]);
  }

  #merge(bookings: Booking[]): void {
    const changes: BookingChange[] = [];
    for (const booking of bookings) {
      const put = putNewer(this.bookings, booking.id, booking);
      if (put) changes.push({ booking, previous: put.previous });
    }
    if (changes.length > 0) this.emit('change', changes);
  }
}
