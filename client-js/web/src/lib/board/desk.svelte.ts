// The worker's desk: the board of a territory, looked at with one need in mind.
import { Board } from './board.svelte';
import { Bookings } from '../booking/bookings.svelte';
import { viewCell, viewTogether, type CellView } from './cell-view';
import { clock } from '../time/clock.svelte';
import { daysFrom } from '../time/dates';
import { pointOf } from '../places/distance';
import { ageOn, byDistance, columnsOf, isOver, opensAt, periodOf, sectionsForAges } from '../places/facilities';
import { need, type Moment } from '../need/need.svelte';
import { offersFor, type Offer, type Offers } from '../places/offers';
import { reservation } from '../booking/reservation.svelte';
import { hoursTroubleOf, partsOf, sameTarget, type Target } from '../booking/parts';
import { session } from '../app/session.svelte';
import { agesInMonths, day } from '../words/format';
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
  #rank = $derived.by(() => new Map(this.board.facilities.map(({ id }, index) => [id, index])));
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

  /** The time as it is told of a facility: each has its turn to grow older. */
  nowFor({ id }: Facility): number {
    return clock.slowFor(this.#rank.get(id) ?? 0);
  }

  /** The children's ages on a day; empty while they are not known. */
  agesAt(date: string): number[] {
    return need.ages.map((age) => ageOn(date, age, this.today));
  }

  /** Of each child on a day; null: one of them is not taken there, or the ages are not known. */
  sectionsAt(facility: Facility, date: string): Section[] | null {
    return sectionsForAges(facility, this.agesAt(date));
  }

  /** For all children together; without their ages, of the sections that are named. No section: they are not taken there. */
  view(facility: Facility, date: string, period: string, sections: readonly Section[]): CellView {
    const target = { facility: facility.id, date, period };
    const distinct = [...new Set(sections)];
    return viewTogether(distinct.length > 0 ? distinct : [undefined], (section, atMost) =>
      viewCell({ facility, date, period, section }, section && this.board.cell(facility.id, date, period, section.id), {
        care: need.care,
        ages: this.agesAt(date),
        demand: sections.filter((one) => one === section).length || 1,
        atMost,
        zone: clock.zone,
        now: this.nowFor(facility),
        ownHoldMs: reservation.holds(target, section?.id ?? '') ? reservation.remainingMs : null,
        heldByOffice: section ? reservation.isHeldByOffice(target, section.id) : false,
      }),
    );
  }

  /** What a place says now; null: it is not on the board. */
  viewAt({ facility: id, date, period }: Target): CellView | null {
    const facility = this.board.facilities.find((one) => one.id === id);
    return facility ? this.view(facility, date, period, this.sectionsAt(facility, date) ?? []) : null;
  }

  /** Places that suit the child and the hours. */
  offers(moment: Moment): Offers {
    if (need.ages.length === 0) return { bookable: [], byPhone: [] };
    const wanted = { ...moment, agesToday: need.ages, today: this.today, care: need.care };
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
    const now = this.nowFor(facility);
    for (const date of dates) {
      const sections = need.ages.length === 0 ? facility.sections : (this.sectionsAt(facility, date) ?? []);
      for (const period of facility.periods) {
        if (!opensAt(facility, date, period) || isOver(date, period, clock.zone, now)) continue;
        for (const section of sections) {
          const confirmedAt = this.board.cell(facility.id, date, period.id, section.id)?.confirmedAt;
          if (confirmedAt) oldest = Math.min(oldest ?? Infinity, Date.parse(confirmedAt));
          else oldest ??= null;
        }
      }
    }
    return oldest;
  }

  /** A tap on a place chooses it, or says what is missing before that can mean anything. */
  pick(target: Target, view: CellView): void {
    if (!this.canBook || !view.active) return;
    const facility = this.#facility(target.facility);
    if (view.look === 'mine') return reservation.show();
    if (view.look === 'call' && facility) return reservation.tellToCall(facility);
    const unread = this.#unread();
    if (unread && !reservation.isChosen(target)) return reservation.correct(unread.text, unread.control);
    reservation.choose(target);
  }

  /** Why what is chosen cannot be held as it is; null: it can. */
  whyNot(target: Target): string | null {
    const view = this.viewAt(target);
    if (need.ages.length === 0 || view?.look === 'free' || view?.look === 'check') return null;
    if (view?.look === 'held') {
      const { date, period, facility } = target;
      const byOffice = reservation.isHeldByOffice({ facility, date, period });
      return byOffice ? 'votre service retient la dernière place' : 'un autre service réserve la dernière place';
    }
    return view?.look === 'other-age'
      ? `pas d’accueil à ${agesInMonths(this.agesAt(target.date))}`
      : 'n’est plus libre';
  }

  /** Holds nothing with what was typed and not understood, or was not answered. */
  hold(targets: readonly Target[], keep = false): void {
    const unsuited = this.#unread() ?? hoursTroubleOf(targets, this.board.facilities, this.#asked());
    if (unsuited) return reservation.correct(unsuited.text, unsuited.control);
    if (need.known === null) {
      return reservation.correct(
        'L’enfant est-il déjà venu dans cette structure ? La structure doit le savoir.',
        'known',
      );
    }
    const refused = targets.find((target) => !this.sectionsAt(this.#facility(target.facility)!, target.date));
    if (refused) return reservation.correct(`${this.nameOf(refused)} : ${this.whyNot(refused)}. Retirez-le.`, '');
    void reservation.hold(partsOf(targets, this.board.facilities, this.#asked()), keep);
  }

  /** What is held already, with what was typed and answered since. */
  holdAsAskedNow(): void {
    const all = reservation.open.flatMap(({ facility, places }) =>
      places.map(({ date, period }): Target => ({ facility, date, period })),
    );
    this.hold(all.filter((target, index) => all.findIndex((other) => sameTarget(other, target)) === index));
  }

  /** « Les Lucioles, mardi 1er décembre, matin ». */
  nameOf({ facility: id, date, period }: Target): string {
    const facility = session.facility(id);
    const name = facility && periodOf(facility, period)?.name.toLowerCase();
    return [facility?.name, day(date), name].filter(Boolean).join(', ');
  }

  #asked() {
    return { ages: need.ages, today: this.today, arrive: need.arrive, leave: need.leave };
  }

  /** What was typed and not understood, or not typed at all: no place can be meant without it. */
  #unread() {
    const [wrong] = need.troubles;
    if (wrong) return wrong;
    return need.ages.length === 0 ? { text: 'Indiquez d’abord l’âge de l’enfant.', control: 'age' } : null;
  }

  #facility(id: string): Facility | undefined {
    return this.board.facilities.find((one) => one.id === id);
  }

  /** Others than a place that is gone, for the same half-day; where there are none, for the next one that has some. */
  othersThan(target: Target): Others {
    const isOther = ({ facility: { id }, date, period }: Offer) =>
      id !== target.facility && !reservation.holds({ facility: id, date, period });
    const { bookable, byPhone } = this.offers(target);
    const others = bookable.filter(isOther);
    return { others, byPhone, later: others.length > 0 ? [] : this.#laterThan(target) };
  }

  #laterThan({ date, period }: Target): Offer[] {
    const moments = this.moments(this.days);
    const index = moments.findIndex((moment) => moment.date === date && moment.period === period);
    for (const moment of moments.slice(index + 1)) {
      const offers = this.offers(moment).bookable.filter(
        ({ facility: { id }, ...slot }) => !reservation.holds({ ...slot, facility: id }),
      );
      if (offers.length > 0) return offers;
    }
    return [];
  }

  want(moment: Moment | null): void {
    need.when = moment;
    if (moment && !this.shown.includes(moment.date)) this.first = Math.max(0, this.days.indexOf(moment.date));
  }

  /** The next family starts clean; what is held for this one stays. */
  startAnew(): void {
    need.clear();
    reservation.chosen = [];
    if (reservation.state === 'confirmed') reservation.leave();
    this.first = 0;
  }

  close(): void {
    this.board.close();
    this.bookings?.close();
  }

  get #officeCommune() {
    const office = session.office(need.office) ?? session.offices[0];
    return session.territory?.communes.find((commune) => commune.insee === office?.commune);
  }

  #takes(date: string, period: string): boolean {
    return this.board.facilities.some((facility) => {
      const shown = facility.periods.find((candidate) => candidate.id === period);
      return shown && opensAt(facility, date, shown) && !isOver(date, shown, clock.zone, clock.slow);
    });
  }
}
