// A manager's own facilities: their counts, what was just changed, who comes.
import { cellKey } from '@placette/client';
import { SvelteMap } from 'svelte/reactivity';
import { announcer } from '../app/announcer.svelte';
import { belowWords } from './below-words';
import { Board } from '../board/board.svelte';
import { Bookings } from '../booking/bookings.svelte';
import { clock } from '../time/clock.svelte';
import { daysFrom } from '../time/dates';
import { hasEnded, opensOn, openSlots, slotsAfter } from '../places/facilities';
import { counted } from '../words/format';
import { phone } from '../words/phone';
import { isProblem, tell } from '../app/problems';
import { session } from '../app/session.svelte';
import type { Booking, Cell, Facility, Place } from '../types';

const windowDays = 14;

/** The same step on some cells of one facility. */
export interface Change {
  facility: Facility;
  cells: { date: string; period: string; section: string }[];
  by: number;
}

export interface Refusal {
  change: Change;
  text: string;
  /** The manager may insist: less places than bookings. */
  canForce: boolean;
}

export class House {
  board: Board;
  bookings: Bookings;
  facility = $state.raw<Facility>()!;
  /** What « Annuler » takes back; null: nothing. */
  last = $state.raw<Change | null>(null);
  /** What « Annuler » could not take back. */
  undoRefused = $state('');
  refusal = $state.raw<Refusal | null>(null);

  today = $derived(clock.today);
  dates = $derived(daysFrom(this.today, windowDays));
  openDates = $derived(this.dates.filter((date) => opensOn(this.facility, date)));

  /** Steps on their way, and answers that the board has not shown yet. */
  #pending = new SvelteMap<string, number>();
  #answered = new SvelteMap<string, Cell>();
  /** Bookings already told of; null before the first list of them. */
  #known: ReadonlySet<string> | null = null;

  constructor(territory: string, facilities: readonly Facility[]) {
    this.facility = facilities[0]!;
    this.board = new Board({ territory, days: windowDays, facilities: facilities.map(({ id }) => id) });
    this.board.onReset = () => this.#answered.clear();
    this.bookings = new Bookings({}, (all) => this.#announceNew(all));
  }

  /** The newest state of a cell that this page knows of. */
  cell(date: string, period: string, section: string): Cell | undefined {
    const shown = this.board.cell(this.facility.id, date, period, section);
    const answered = this.#answered.get(cellKey({ facility: this.facility.id, date, period, section }));
    return answered && answered.version > (shown?.version ?? 0) ? answered : shown;
  }

  /** Places open, with the steps that are on their way. */
  open(date: string, period: string, section: string): number {
    const key = cellKey({ facility: this.facility.id, date, period, section });
    return (this.cell(date, period, section)?.open ?? 0) + (this.#pending.get(key) ?? 0);
  }

  /** When the oldest of the stated counts of some days was confirmed; null: nothing was stated. */
  oldestConfirmation(from: string, to: string): string | null {
    const days = this.dates.filter((date) => from <= date && date <= to);
    const instants = openSlots(this.facility, days).flatMap(({ date, period }) =>
      this.facility.sections.flatMap((section) => this.cell(date, period, section.id)?.confirmedAt ?? []),
    );
    return instants.sort()[0] ?? null;
  }

  unseen(facility: string): Booking[] {
    return this.bookings.all.filter(
      (booking) => booking.facility === facility && booking.state === 'confirmed' && booking.seenAt === null,
    );
  }

  async adjust(change: Change, force = false): Promise<boolean> {
    this.refusal = null;
    this.undoRefused = '';
    try {
      await this.#send(change, force);
      this.last = change;
      announcer.say(`${changeText(change)}.`);
      return true;
    } catch (error) {
      const isBelow = isProblem(error, 'below_committed');
      this.refusal = { change, text: (isBelow && this.#whyNotBelow(change)) || tell(error), canForce: isBelow };
      announcer.say(this.refusal.text);
      return false;
    }
  }

  async undo(): Promise<void> {
    const change = this.last;
    if (!change) return;
    this.last = null;
    try {
      await this.#send({ ...change, by: -change.by });
      announcer.say('Annulé.');
    } catch (error) {
      this.undoRefused = isProblem(error, 'below_committed')
        ? `Déjà réservée, appelez le service${this.#whoTook(change)}.`
        : tell(error);
      announcer.say(this.undoRefused);
    }
  }

  /** The other half-days of the last change's day that are still to come. */
  others(change: Change) {
    const [first] = change.cells;
    if (!first || change.cells.length > 1) return [];
    return change.facility.periods.filter(
      (period) =>
        period.id !== first.period &&
        openSlots(change.facility, [first.date]).some((slot) => slot.period === period.id) &&
        !hasEnded(first.date, period, clock.zone, clock.slow),
    );
  }

  /** The last change again, on every slot after it up to the end of a day: one write. */
  async repeatUntil(change: Change, until: string): Promise<void> {
    const [first] = change.cells;
    if (!first) return;
    const slots = slotsAfter(change.facility, first, until, this.dates);
    await this.adjust({ ...change, cells: slots.map((slot) => ({ ...slot, section: first.section })) });
  }

  close(): void {
    this.board.close();
    this.bookings.close();
  }

  async #send({ facility, cells, by }: Change, force = false): Promise<void> {
    const keys = cells.map((cell) => cellKey({ facility: facility.id, ...cell }));
    this.#addPending(keys, by);
    try {
      const answer = await session.change('availability.adjust', {
        facility: facility.id,
        cells: cells.map((cell) => ({ ...cell, by })),
        ...(force && { force }),
      });
      for (const cell of answer.cells) this.#answered.set(cellKey(cell), cell);
    } finally {
      this.#addPending(keys, -by);
    }
  }

  #addPending(keys: readonly string[], by: number): void {
    for (const key of keys) this.#pending.set(key, (this.#pending.get(key) ?? 0) + by);
  }

  /** Of one cell the page knows how many are taken; of many the server's words must do. */
  #whyNotBelow({ cells, by }: Change): string {
    const [name] = cells;
    const cell = name && cells.length === 1 ? this.cell(name.date, name.period, name.section) : undefined;
    return cell ? belowWords(cell, cell.open + by) : '';
  }

  /** « au 03 53 01 … » of the service that has just taken a place that was to be closed again. */
  #whoTook({ facility, cells }: Change): string {
    const isOurs = (place: Place) =>
      place.outcome === null &&
      cells.some(
        ({ date, period, section }) => date === place.date && period === place.period && section === place.section,
      );
    const taken = this.bookings.all.find(
      ({ facility: where, state, places }) =>
        where === facility.id && (state === 'confirmed' || state === 'held') && places.some(isOurs),
    );
    const number = taken?.bookedBy.phone ?? (taken && session.office(taken.office)?.phone);
    return number ? ` au ${phone(number)}` : '';
  }

  #announceNew(all: readonly Booking[]): void {
    const known = this.#known;
    const fresh = all.filter(({ id, seenAt, state }) => !known?.has(id) && !seenAt && state === 'confirmed');
    if (known && fresh.length > 0) {
      announcer.say(`${counted(fresh.length, 'nouvelle réservation', 'nouvelles réservations')}.`);
    }
    this.#known = new Set(all.filter(({ state }) => state !== 'held').map(({ id }) => id));
  }
}

/** The id of a count's « + » on the page. */
export function stepId({ date, period, section }: Change['cells'][number]): string {
  return `plus-${date}-${period}-${section}`;
}

/** « 1 place ouverte », « 5 places fermées ». */
export function changeText({ cells, by }: Change): string {
  const count = cells.length * Math.abs(by);
  return by > 0 ? counted(count, 'place ouverte', 'places ouvertes') : counted(count, 'place fermée', 'places fermées');
}
