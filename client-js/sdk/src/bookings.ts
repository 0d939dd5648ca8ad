import type {
  Booking,
  BookingChangedNotification,
  BookingSubscribeParams,
  BookingSubscribeResult,
  BookingWindowNotification,
} from './generated/messages.js';
import type { Line, Notification } from './line.js';
import { Live, type LiveEvents, type State } from './live.js';
import { territoryOf } from './territory.js';
import { putNewer } from './versions.js';

/** One facility's or one office's; without either all of the account's own, in all territories or in one. */
export type BookingFilter = ({ facility?: string } | { office?: string }) & { territory?: string };

export interface BookingChange {
  booking: Booking;
  previous: Booking | undefined;
}

export type BookingEvents = LiveEvents & {
  change: [changes: BookingChange[]];
  /** Their days are over: they are followed no longer. */
  left: [bookings: Booking[]];
};

/** What is followed in one territory, and how far it was told. */
type Place = BookingSubscribeResult['territories'][number];

/** Bookings kept true: those of yesterday, of today, and to come. */
export class LiveBookings extends Live<Omit<BookingSubscribeParams, 'since'>, BookingSubscribeResult, BookingEvents> {
  /** By id. */
  readonly bookings = new Map<string, Booking>();
  readonly #wanted: BookingFilter;
  /** By territory. */
  readonly #places = new Map<string, Place>();

  /** Made by `client.watchBookings`. */
  constructor(line: Line, filter: BookingFilter) {
    super(line, 'booking');
    this.#wanted = filter;
    line.join(this);
  }

  /** The territories that are followed. */
  get territories(): string[] {
    return [...this.#places.keys()];
  }

  protected filter(): BookingFilter {
    return this.#wanted;
  }

  protected override since(): object {
    const places = [...this.#places.values()].map(({ territory, epoch, offset }) => ({ territory, epoch, offset }));
    const [{ epoch, offset } = {}, ...others] = places;
    return others.length > 0 ? places : { epoch, offset };
  }

  protected take(reply: State<BookingSubscribeResult>): void {
    const before = new Map(this.#places);
    this.#places.clear();
    for (const place of reply.territories) this.#places.set(place.territory, { ...place });
    if (reply.recovered) {
      // What the account may see has changed meanwhile: what it had before was not told, or is not its any more.
      if (nameOf(before.values()) !== nameOf(this.#places.values())) return this.anew();
      this.#leave();
      return this.#merge(reply.bookings);
    }
    const known = new Map(this.bookings);
    this.bookings.clear();
    for (const booking of reply.bookings) {
      const territory = territoryOf(booking);
      const isComparable = before.get(territory)?.epoch === this.#places.get(territory)?.epoch;
      const own = isComparable ? known.get(booking.id) : undefined;
      this.bookings.set(booking.id, own && own.version > booking.version ? own : booking);
    }
    this.emit('reset');
  }

  protected apply({ method, params }: Notification): void {
    if (method === 'booking.changed') this.#applyChange(params);
    if (method === 'booking.window') this.#applyWindow(params);
  }

  #applyChange({ territory, epoch, offset, booking }: BookingChangedNotification): void {
    const place = this.#places.get(territory);
    if (epoch !== place?.epoch) return this.missed();
    // One entry of the log may change several bookings, each told by itself: the last entry may not be complete.
    place.offset = Math.max(place.offset, offset - 1);
    if (territory === this.territories[0]) this.offset = Math.max(this.offset, offset);
    this.#merge([booking]);
  }

  #applyWindow({ territory, from }: BookingWindowNotification): void {
    const place = this.#places.get(territory);
    if (place) place.from = from;
    this.#leave();
  }

  #isOver(booking: Booking): boolean {
    const from = this.#places.get(territoryOf(booking))?.from ?? '';
    return booking.places.every(({ date }) => date < from);
  }

  #leave(): void {
    const left = [...this.bookings.values()].filter((booking) => this.#isOver(booking));
    for (const { id } of left) this.bookings.delete(id);
    if (left.length > 0) this.emit('left', left);
  }

  #merge(bookings: Booking[]): void {
    const changes: BookingChange[] = [];
    for (const booking of bookings) {
      if (this.#isOver(booking)) continue; // an older one, of which something was noted
      const put = putNewer(this.bookings, booking.id, booking);
      if (put) changes.push({ booking, previous: put.previous });
    }
    if (changes.length > 0) this.emit('change', changes);
  }
}

const nameOf = (places: Iterable<Place>): string =>
  JSON.stringify([...places].map(({ territory, facilities, offices }) => [territory, facilities, offices]));
