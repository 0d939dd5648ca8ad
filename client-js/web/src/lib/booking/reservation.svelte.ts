// One place on its way to the parent: held for five minutes, completed, confirmed.
import { clock } from '../time/clock.svelte';
import { announcer } from '../app/announcer.svelte';
import { counted, minutes } from '../words/format';
import { phone, readPhones } from '../words/phone';
import { need } from '../need/need.svelte';
import { session } from '../app/session.svelte';
import { missing, troubleOf, type Target, type Trouble } from './trouble';
import type { Booking, Facility, Purpose } from '../types';

const warnAtMs = 60_000;
const slowAfterMs = 3_000;
/** As the server has it: each extension adds so much, and all together is at most that. */
const extensionMs = 5 * 60_000;
const longestHoldMs = 30 * 60_000;
/** How long the board may take to show what became of a place whose hold has ended. */
const settledAfterMs = 3_000;
/** As the protocol has it. */
const longestPhone = 40;
const rememberedHold = 'placette.hold';

/**
 * draft: nothing is held. refused: what was asked for could not be. From `held` on there is a booking, and what is shown
 * is its own place, whatever else is asked for meanwhile.
 */
export type State = 'draft' | 'holding' | 'refused' | 'held' | 'confirming' | 'lapsed' | 'confirmed';

class Reservation {
  booking = $state.raw<Booking | null>(null);
  /** Chosen while another place is held: nothing is taken or given back before an answer. */
  instead = $state.raw<Target | null>(null);
  trouble = $state.raw<Trouble | null>(null);
  busy = $state(false);
  #asked = $state.raw<Target | null>(null);
  #busySince = $state(0);
  #confirming = $state(false);
  /** Of the hold on screen, from its beginning to its end (ms of the server). */
  #span = $state.raw<{ from: number; to: number } | null>(null);
  /** What the person's offices hold, as the server told last. */
  #officeHolds = $state.raw<readonly Booking[]>([]);
  /** Grows each time the panel should be shown: a new hold, or a tap on one's own place. */
  shownTimes = $state(0);
  caseRef = $state('');
  purpose = $state<Purpose | ''>('');
  firstNames = $state('');
  phone = $state('');
  informed = $state(false);

  remainingMs = $derived(
    this.booking?.state === 'held' && this.booking.expiresAt
      ? Math.max(0, Date.parse(this.booking.expiresAt) - clock.second)
      : 0,
  );

  state = $derived.by((): State => {
    if (!this.booking) {
      if (this.#asked) return 'holding';
      return this.trouble?.gone ? 'refused' : 'draft';
    }
    if (this.booking.state !== 'held' && this.booking.state !== 'expired') return 'confirmed';
    if (this.#confirming) return 'confirming';
    return this.remainingMs > 0 ? 'held' : 'lapsed';
  });

  isHeld = $derived(this.remainingMs > 0);

  /** The booking's own place; while there is none, the one that is asked for. */
  target = $derived(this.booking ? targetOf(this.booking) : this.#asked);

  /** A call that takes its time: the link may be down, and the outcome not known. */
  isSlow = $derived(this.busy && clock.second - this.#busySince > slowAfterMs);

  warns = $derived(this.isHeld && this.remainingMs <= warnAtMs);

  /** What an extension would add; 0: the place has been held for as long as one may be. */
  extensionMs = $derived.by(() => {
    if (!this.#span) return 0;
    const added = Math.min(extensionMs, this.#span.from + longestHoldMs - this.#span.to);
    return added >= 1_000 ? added : 0;
  });

  /** « Les 5 minutes sont passées », as long as they were. */
  lapsedWords = $derived.by(() => {
    const count = this.#span ? Math.round((this.#span.to - this.#span.from) / 60_000) : 0;
    return count > 1 ? `Les ${counted(count, 'minute')} sont passées` : 'Le délai est passé';
  });

  /** The hold has ended, and it may not be told yet on the board what became of the place. */
  isSettling = $derived(
    this.state === 'lapsed' && this.#span !== null && clock.second < this.#span.to + settledAfterMs,
  );

  /** Holds a place; if another is held already, asks first. */
  async want(target: Target): Promise<void> {
    if (this.busy) return;
    this.trouble = null;
    if (!this.isHeld) return this.hold(target);
    this.instead = target;
    this.show();
  }

  /** What was held before is given back once this one is held, and stays if it cannot be. */
  async hold(target: Target): Promise<void> {
    if (this.busy) return;
    const previous = this.isHeld ? this.booking : null;
    this.instead = null;
    this.#asked = target;
    const held = await this.#attempt(() => session.change('booking.hold', holdParams(target)), target);
    this.#asked = null;
    if (!held) return;
    this.#take(held.booking);
    this.show();
    announcer.say(`Place retenue pour ${minutes(this.remainingMs)}.`);
    if (previous) await session.change('booking.release', { booking: previous.id }).catch(() => undefined);
  }

  /** Whether it is another of one's own office who holds a place. */
  isHeldByOffice(target: Target): boolean {
    return this.#officeHolds.some(
      ({ id, facility, places }) =>
        id !== this.booking?.id &&
        facility === target.facility &&
        places.some(
          ({ date, period, section }) => date === target.date && period === target.period && section === target.section,
        ),
    );
  }

  /** Brings the panel back before the eyes. */
  show(): void {
    this.shownTimes += 1;
  }

  correct(text: string, control: string): void {
    this.trouble = missing(text, control);
  }

  tellToCall(facility: Facility): void {
    const number = facility.phone ? ` Appelez le ${phone(facility.phone)}.` : '';
    const text = `${facility.name} n'accueille que sur contrat : pas de réservation en ligne.${number}`;
    this.trouble = missing(text);
  }

  async confirm(): Promise<void> {
    if (!this.booking || this.busy) return;
    this.trouble = this.#incomplete();
    if (this.trouble) return;
    const { id } = this.booking;
    this.#confirming = true;
    const done = await this.#attempt(() => session.change('booking.confirm', { booking: id, ...this.#rest() }));
    this.#confirming = false;
    if (!done) return;
    this.#take(done.booking);
    this.#clearForm();
    announcer.say('Réservation confirmée.');
  }

  async extend(): Promise<void> {
    const id = this.booking?.id;
    if (!id) return;
    const extended = await this.#attempt(() => session.change('booking.extend', { booking: id }));
    if (!extended) {
      if (this.trouble?.tooLate) this.trouble = missing(`Une place est retenue ${minutes(longestHoldMs)} au plus.`);
      return;
    }
    this.#take(extended.booking);
    announcer.say(`Place gardée encore ${minutes(this.remainingMs)}.`);
  }

  async release(): Promise<void> {
    const id = this.booking?.id;
    if (!id) return;
    const released = await this.#attempt(() => session.change('booking.release', { booking: id }));
    if (!released && this.trouble) return;
    this.leave();
    announcer.say('Place libérée.');
  }

  /** Whoever goes holds nothing: others may have it at once. */
  async giveBack(): Promise<void> {
    if (!this.isHeld || !this.booking) return;
    const { id } = this.booking;
    this.leave();
    const options = { timeoutMs: 3_000 };
    await session.client.call('booking.release', { booking: id }, options).catch(() => undefined);
  }

  /** Puts the panel back to rest; what was typed about the parent goes too. */
  leave(): void {
    this.booking = null;
    this.instead = null;
    this.trouble = null;
    this.#clearForm();
    sessionStorage.removeItem(rememberedHold);
  }

  /** The server's latest word on the office's bookings: seen, expired elsewhere, or found again after a reload. */
  hear(bookings: readonly Booking[]): void {
    const own = session.user?.offices ?? [];
    this.#officeHolds = bookings.filter(({ state, office }) => state === 'held' && own.includes(office));
    const id = this.booking?.id ?? sessionStorage.getItem(rememberedHold);
    const news = bookings.find((booking) => booking.id === id);
    if (!news) return;
    if (news.seenAt && this.booking && !this.booking.seenAt) announcer.say('Vu par la structure.');
    if (this.booking ? news.version > this.booking.version : news.state === 'held') this.#take(news);
    if (/^(released|cancelled)/.test(news.state) && this.booking?.id === news.id) {
      this.leave();
      if (news.state === 'released') this.trouble = missing('La place a été libérée sur une autre page.');
    }
  }

  #take(booking: Booking): void {
    // Instants come without fractions: what the server says is left makes the countdown begin at 5:00.
    const { expiresAt, expiresInMs } = booking;
    if (expiresAt && expiresInMs !== undefined) clock.set(Date.parse(expiresAt) - expiresInMs);
    this.booking = booking;
    if (booking.state === 'held' && expiresAt)
      this.#span = { from: Date.parse(booking.createdAt), to: Date.parse(expiresAt) };
    if (booking.state === 'held') sessionStorage.setItem(rememberedHold, booking.id);
    else sessionStorage.removeItem(rememberedHold);
  }

  #rest() {
    const contact = this.informed
      ? { informed: true, firstNames: this.firstNames.trim(), phone: recorded(this.phone) ?? '' }
      : undefined;
    return { purpose: this.purpose || undefined, caseRef: this.caseRef.trim(), contact };
  }

  #incomplete(): Trouble | null {
    if (!this.caseRef.trim()) return missing('Indiquez la référence du dossier.', 'case-ref');
    if (!this.purpose) return missing('Choisissez le motif.', 'purpose');
    if (recorded(this.phone) === null) {
      return missing(
        'Ce numéro est incomplet ou inconnu. Par exemple : 06 39 98 00 01, ou +32 2 123 45 67.',
        'parent-phone',
      );
    }
    if (!this.informed && (this.firstNames.trim() || this.phone.trim())) {
      return missing("Cochez l'accord du parent, ou effacez le prénom et le téléphone.", 'informed');
    }
    return null;
  }

  async #attempt<T>(call: () => Promise<T>, about: Target | null = null): Promise<T | null> {
    this.busy = true;
    this.#busySince = clock.now();
    this.trouble = null;
    try {
      return await call();
    } catch (error) {
      this.trouble = { ...troubleOf(error, about !== null && this.isHeldByOffice(about), clock.now()), about };
      return null;
    } finally {
      this.busy = false;
    }
  }

  #clearForm(): void {
    this.caseRef = '';
    this.purpose = '';
    this.firstNames = '';
    this.phone = '';
    this.informed = false;
  }
}

/** As it is to be passed on; null: it cannot be a number. */
function recorded(typed: string): string | null {
  if (typed.trim() === '') return '';
  const numbers = readPhones(typed)
    ?.map(({ shown }) => shown.replaceAll('\u00a0', ' '))
    .join(' / ');
  return numbers && numbers.length <= longestPhone ? numbers : null;
}

function targetOf({ facility, places: [place] }: Booking): Target | null {
  return place ? { facility, date: place.date, period: place.period, section: place.section } : null;
}

function holdParams({ facility, date, period, section }: Target) {
  const { ageMonths, walker, meal, arrive, leave, known, care, office, commune } = need;
  return {
    facility,
    places: [
      { date, period, section, ...(meal !== null && { meal }), ...(arrive && { arrive }), ...(leave && { leave }) },
    ],
    children: [{ ageMonths: ageMonths ?? 0, ...(walker && { walker }) }],
    care,
    ...(known !== null && { known }),
    ...(office && { office }),
    ...(commune && { commune: commune.insee }),
  };
}

export const reservation = new Reservation();
