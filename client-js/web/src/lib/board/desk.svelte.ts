// The worker's desk: the board of a territory, looked at with one need in mind.
import { Board } from './board.svelte';
import { Bookings } from '../booking/bookings.svelte';
import { viewCell, type CellView, type Look } from './cell-view';
import { clock } from '../time/clock.svelte';
import { daysFrom } from '../time/dates';
import { pointOf } from '../places/distance';
import { ageOn, byDistance, columnsOf, isOver, opensAt, periodOf, sectionForAge } from '../places/facilities';
import { need, type Moment } from '../need/need.svelte';
import { offersFor, type Offer, type Offers } from '../places/offers';
import { reservation } from '../booking/reservation.svelte';
import type { Target } from '../booking/trouble';
import { session } from '../app/session.svelte';
import type { Facility, Section } from '../types';
import { viewport } from '../app/viewport.svelte';

const windowDays = 14;

export interface Others {
  others: Offer[];
  byPhone: Offer[];
  later: Offer[];
}

export class Desk {
  board: Board;
  bookings: Bookings | null;
  /** Index of the first day shown among `days`. */
  first = $state(0);

  today = $derived(clock.today);
  columns = $derived.by(() => columnsOf(this.board.facilities));
  /** Where the family lives; null while that is not known, or is a commune of which only the name is. */
  home = $derived(pointOf(need.commune ?? undefined));
  /** Nearest to the family first; to the office while it is not known where the family lives. */
  near = $derived.by(() => {
    const near = byDistance(this.board.facilities, this.home ?? pointOf(this.#officeCommune));
    return this.home ? near : near.map(({ facility }) => ({ facility, km: null }));
  });
  /** Days of the window on which some half-day can still be booked. */
  days = $derived.by(() =>
    daysFrom(this.today, windowDays).filter((date) => this.columns.some((column) => this.#takes(date, column.period))),
  );
  shown = $derived(this.days.slice(this.first, this.first + viewport.days));
  canBook = $derived(session.isWorker);

  constructor(territory: string) {
    this.board = new Board({ territory, days: windowDays });
    this.bookings = session.isWorker ? new Bookings({}, (all) => reservation.hear(all)) : null;
  }

  moments(dates: readonly string[]): Moment[] {
    return dates.flatMap((date) =>
      this.columns.map(({ period }) => ({ date, period })).filter(({ period }) => this.#takes(date, period)),
    );
  }

  /** The child's age on a day; null while it is not known. */
  ageAt(date: string): number | null {
    return need.ageMonths === null ? null : ageOn(date, need.ageMonths, this.today);
  }

  sectionAt(facility: Facility, date: string): Section | undefined {
    const age = this.ageAt(date);
    return age === null ? undefined : sectionForAge(facility, age);
  }

  view(facility: Facility, date: string, period: string, section: Section | undefined): CellView {
    const isOwn = this.#isHeld(facility.id, date, period) && reservation.target?.section === section?.id;
    return viewCell(
      { facility, date, period, section },
      section && this.board.cell(facility.id, date, period, section.id),
      {
        care: need.care,
        ageMonths: this.ageAt(date),
        zone: clock.zone,
        now: clock.slow,
        ownHoldMs: isOwn ? reservation.remainingMs : null,
        heldByOffice: section
          ? reservation.isHeldByOffice({ facility: facility.id, date, period, section: section.id })
          : false,
      },
    );
  }

  /** What a place says now; null: it is not on the board. */
  lookAt({ facility: id, date, period, section }: Target): Look | null {
    const facility = this.board.facilities.find((one) => one.id === id);
    const among = facility?.sections.find((one) => one.id === section);
    return facility && among ? this.view(facility, date, period, among).look : null;
  }

  /** Places that suit the child and the hours. */
  offers(moment: Moment): Offers {
    if (need.ageMonths === null) return { bookable: [], byPhone: [] };
    const wanted = { ...moment, ageToday: need.ageMonths, today: this.today, care: need.care };
    const near = this.near.filter(({ facility }) => {
      const period = periodOf(facility, moment.period);
      return period && !need.hoursTroubleIn(period);
    });
    return offersFor({ ...wanted, zone: clock.zone, now: clock.slow }, near, (...cell) => this.board.cell(...cell));
  }

  /**
   * When the oldest count of a facility was confirmed, among those that are shown on some days; null: none was;
   * undefined: there is none to be confirmed.
   */
  oldestConfirmed(facility: Facility, dates: readonly string[]): number | null | undefined {
    let oldest: number | null | undefined;
    for (const date of dates) {
      const own = this.sectionAt(facility, date);
      const sections = need.ageMonths === null ? facility.sections : own ? [own] : [];
      for (const period of facility.periods) {
        if (!opensAt(facility, date, period) || isOver(date, period, clock.zone, clock.slow)) continue;
        for (const section of sections) {
          const confirmedAt = this.board.cell(facility.id, date, period.id, section.id)?.confirmedAt;
          if (confirmedAt) oldest = Math.min(oldest ?? Infinity, Date.parse(confirmedAt));
          else oldest ??= null;
        }
      }
    }
    return oldest;
  }

  /** A tap on a place: hold it, or say what is missing before that can be done. */
  pick(facility: Facility, date: string, period: string, section: Section | undefined, view: CellView): void {
    if (!this.canBook || !view.active || !section) return;
    if (view.look === 'mine') return reservation.show();
    if (view.look === 'call') return reservation.tellToCall(facility);
    this.hold({ facility: facility.id, date, period, section: section.id });
  }

  /** Holds nothing with what was typed and not understood. */
  hold(target: Target): void {
    const [wrong] = need.troubles;
    const period = this.board.facilities
      .find(({ id }) => id === target.facility)
      ?.periods.find(({ id }) => id === target.period);
    const unsuited = wrong ?? (period && need.hoursTroubleIn(period));
    if (unsuited) return reservation.correct(unsuited.text, unsuited.control);
    if (need.ageMonths === null) return reservation.correct("Indiquez d'abord l'âge de l'enfant.", 'age');
    if (need.known === null)
      return reservation.correct(
        "L'enfant est-il déjà venu dans cette structure ? La structure doit le savoir.",
        'known',
      );
    void reservation.want(target);
  }

  /** Others than a place that is gone, for the same half-day; where there are none, for the next one that has some. */
  othersThan(target: Target): Others {
    const isOther = ({ facility: { id }, date, period }: Offer) =>
      id !== target.facility && !this.#isHeld(id, date, period);
    const { bookable, byPhone } = this.offers(target);
    const others = bookable.filter(isOther);
    return { others, byPhone, later: others.length > 0 ? [] : this.#laterThan(target) };
  }

  #laterThan({ date, period }: Target): Offer[] {
    const moments = this.moments(this.days);
    const index = moments.findIndex((moment) => moment.date === date && moment.period === period);
    for (const moment of moments.slice(index + 1)) {
      const offers = this.offers(moment).bookable.filter(
        (offer) => !this.#isHeld(offer.facility.id, offer.date, offer.period),
      );
      if (offers.length > 0) return offers;
    }
    return [];
  }

  want(moment: Moment | null): void {
    need.when = moment;
    if (moment && !this.shown.includes(moment.date)) this.first = Math.max(0, this.days.indexOf(moment.date));
  }

  close(): void {
    this.board.close();
    this.bookings?.close();
  }

  get #officeCommune() {
    const office = session.office(need.office) ?? session.offices[0];
    return session.territory?.communes.find((commune) => commune.insee === office?.commune);
  }

  #isHeld(facility: string, date: string, period: string): boolean {
    const own = reservation.isHeld ? reservation.target : null;
    return own?.facility === facility && own.date === date && own.period === period;
  }

  #takes(date: string, period: string): boolean {
    return this.board.facilities.some((facility) => {
      const shown = facility.periods.find((candidate) => candidate.id === period);
      return shown && opensAt(facility, date, shown) && !isOver(date, shown, clock.zone, clock.slow);
    });
  }
}
