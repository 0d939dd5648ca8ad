// What happens in a territory of 20 facilities on a day: the same on each, by chance that is the same in each run.
import { randomUUID } from 'node:crypto';
import { dayAfter, documentOf, facilityIds } from '../territories.mjs';

const ahead = 14; // days whose counts are entered
const families = 400;
const offices = ['office-1', 'office-2', 'office-3'];
const perDay = { bookings: 40, lapsing: 4, released: 4, cancelled: 6 };
const form = { id: 'years', facilities: 20, open: 6, lasting: 1 };

export const territory = form.id;
export const facilities = facilityIds(form);
export { offices };

/** Without counts: they are entered day by day. */
export function document(date) {
  const { cells: _, ...rest } = documentOf(form, date);
  const commune = rest.territory.communes[0].insee;
  const office = (id) => ({ id, name: id, kind: 'esco', commune, phone: '03 53 01 09 00' });
  return { ...rest, offices: offices.map(office) };
}

const cellsOf = (date) =>
  documentOf({ ...form, facilities: 1 }, date).cells.map(({ period, section, open }) => ({
    date,
    period,
    section,
    open,
  }));

/** Numbers below n, as random as is needed (Knuth's multiplier). */
function chance(seed) {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

export class Days {
  #below = chance(20261129);
  #due = new Map(); // by date: what is to be attended
  #kept = []; // that may be cancelled
  #entered = '';
  calls = 0;
  refused = 0;

  constructor(lines) {
    this.connectAgain(lines);
  }

  connectAgain({ manager, worker }) {
    this.manager = (method, params) => this.#tell(manager, method, params);
    this.worker = (method, params) => this.#tell(worker, method, params);
  }

  /** All of one day, as it is now. */
  async live(date) {
    await this.#count(date);
    await this.#book(date);
    await this.#changeMinds();
    await this.#attend(date);
  }

  async #tell(line, method, params) {
    this.calls++;
    const call = { key: randomUUID(), ...params };
    for (;;) {
      try {
        return await line.call(method, call);
      } catch (error) {
        if (/"temporary":true/.test(error.message) && !/reserved_by_hold/.test(error.message)) continue; // by its key
        if (!/no_place|kept_for_vip|duplicate_booking|reserved_by_hold|wrong_state/.test(error.message)) throw error;
        this.refused++; // no place is left, or it is the same case once more
        return undefined;
      }
    }
  }

  /** Each facility enters its counts two weeks ahead, takes one back or opens one more, and confirms the week. */
  async #count(date) {
    const last = dayAfter(date, ahead);
    let next = this.#entered ? dayAfter(this.#entered, 1) : dayAfter(date, 1);
    for (; next <= last; next = dayAfter(next, 1)) {
      const cells = cellsOf(next);
      await Promise.all(
        facilities.map((facility) => this.manager('availability.set', { facility, force: true, cells })),
      );
    }
    this.#entered = last;
    const tomorrow = dayAfter(date, 1);
    const cells = [{ date: tomorrow, period: 'matin', section: 'grands', by: 1 }];
    await Promise.all(
      facilities.map((facility) => this.manager('availability.adjust', { facility, force: true, cells })),
    );
    const week = { from: tomorrow, to: dayAfter(date, 7) };
    await Promise.all(facilities.map((facility) => this.manager('availability.confirm', { facility, ...week })));
  }

  #wish(date) {
    const below = this.#below;
    const first = dayAfter(date, 1 + below(ahead - 3));
    const dates = below(4) === 0 ? [first, dayAfter(first, 2)] : [first];
    const caseRef = `C-${date.slice(0, 4)}-${below(families)}`;
    return {
      facility: facilities[below(facilities.length)],
      office: offices[below(offices.length)],
      places: dates.map((date) => ({ date, period: below(2) ? 'matin' : 'apres-midi', section: 'moyens' })),
      children: [{ ageMonths: 20, walker: true }],
      care: below(3) === 0 ? 'other' : 'vip',
      purpose: 'job_interview',
      caseRef,
      commune: '21292',
      ...(below(2) && { contact: { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' } }),
    };
  }

  async #book(date) {
    const wishes = (count) => Array.from({ length: count }, () => this.#wish(date));
    const booked = await Promise.all(wishes(perDay.bookings).map((wish) => this.worker('booking.create', wish)));
    for (const { booking } of booked.filter(Boolean)) {
      this.#kept.push(booking.id);
      const due = booking.places.at(-1);
      this.#due.set(due.date, [...(this.#due.get(due.date) ?? []), { booking: booking.id, place: due.id }]);
    }
    await Promise.all(wishes(perDay.lapsing).map((wish) => this.worker('booking.hold', wish)));
    const held = await Promise.all(wishes(perDay.released).map((wish) => this.worker('booking.hold', wish)));
    const release = ({ booking }) => this.worker('booking.release', { booking: booking.id });
    await Promise.all(held.filter(Boolean).map(release));
  }

  async #changeMinds() {
    const cancelled = this.#kept.splice(0).slice(0, perDay.cancelled);
    await Promise.all(cancelled.map((booking) => this.worker('booking.cancel', { booking, reason: 'ill' })));
  }

  async #attend(date) {
    const due = this.#due.get(date) ?? [];
    this.#due.delete(date);
    const outcome = () => (this.#below(10) === 0 ? 'no_show' : 'attended');
    await Promise.all(due.map((one) => this.manager('booking.attendance', { ...one, outcome: outcome() })));
  }
}
