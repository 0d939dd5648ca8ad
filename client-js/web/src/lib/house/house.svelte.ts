// A manager's own facilities: their counts, what was just changed, who comes.
import { cellKey, PlacetteProblem } from '@placette/client';
import { SvelteMap } from 'svelte/reactivity';
import { announcer } from '../app/announcer.svelte';
import { belowWords } from './below-words';
import { Board } from '../board/board.svelte';
import { Bookings } from '../booking/bookings.svelte';
import { cancellations } from '../booking/cancellations.svelte';
import { clock } from '../time/clock.svelte';
import { addDays, daysFrom } from '../time/dates';
import { opensOn, type SlotName } from '../places/facilities';
import { livingCells, openingOf, toVerifyAt } from './freshness';
import { freeOf, viewCount, type CountView } from './count-view';
import { gestureText, gestureWhere, joined, slotsText, type Change, type Gesture, type Step } from './gesture';
import { countsOn, isTypeable, type CountName, type Typed } from './week';
import { counted } from '../words/format';
import { phone } from '../words/phone';
import { kept } from '../app/kept';
import { isProblem, tell } from '../app/problems';
import { session } from '../app/session.svelte';
import type { Booking, Cell, CellName, Facility, Place } from '../types';

const windowDays = 14;
const lateAfterMs = 1_500;

export interface Refusal {
  change: Change;
  text: string;
  /** The manager may insist: on fewer places than bookings, on more children than the law lets be there at once. */
  insist: string | null;
}

type Name = Change['cells'][number];

/** The one that was worked on last: after a reload it is there again. */
const lastFacility = kept('sessionStorage', 'placette.facility', String);

export class House {
  board: Board;
  bookings: Bookings;
  #given: readonly Facility[];
  #chosen = $state('');
  /** All of them, as they are now. */
  facilities = $derived.by(() =>
    this.#given.map((given) => this.board.facilities.find(({ id }) => id === given.id) ?? given),
  );
  #facility = $derived(this.facilities.find(({ id }) => id === this.#chosen) ?? this.facilities[0]!);
  /** What « Annuler » takes back; null: nothing. */
  last = $state.raw<Gesture | null>(null);
  /** What « Annuler » could not take back. */
  undoRefused = $state('');
  refusal = $state.raw<Refusal | null>(null);

  /** What is typed into the grid of a week and not published yet, by cell. */
  typed = new SvelteMap<string, Typed>();

  today = $derived(clock.today);
  dates = $derived(daysFrom(this.today, windowDays));
  openDates = $derived(this.dates.filter((date) => opensOn(this.facility, date)));

  /** Steps on their way, and answers that the board has not shown yet. */
  #pending = new SvelteMap<string, { by: number; since: number }>();
  #underWay = new Set<Promise<unknown>>();
  #answered = new SvelteMap<string, Cell>();
  /** Bookings already told of; null before the first list of them. */
  #known: ReadonlySet<string> | null = null;
  #cancelled = 0;
  #earlier = $state.raw<Booking[]>([]);
  #readBack = new Set<string>();

  constructor(territory: string, facilities: readonly Facility[]) {
    this.#given = facilities;
    this.#chosen = lastFacility.get() ?? '';
    this.board = new Board({ territory, days: windowDays, facilities: facilities.map(({ id }) => id) });
    this.board.onReset = () => this.#answered.clear();
    this.bookings = new Bookings({}, (all) => this.#announceNew(all));
  }

  /** The one that is worked on. */
  get facility(): Facility {
    return this.#facility;
  }

  set facility({ id }: Facility) {
    this.#chosen = id;
    lastFacility.keep(id);
  }

  /** The newest state of a cell that this page knows of. */
  cell(date: string, period: string, section: string): Cell | undefined {
    const shown = this.board.cell(this.facility.id, date, period, section);
    const answered = this.#answered.get(cellKey({ facility: this.facility.id, date, period, section }));
    return answered && answered.version > (shown?.version ?? 0) ? answered : shown;
  }

  /** A count with all that is known of it, the steps on their way too. */
  count({ date, period, section }: Name): CountView {
    const key = cellKey({ facility: this.facility.id, date, period, section });
    return viewCount(this.cell(date, period, section), {
      steps: this.#pending.get(key)?.by ?? 0,
      late: this.unsaved(date, period, section),
      now: clock.slow,
    });
  }

  /** One place less would be one that others have seen free; what one has just opened oneself is simply taken back. */
  asksWhy({ date, period, section }: Name): boolean {
    const cell = this.cell(date, period, section);
    const isHere = this.last?.facility.id === this.facility.id && this.last.section === section;
    const step = isHere ? this.last?.steps.find((one) => isAt(one, { date, period })) : undefined;
    const justOpened = (step?.by ?? 0) > 0;
    return !justOpened && freeOf(cell) > 0 && this.count({ date, period, section }).free > 0;
  }

  /** « ? » becomes 0: nobody has said so before. */
  async declareNone({ date, period, section }: Name): Promise<void> {
    const [facility, version] = [this.facility, this.cell(date, period, section)?.version ?? 0];
    const cells = [{ date, period, section, open: 0, expectedVersion: version }];
    const change: Change = { facility, cells: [{ date, period, section }], by: 0 };
    this.refusal = null;
    try {
      const answer = await session.change('availability.set', { facility: facility.id, cells });
      for (const cell of answer.cells) this.#answered.set(cellKey(cell), cell);
      announcer.say(
        `Aucune place : ${gestureWhere({ facility, section, steps: [{ date, period, by: 0 }] }, this.today)}.`,
      );
    } catch (error) {
      this.refusal = { change, text: tell(error), insist: null };
      announcer.say(this.refusal.text);
    }
  }

  /** What is closed of some days on which the facility is open: by hand, and not over. */
  closedOn(dates: readonly string[]): CountName[] {
    return countsOn(this.facility, dates).filter(
      (name) =>
        this.cell(name.date, name.period, name.section)?.closed &&
        isTypeable(this.facility, name, clock.zone, clock.slow),
    );
  }

  /** Takes a closing back, of a day or of one count; what was booked there stays cancelled. */
  async reopen(facility: Facility, { date, period, section }: Pick<Name, 'date'> & Partial<Name>): Promise<void> {
    const where = { ...(period && { periods: [period] }), ...(section && { sections: [section] }) };
    const { cells } = await session.change('availability.reopen', { facility: facility.id, from: date, ...where });
    for (const cell of cells) this.#answered.set(cellKey(cell), cell);
  }

  /** Places open, with the steps that are on their way. */
  open(date: string, period: string, section: string): number {
    const key = cellKey({ facility: this.facility.id, date, period, section });
    return (this.cell(date, period, section)?.open ?? 0) + (this.#pending.get(key)?.by ?? 0);
  }

  /** What of `open` is not recorded though it should be by now: the answer is late, or the link is down. */
  unsaved(date: string, period: string, section: string): number {
    const pending = this.#pending.get(cellKey({ facility: this.facility.id, date, period, section }));
    return pending && (!session.online || clock.second - pending.since > lateAfterMs) ? pending.by : 0;
  }

  /** The stated counts of some days that are not over. */
  cellsOn(dates: readonly string[]): Cell[] {
    const read = ({ date, period }: SlotName, section: string) => this.cell(date, period, section);
    return livingCells(this.facility, dates, read, clock.zone, clock.slow);
  }

  /** What is fresh now and will be to verify when the next day begins; null: nothing. */
  get nextToVerify(): { date: string; cells: Cell[] } | null {
    const date = this.openDates.find((one) => one > this.today);
    if (!date) return null;
    const opening = openingOf(this.facility, date, clock.zone);
    const cells = toVerifyAt(this.cellsOn(this.openDates.filter((one) => one >= date)), clock.slow, opening);
    return cells.length > 0 ? { date, cells } : null;
  }

  unseen(facility: string): Booking[] {
    return this.bookings.all.filter(
      (booking) => booking.facility === facility && booking.state === 'confirmed' && booking.seenAt === null,
    );
  }

  /** All bookings of a facility that are known, also of the last day that it was open. */
  bookingsOf(facility: string): Booking[] {
    const live = this.bookings.all;
    const known = new Set(live.map(({ id }) => id));
    return [...live, ...this.#earlier.filter(({ id }) => !known.has(id))].filter((one) => one.facility === facility);
  }

  /** The server follows bookings from yesterday on: after days without care, those of the day before these are asked for. */
  async readBack(facility: Facility, date: string | undefined): Promise<void> {
    if (!date || date >= addDays(this.today, -1) || this.#readBack.has(`${facility.id} ${date}`)) return;
    this.#readBack.add(`${facility.id} ${date}`);
    try {
      const { bookings } = await session.client.call('booking.list', { facility: facility.id, from: date, to: date });
      this.#earlier = [...this.#earlier, ...bookings];
    } catch {
      this.#readBack.delete(`${facility.id} ${date}`);
    }
  }

  /** How much of all of them waits for somebody's eyes. */
  get allToSee(): number {
    return this.facilities.reduce((sum, { id }) => sum + this.toSee(id), 0);
  }

  /** What others have cancelled and nobody here has noted. */
  cancelled(facility: string): Booking[] {
    const own = this.bookings.all.filter((booking) => booking.facility === facility);
    return cancellations.news(own, 'facility', this.today);
  }

  /** How much of a facility waits for somebody's eyes. */
  toSee(facility: string): number {
    return this.unseen(facility).length + this.cancelled(facility).length;
  }

  async adjust(change: Change, force = false): Promise<boolean> {
    this.refusal = null;
    this.undoRefused = '';
    const { facility, cells, by, why } = change;
    try {
      await this.#send(
        facility,
        cells.map((cell) => ({ ...cell, by, ...(by < 0 && why && { why }) })),
        force,
      );
      this.last = joined(this.last, change);
      announcer.say(
        this.last ? `${gestureText(this.last)} : ${gestureWhere(this.last, this.today)}.` : 'Rien de changé.',
      );
      return true;
    } catch (error) {
      const isBelow = isProblem(error, 'below_committed');
      const insist = isBelow ? 'Descendre quand même' : isProblem(error, 'over_capacity') ? 'Ouvrir quand même' : null;
      this.refusal = { change, text: (isBelow && this.#whyNotBelow(change)) || tell(error), insist };
      announcer.say(this.refusal.text);
      return false;
    }
  }

  /** Takes back the whole gesture; of what has been booked meanwhile it says so, and takes back the rest. */
  async undo(): Promise<void> {
    await Promise.allSettled([...this.#underWay]);
    const gesture = this.last;
    if (!gesture) return;
    this.last = null;
    this.undoRefused = '';
    try {
      const stayed = await this.#takeBack(gesture, gesture.steps);
      if (stayed.length > 0) this.undoRefused = this.#whyStayed(gesture, stayed);
    } catch (error) {
      // Nothing was taken back: it can be tried again.
      if (error instanceof PlacetteProblem && error.temporary) this.last = gesture;
      this.undoRefused = tell(error);
    }
    announcer.say(this.undoRefused || 'Annulé.');
  }

  close(): void {
    this.board.close();
    this.bookings.close();
  }

  /** The steps that could not be taken back, because their places are booked. */
  async #takeBack({ facility, section }: Gesture, steps: readonly Step[]): Promise<readonly Step[]> {
    try {
      await this.#send(
        facility,
        steps.map(({ date, period, by }) => ({ date, period, section, by: -by })),
        // What was open a moment ago is open again, be it more than the law says; nothing goes below what is taken.
        steps.every(({ by }) => by < 0),
      );
      return [];
    } catch (error) {
      if (!isProblem(error, 'below_committed')) throw error;
      const stayed = steps.filter((step) => !error.cells || error.cells.some((cell) => isAt(cell, step)));
      const rest = steps.filter((step) => !stayed.includes(step));
      if (stayed.length === 0 || rest.length === 0) return steps;
      return [...stayed, ...(await this.#takeBack({ facility, section, steps: rest }, rest))];
    }
  }

  #whyStayed({ facility, section, steps }: Gesture, stayed: readonly Step[]): string {
    const call = `appelez le service${this.#whoTook(facility, section, stayed)}.`;
    if (steps.length === 1) return `Déjà réservée, ${call}`;
    const rest = stayed.length < steps.length ? ' Le reste est annulé.' : '';
    return `Déjà réservé ${slotsText(stayed, facility, this.today)} : ${call}${rest}`;
  }

  async #send(
    facility: Facility,
    cells: (Change['cells'][number] & Pick<Change, 'by' | 'why'>)[],
    force = false,
  ): Promise<void> {
    const pending = cells.map((cell) => ({ key: cellKey({ facility: facility.id, ...cell }), by: cell.by }));
    for (const { key, by } of pending) this.#addPending(key, by);
    const params = { facility: facility.id, cells, ...(force && { force }) };
    const answer = session.change('availability.adjust', params);
    this.#underWay.add(answer);
    try {
      for (const cell of (await answer).cells) this.#answered.set(cellKey(cell), cell);
    } finally {
      this.#underWay.delete(answer);
      for (const { key, by } of pending) this.#addPending(key, -by);
    }
  }

  #addPending(key: string, by: number): void {
    const before = this.#pending.get(key);
    const sum = (before?.by ?? 0) + by;
    if (sum === 0) this.#pending.delete(key);
    else this.#pending.set(key, { by: sum, since: before?.since ?? clock.now() });
  }

  /** Of one cell the page knows how many are taken; of many the server's words must do. */
  #whyNotBelow({ cells, by }: Change): string {
    const [name] = cells;
    const cell = name && cells.length === 1 ? this.cell(name.date, name.period, name.section) : undefined;
    return cell ? belowWords(cell, cell.open + by) : '';
  }

  /** « au 03 53 01 … » of the service that has just taken a place that was to be closed again. */
  #whoTook(facility: Facility, section: string, steps: readonly Step[]): string {
    const isOurs = (place: Place) =>
      place.outcome === null && place.section === section && steps.some((step) => isAt(place, step));
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
    const cancelled = cancellations.news(all, 'facility', this.today).length;
    if (known && cancelled > this.#cancelled) announcer.say('Une réservation a été annulée.');
    this.#cancelled = cancelled;
  }
}

/** The id of a count's « + » on the page. */
export function stepId({ date, period, section }: Change['cells'][number]): string {
  return `plus-${date}-${period}-${section}`;
}

function isAt({ date, period }: Pick<CellName, 'date' | 'period'>, step: Pick<Step, 'date' | 'period'>): boolean {
  return date === step.date && period === step.period;
}
