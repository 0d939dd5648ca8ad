// Places on their way to the parent: chosen, held for some minutes, completed, confirmed.
import { clock } from '../time/clock.svelte';
import { need, type Said } from '../need/need.svelte';
import { announcer } from '../app/announcer.svelte';
import { counted, minutes } from '../words/format';
import { phone } from '../words/phone';
import { session } from '../app/session.svelte';
import { CaseFile } from './case-file.svelte';
import { giveBack, holdAll } from './holding';
import { remembered } from './remembered';
import { sameTarget, type Part, type Target } from './parts';
import { missing, troubleOf, type Trouble } from './trouble';
import type { Booking, Facility } from '../types';

const warnAtMs = 60_000;
const slowAfterMs = 3_000;
/** As the server has it: each extension adds so much, and all together is at most that. */
const extensionMs = 5 * 60_000;
const longestHoldMs = 30 * 60_000;
/** How long the board may take to show what became of a place whose hold has ended. */
const settledAfterMs = 3_000;

/**
 * draft: nothing is held; what is chosen is taken from nobody. refused: what was asked for could not be. From `held` on
 * there are bookings, one a structure, and what is shown is their own places, whatever else is chosen meanwhile.
 */
export type State = 'draft' | 'holding' | 'refused' | 'held' | 'confirming' | 'lapsed' | 'confirmed';

class Reservation {
  bookings = $state.raw<readonly Booking[]>([]);
  /** Half-days that were tapped and are not asked for yet. */
  chosen = $state.raw<readonly Target[]>([]);
  trouble = $state.raw<Trouble | null>(null);
  busy = $state(false);
  #holding = $state(false);
  #busySince = $state(0);
  #confirming = $state(false);
  /** Of the holds on screen, from the first's beginning to the first's end (ms of the server). */
  #span = $state.raw<{ from: number; to: number } | null>(null);
  /** What the person's offices hold, as the server told last. */
  #officeHolds = $state.raw<readonly Booking[]>([]);
  /** What was asked when the holds on screen were taken; empty: not known. */
  #heldFor = $state('');
  /** What the family said whose places were confirmed last: the next one starts clean. */
  #confirmedFor: Partial<Said> = {};
  /** Grows each time the panel should be shown: a new hold, or a tap on one's own place. */
  shownTimes = $state(0);
  /** What is said of the case and the parent. */
  readonly file = new CaseFile();

  /** Those that are not confirmed yet. */
  open = $derived(this.bookings.filter(({ state }) => state === 'held' || state === 'expired'));

  remainingMs = $derived.by(() => {
    const ends = this.open.map(({ state, expiresAt }) => (state === 'held' && expiresAt ? Date.parse(expiresAt) : 0));
    return ends.length > 0 ? Math.max(0, Math.min(...ends) - clock.second) : 0;
  });

  state = $derived.by((): State => {
    if (this.bookings.length === 0) {
      if (this.#holding) return 'holding';
      return this.trouble?.gone ? 'refused' : 'draft';
    }
    if (this.open.length === 0) return 'confirmed';
    if (this.#confirming) return 'confirming';
    return this.remainingMs > 0 ? 'held' : 'lapsed';
  });

  isHeld = $derived(this.remainingMs > 0);

  /** Something was chosen beside what is held: nothing is taken or given back before an answer. */
  asksFirst = $derived(this.isHeld && this.chosen.length > 0);

  /** What was typed or answered since is not what is held. */
  isHeldOtherwise = $derived(
    this.isHeld && this.#heldFor !== '' && need.ages.length > 0 && need.asked !== this.#heldFor,
  );

  /** A call that takes its time: the link may be down, and the outcome not known. */
  isSlow = $derived(this.busy && clock.second - this.#busySince > slowAfterMs);

  warns = $derived(this.isHeld && this.remainingMs <= warnAtMs);

  /** What an extension would add; 0: the places have been held for as long as may be. */
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

  /** Chooses a half-day, or takes that back: nothing is taken from anybody. */
  choose(target: Target): void {
    if (this.busy) return;
    this.trouble = null;
    if (this.state === 'confirmed' || this.state === 'lapsed') this.bookings = [];
    this.chosen = this.isChosen(target)
      ? this.chosen.filter((other) => !sameTarget(other, target))
      : [...this.chosen, target];
  }

  isChosen(target: Target): boolean {
    return this.chosen.some((other) => sameTarget(other, target));
  }

  /** Whether one's own hold has a place in that half-day, in a section if one is named. */
  holds(target: Target, section?: string): boolean {
    return this.isHeld && hasPlace(this.open, target, section);
  }

  /**
   * Holds all, or nothing: where a structure refuses, those before it are given back. What was held before is given back
   * once these are held, unless it is to be kept beside them.
   */
  async hold(parts: readonly Part[], keep = false): Promise<void> {
    if (this.busy || parts.length === 0) return;
    const before = this.isHeld ? this.open : [];
    let asked = parts[0]!;
    const heldFor = need.asked;
    this.#holding = true;
    const held = await this.#attempt(
      () => holdAll(parts, (part) => (asked = part)),
      () => asked,
    );
    this.#holding = false;
    if (!held) return;
    this.chosen = [];
    this.#heldFor = heldFor;
    this.#take([...(keep ? before : []), ...held]);
    this.show();
    const places = this.open.reduce((sum, booking) => sum + booking.places.length, 0);
    const what = places > 1 ? `${places} places retenues` : 'Place retenue';
    announcer.say(`${what} pour ${minutes(this.remainingMs)}.`);
    if (!keep) await giveBack(before);
  }

  /** Whether it is another of one's own office who holds a place. */
  isHeldByOffice(target: Target, section?: string): boolean {
    const own = new Set(this.bookings.map(({ id }) => id));
    return hasPlace(
      this.#officeHolds.filter(({ id }) => !own.has(id)),
      target,
      section,
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
    const text = `${facility.name} n’accueille que sur contrat : pas de réservation en ligne.${number}`;
    this.trouble = missing(text);
  }

  /** All of them with the same words; what one structure has confirmed stays so if another refuses. */
  async confirm(): Promise<void> {
    if (this.open.length === 0 || this.busy) return;
    this.trouble = this.file.missing();
    if (this.trouble) return;
    this.#confirming = true;
    const rest = this.file.toSend();
    const done = await this.#attempt(async () => {
      for (const { id } of this.open) {
        const { booking } = await session.change('booking.confirm', { booking: id, ...rest });
        this.#take(this.bookings.map((known) => (known.id === id ? booking : known)));
      }
      return true;
    });
    this.#confirming = false;
    if (!done) return;
    this.file.clear();
    this.#confirmedFor = need.said;
    need.clear();
    announcer.say('Réservation confirmée.');
  }

  async extend(): Promise<void> {
    const extended = await this.#attempt(async () => {
      for (const { id } of this.open) {
        const { booking } = await session.change('booking.extend', { booking: id });
        this.#take(this.bookings.map((known) => (known.id === id ? booking : known)));
      }
      return true;
    });
    if (extended) announcer.say(`Place gardée encore ${minutes(this.remainingMs)}.`);
    else if (this.trouble?.tooLate) this.trouble = missing(`Une place est retenue ${minutes(longestHoldMs)} au plus.`);
  }

  async release(): Promise<void> {
    const released = await this.#attempt(async () => {
      for (const { id } of this.open) await session.change('booking.release', { booking: id });
      return true;
    });
    if (!released) return;
    this.leave();
    announcer.say('Place libérée.');
  }

  /** Whoever goes holds nothing: others may have it at once. */
  async giveBack(): Promise<void> {
    const held = this.isHeld ? this.open : [];
    this.leave();
    const options = { timeoutMs: 3_000 };
    const calls = held.map(({ id }) => session.client.call('booking.release', { booking: id }, options));
    await Promise.allSettled(calls);
  }

  /** Another place for the family whose places were just confirmed. */
  another(): void {
    this.leave();
    need.say(this.#confirmedFor);
  }

  /** Puts the panel back to rest; what was typed about the parent goes too. */
  leave(): void {
    this.bookings = [];
    this.chosen = [];
    this.trouble = null;
    this.#span = null;
    this.#heldFor = '';
    this.file.clear();
    remembered.forget();
  }

  /** The server's latest word on the office's bookings: seen, expired elsewhere, or found again after a reload. */
  hear(news: readonly Booking[]): void {
    const own = session.user?.offices ?? [];
    const holds = news.filter(({ state, office }) => state === 'held' && own.includes(office));
    // Each place of the board hangs on it: what is the same stays the same.
    const isSame = holds.length === this.#officeHolds.length && holds.every((one, n) => one === this.#officeHolds[n]);
    if (!isSame) this.#officeHolds = holds;
    if (this.bookings.length === 0) return this.#findAgain();
    const before = this.bookings;
    const after = before.map((known) => {
      const told = news.find(({ id }) => id === known.id);
      return told && told.version > known.version ? told : known;
    });
    if (after.some((booking, index) => booking.seenAt && !before[index]!.seenAt)) announcer.say('Vu par la structure.');
    const standing = after.filter(({ state }) => !/^(released|cancelled)/.test(state));
    if (standing.length === 0) {
      this.leave();
      if (after.some(({ state }) => state === 'released')) {
        this.trouble = missing('La place a été libérée sur une autre page.');
      }
    } else if (standing.length < before.length || after.some((booking, index) => booking !== before[index])) {
      this.#take(standing);
    }
  }

  /** After a reload the page goes on with what it held. */
  #findAgain(): void {
    if (this.#holding) return;
    const ids = remembered.ids();
    const found = this.#officeHolds.filter(({ id }) => ids.includes(id));
    if (found.length > 0) this.#take(found);
  }

  #take(bookings: readonly Booking[]): void {
    for (const { expiresAt, expiresInMs } of bookings) {
      // Instants come without fractions: what the server says is left makes the countdown begin at 5:00.
      if (expiresAt && expiresInMs !== undefined) clock.set(Date.parse(expiresAt) - expiresInMs);
    }
    this.bookings = bookings.map(withoutCountdown);
    const held = this.open.filter(({ state }) => state === 'held');
    const [first] = [...held].sort((a, b) => endOf(a) - endOf(b));
    if (first) this.#span = { from: Date.parse(first.createdAt), to: endOf(first) };
    remembered.keep(held.map(({ id }) => id));
  }

  async #attempt<T>(call: () => Promise<T>, asked: () => Part | null = () => null): Promise<T | null> {
    this.busy = true;
    this.#busySince = clock.now();
    this.trouble = null;
    try {
      return await call();
    } catch (error) {
      this.trouble = this.#troubleOf(error, asked());
      return null;
    } finally {
      this.busy = false;
    }
  }

  #troubleOf(error: unknown, part: Part | null): Trouble {
    if (!part) return { ...troubleOf(error, false, clock.now()), about: null };
    const { facility, places } = part;
    const cells = (error as { cells?: readonly WantedCell[] }).cells ?? [];
    const { date, period, section } = cells[0] ?? places[0]!;
    const about = { facility, date, period };
    return { ...troubleOf(error, this.isHeldByOffice(about, section), clock.now()), about };
  }
}

type WantedCell = Pick<Part['places'][number], 'date' | 'period' | 'section'>;

const endOf = ({ expiresAt }: Booking) => (expiresAt ? Date.parse(expiresAt) : 0);

/** `expiresInMs` is of the moment of its reply. */
function withoutCountdown(booking: Booking): Booking {
  const { expiresInMs: _, ...rest } = booking;
  return rest;
}

function hasPlace(bookings: readonly Booking[], { facility, date, period }: Target, section?: string): boolean {
  return bookings.some(
    (booking) =>
      booking.facility === facility &&
      booking.places.some(
        (place) =>
          place.date === date && place.period === period && (section === undefined || place.section === section),
      ),
  );
}

export const reservation = new Reservation();
