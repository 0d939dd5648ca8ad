// Made by scripts/generate.mjs from include/placette/protocol/schema: change the schemas instead.

/**
 * A day in the territory's time zone
 */
export type Day = string;
/**
 * RFC 3339, always UTC
 */
export type Instant = string;
/**
 * A time of day in the territory's time zone
 */
export type TimeOfDay = string;
/**
 * A month, for births: the day is never asked
 */
export type Month = string;
/**
 * Identifies a facility or office (unique in the store), or a period or section (unique in its facility)
 */
export type Id = string;
/**
 * Identifies a territory: its SIREN number, as a rule
 */
export type TerritoryId = string;
/**
 * Identifies a booking; an unknown one is `not_found`
 */
export type BookingId = string;
/**
 * Identifies an account: what a person signs in with, whatever the capitals
 */
export type Account = string;
/**
 * INSEE code of a commune
 */
export type Insee = string;
/**
 * Made by the client, a new one for each intent: a call repeated with its key has one effect
 */
export type Key = string;
/**
 * Names one life of the store: offsets and versions of different epochs do not compare
 */
export type Epoch = string;
/**
 * Place in the territory's log: +1 for each entry
 */
export type Offset = number;
/**
 * Names a subscription of this connection; equal filters share one
 */
export type Subscription = string;
/**
 * `vip`: insertion care, which may take the protected places too
 */
export type Care = 'vip' | 'other';
export type FacilityKind =
  'multi_accueil' | 'micro_creche' | 'creche_familiale' | 'halte_garderie' | 'childminder';
export type OfficeKind =
  | 'esco'
  | 'point_relais_emploi'
  | 'france_travail'
  | 'mission_locale'
  | 'ccas'
  | 'pmi'
  | 'caf'
  | 'centre_social'
  | 'france_services'
  | 'cap_emploi'
  | 'rpe';
export type Purpose =
  | 'job_interview'
  | 'job_search_appointment'
  | 'training'
  | 'trial'
  | 'job_start'
  | 'insertion_step'
  | 'group_session'
  | 'other';
export type BookingState =
  | 'held'
  | 'confirmed'
  | 'attended'
  | 'no_show'
  | 'cancelled_by_office'
  | 'cancelled_by_facility'
  | 'cancelled_by_family'
  | 'released'
  | 'expired';
/**
 * Of an office or a family: the first four; of a facility: the others
 */
export type CancelReason =
  | 'ill'
  | 'appointment_moved'
  | 'other_solution'
  | 'mistake'
  | 'staff'
  | 'closure'
  | 'outbreak'
  | 'capacity'
  | 'papers';
export type PlaceOutcome = 'attended' | 'no_show' | 'cancelled' | null;
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export type Role = 'manager' | 'worker' | 'coordinator' | 'admin' | 'integrator';
export type Count = number;
/**
 * Grows by 1 with each change within an epoch; 0: absent
 */
export type Version = number;
/**
 * A typical week: what is opened, by weekday, period and section, each once
 *
 * @maxItems 500
 */
export type Week = {
  day: Weekday;
  period: Id;
  section: Id;
  open: Count;
  /**
   * By default as it is
   */
  reserved?: Count;
}[];
/**
 * So many weeks ahead the typical week is published by itself; 0: not
 */
export type PublishWeeks = number;
/**
 * A child of a booking: the age in months on the day of the call, in the territory's time zone, or the month of birth
 */
export type NewChild =
  | {
      ageMonths: number;
      walker?: boolean;
    }
  | {
      birthMonth: Month;
      walker?: boolean;
    };
export type ProblemName =
  | 'parse_error'
  | 'invalid_request'
  | 'unknown_method'
  | 'invalid_params'
  | 'internal'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'no_place'
  | 'kept_for_vip'
  | 'reserved_by_hold'
  | 'past'
  | 'closed'
  | 'outside_hours'
  | 'too_late'
  | 'newcomer_not_accepted'
  | 'age_out_of_range'
  | 'below_committed'
  | 'over_capacity'
  | 'version_conflict'
  | 'hold_expired'
  | 'wrong_state'
  | 'duplicate_booking'
  | 'idempotency_mismatch'
  | 'too_many'
  | 'too_large'
  | 'rate_limited'
  | 'store_unavailable'
  | 'outcome_unknown';
/**
 * A count of a date, or of a `day` counted from today ("+1": tomorrow), for demonstrations
 */
export type ImportCell =
  | {
      facility: Id;
      date: Day;
      period: Id;
      section: Id;
      open: Count;
      reserved?: Count;
      confirmedAt?: Instant;
    }
  | {
      facility: Id;
      day: string;
      period: Id;
      section: Id;
      open: Count;
      reserved?: Count;
      confirmedAt?: Instant;
    };
export type Password = string;
/**
 * Body of POST /session: with the password, or with a one-time code to set a new one
 */
export type SignInParams =
  | {
      account: Account;
      password: string;
    }
  | {
      account: Account;
      code: string;
      password: Password;
    };
export type TerritoryGetResult = Territory;

/**
 * How far a client has followed the log
 */
export interface Position {
  epoch: Epoch;
  offset: Offset;
}
/**
 * Which cell
 */
export interface CellName {
  facility: Id;
  date: Day;
  period: Id;
  section: Id;
}
/**
 * The places of one section of a facility, one period of one day. `open`: opened to occasional care; `reserved`: protected for insertion; `vip`, `other`: taken, of which `held` are not confirmed yet; `free` is arithmetic, untouched by `closed` or time; `staleAt`: to be verified from then on; never confirmed: both null
 */
export interface Cell {
  facility: Id;
  date: Day;
  period: Id;
  section: Id;
  open: Count;
  reserved: Count;
  vip: number;
  other: number;
  held: number;
  free: {
    vip: number;
    other: number;
  };
  overcommitted: boolean;
  closed: boolean;
  confirmedAt: Instant | null;
  staleAt: Instant | null;
  version: Version;
}
export interface CommuneName {
  insee: Insee;
  name: string;
}
export interface Commune {
  insee: Insee;
  name: string;
  postcode?: string;
  population?: number | null;
  latitude?: number | null;
  longitude?: number | null;
}
/**
 * A prescribing service
 */
export interface Office {
  id: Id;
  name: string;
  kind: OfficeKind;
  /**
   * INSEE code; empty if not known
   */
  commune: string;
  phone: string;
}
/**
 * An office as it is entered
 */
export interface NewOffice {
  id: Id;
  name: string;
  kind: OfficeKind;
  /**
   * INSEE code; empty if not known
   */
  commune?: string;
  phone?: string;
}
/**
 * An age group: min ≤ age < max
 */
export interface Section {
  id: Id;
  name: string;
  minAgeMonths: number;
  maxAgeMonths: number;
}
export interface Period {
  id: Id;
  name: string;
  start: TimeOfDay;
  end: TimeOfDay;
  /**
   * @minItems 1
   * @maxItems 7
   */
  days: Weekday[];
  /**
   * Where the authorised capacity is modulated
   */
  capacity?: number | null;
}
/**
 * Closed days, both included
 */
export interface Closure {
  from: Day;
  to: Day;
  reason?: string;
}
/**
 * Who offers care, where, when and for which ages. A childminder's address is her home: empty
 */
export interface Facility {
  id: Id;
  name: string;
  kind: FacilityKind;
  commune: CommuneName;
  /**
   * @minItems 1
   * @maxItems 20
   */
  sections: Section[];
  /**
   * @minItems 1
   * @maxItems 20
   */
  periods: Period[];
  address: string;
  access: string;
  phone: string;
  latitude: number | null;
  longitude: number | null;
  /**
   * Authorised
   */
  capacity: number;
  reservedFloor: Count;
  /**
   * What the family must bring
   *
   * @maxItems 30
   */
  bring: string[];
  /**
   * @maxItems 200
   */
  closures: Closure[];
  /**
   * The last arrival, in the period in which it lies; null or absent: none is set
   */
  arriveUntil?: TimeOfDay | null;
  /**
   * From then on no meal can be booked for the day itself; null or absent: none is set
   */
  mealCutoff?: TimeOfDay | null;
  /**
   * Shown to those who run the facility, and to administrators
   */
  week?: Week;
  /**
   * Shown as `week` is
   */
  publishWeeks?: PublishWeeks;
}
/**
 * A facility as it is entered
 */
export interface NewFacility {
  id: Id;
  name: string;
  kind: FacilityKind;
  commune: CommuneName;
  /**
   * @minItems 1
   * @maxItems 20
   */
  sections: Section[];
  /**
   * @minItems 1
   * @maxItems 20
   */
  periods: Period[];
  address?: string;
  access?: string;
  phone?: string;
  latitude?: number | null;
  longitude?: number | null;
  /**
   * Authorised
   */
  capacity?: number;
  reservedFloor?: Count;
  /**
   * What the family must bring
   *
   * @maxItems 30
   */
  bring?: string[];
  /**
   * @maxItems 200
   */
  closures?: Closure[];
  /**
   * This and the following are the manager's: what is left out stays as it is
   */
  arriveUntil?: TimeOfDay | null;
  mealCutoff?: TimeOfDay | null;
  week?: Week;
  publishWeeks?: PublishWeeks;
}
export interface TerritoryName {
  id: TerritoryId;
  name: string;
  /**
   * IANA name; it rules the dates
   */
  timezone: string;
}
export interface Territory {
  id: TerritoryId;
  name: string;
  /**
   * IANA name; it rules the dates
   */
  timezone: string;
  communes: Commune[];
  offices: Office[];
  /**
   * Has the public holidays of Alsace and Moselle too
   */
  alsaceMoselle?: boolean;
  /**
   * Public holidays of this year and the next: days to propose as closures; nothing closes by itself
   */
  holidays: Holiday[];
  asOf: Instant;
  storeAvailable: boolean;
}
export interface Holiday {
  date: Day;
  /**
   * French
   */
  name: string;
}
export interface NewPlace {
  date: Day;
  period: Id;
  /**
   * By default by the age at the date
   */
  section?: Id;
  /**
   * Index in `children`; 0 by default
   */
  child?: number;
  arrive?: TimeOfDay;
  leave?: TimeOfDay;
  meal?: boolean;
}
/**
 * Encrypted at rest, shown to this facility and this office alone, erased soon after the care
 */
export interface Contact {
  /**
   * The parent agrees; without it neither name nor phone
   */
  informed: boolean;
  firstNames?: string;
  phone?: string;
}
export interface Child {
  birthMonth: Month;
  walker: boolean;
}
/**
 * One date, period and section of a booking; `id` is its index, never reused
 */
export interface Place {
  id: number;
  date: Day;
  period: Id;
  section: Id;
  child: number;
  outcome: PlaceOutcome;
  arrive?: TimeOfDay | null;
  leave?: TimeOfDay | null;
  meal?: boolean | null;
}
/**
 * All places that one case takes together, or none. `care`, `purpose`, `caseRef`, `commune` come together, in the view of the office alone: a facility is never shown them
 */
export interface Booking {
  id: BookingId;
  facility: Id;
  office: Id;
  state: BookingState;
  approval: 'none';
  /**
   * @minItems 1
   * @maxItems 60
   */
  places: Place[];
  /**
   * @minItems 1
   * @maxItems 60
   */
  children: Child[];
  /**
   * On the office's word: the child has been there before
   */
  known: boolean;
  bookedBy: {
    name: string;
    phone?: string | null;
  };
  seenAt: Instant | null;
  createdAt: Instant;
  version: Version;
  expiresAt?: Instant | null;
  /**
   * In replies, while held
   */
  expiresInMs?: number;
  contact?: Contact;
  care?: Care;
  purpose?:
    | 'job_interview'
    | 'job_search_appointment'
    | 'training'
    | 'trial'
    | 'job_start'
    | 'insertion_step'
    | 'group_session'
    | 'other'
    | null;
  caseRef?: string | null;
  /**
   * INSEE code
   */
  commune?: string | null;
}
export interface User {
  id: Account;
  name: string;
  roles: Role[];
  facilities: Id[];
  offices: Id[];
  territories?: TerritoryId[];
  phone?: string | null;
}
/**
 * An account as its administrators see it
 */
export interface AccountView {
  id: Account;
  name: string;
  roles: Role[];
  facilities: Id[];
  offices: Id[];
  territories: TerritoryId[];
  disabled: boolean;
  phone?: string | null;
  createdAt?: Instant;
}
/**
 * A bearer token; its secret is shown once, when it is made
 */
export interface Token {
  id: string;
  name: string;
  createdAt: Instant;
  lastUsedAt: Instant | null;
  expiresAt: Instant | null;
}
/**
 * RFC 9457. `title` is French and fit to show; `detail` is for developers
 */
export interface Problem {
  /**
   * `urn:placette:problem:` and the name
   */
  type:
    | 'urn:placette:problem:parse_error'
    | 'urn:placette:problem:invalid_request'
    | 'urn:placette:problem:unknown_method'
    | 'urn:placette:problem:invalid_params'
    | 'urn:placette:problem:internal'
    | 'urn:placette:problem:unauthenticated'
    | 'urn:placette:problem:forbidden'
    | 'urn:placette:problem:not_found'
    | 'urn:placette:problem:no_place'
    | 'urn:placette:problem:kept_for_vip'
    | 'urn:placette:problem:reserved_by_hold'
    | 'urn:placette:problem:past'
    | 'urn:placette:problem:closed'
    | 'urn:placette:problem:outside_hours'
    | 'urn:placette:problem:too_late'
    | 'urn:placette:problem:newcomer_not_accepted'
    | 'urn:placette:problem:age_out_of_range'
    | 'urn:placette:problem:below_committed'
    | 'urn:placette:problem:over_capacity'
    | 'urn:placette:problem:version_conflict'
    | 'urn:placette:problem:hold_expired'
    | 'urn:placette:problem:wrong_state'
    | 'urn:placette:problem:duplicate_booking'
    | 'urn:placette:problem:idempotency_mismatch'
    | 'urn:placette:problem:too_many'
    | 'urn:placette:problem:too_large'
    | 'urn:placette:problem:rate_limited'
    | 'urn:placette:problem:store_unavailable'
    | 'urn:placette:problem:outcome_unknown';
  title: string;
  status: number;
  detail: string;
  /**
   * Worth repeating with the same key
   */
  temporary: boolean;
  retryAfterMs?: number;
  /**
   * Path of the parameter, as `cells[1].open`
   */
  field?: string;
  /**
   * The cells it is about
   */
  cells?: CellName[];
  /**
   * The bookings it is about
   */
  bookings?: string[];
  /**
   * Of a document: all that is wrong with it, up to 100; the first is `field` and `detail`
   */
  problems?: Fault[];
}
export interface Fault {
  field: string;
  detail: string;
}
export interface AccountCreateParams {
  account: Account;
  key: Key;
  name: string;
  /**
   * @minItems 1
   */
  roles: Role[];
  phone?: string;
  /**
   * @maxItems 200
   */
  facilities?: Id[];
  /**
   * @maxItems 200
   */
  offices?: Id[];
  /**
   * @maxItems 200
   */
  territories?: TerritoryId[];
}
export interface AccountCreateResult {
  account: AccountView;
  /**
   * With it the person sets a password, once; absent when `replayed`
   */
  code?: string;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface AccountListParams {}
export interface AccountListResult {
  accounts: AccountView[];
}
/**
 * Of the own account
 */
export interface AccountPasswordParams {
  key: Key;
  current: string;
  password: Password;
}
export interface AccountPasswordResult {
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface AccountResetPasswordParams {
  account: Account;
  key: Key;
}
export interface AccountResetPasswordResult {
  /**
   * With it the person sets a password, once; absent when `replayed`
   */
  code?: string;
  expiresAt: Instant;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface AccountUpdateParams {
  account: Account;
  key: Key;
  name?: string;
  phone?: string;
  /**
   * @minItems 1
   */
  roles?: Role[];
  /**
   * @maxItems 200
   */
  facilities?: Id[];
  /**
   * @maxItems 200
   */
  offices?: Id[];
  /**
   * @maxItems 200
   */
  territories?: TerritoryId[];
  disabled?: boolean;
}
export interface AccountUpdateResult {
  account: AccountView;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Relative, all or none
 */
export interface AvailabilityAdjustParams {
  facility: Id;
  key: Key;
  /**
   * @minItems 1
   * @maxItems 500
   */
  cells: {
    date: Day;
    period: Id;
    section: Id;
    by: number;
    /**
     * Of places taken away: of a `by` below 0
     */
    why?: 'taken' | 'withdrawn';
  }[];
  /**
   * Lower `open` below what is taken, or raise it above what the law lets be there at once
   */
  force?: boolean;
}
export interface AvailabilityAdjustResult {
  cells: Cell[];
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Who is there in that period without the places that Placette opens
 */
export interface AvailabilityAdviseParams {
  facility: Id;
  date: Day;
  period: Id;
  /**
   * Who count for the staff ratio
   */
  adults: number;
  children: {
    walkers: Count;
    nonWalkers: Count;
  };
  /**
   * What the facility has chosen: one adult per five who do not walk and eight who do (the default), or per six of all
   */
  ratio?: 'five_eight' | 'six';
}
/**
 * Advice, no legal opinion
 */
export interface AvailabilityAdviseResult {
  /**
   * Places that may be open in all sections together, whoever comes
   */
  lawfulOpen: number;
  /**
   * The rules that set a limit here, the tightest first
   */
  reasons: {
    rule: 'over_capacity' | 'ratio' | 'two_adults' | 'micro_creche' | 'childminder';
    article: string;
    /**
     * Children at once, those who are there included
     */
    limit: number;
  }[];
}
/**
 * From a day on, so many weeks
 */
export interface AvailabilityApplyWeekParams {
  facility: Id;
  key: Key;
  from: Day;
  weeks: number;
  /**
   * By default that of the facility
   */
  week?: Week;
  /**
   * Leaves every count that was ever stated as it is
   */
  onlyAbsent?: boolean;
  /**
   * Answers as if, and does nothing
   */
  dryRun?: boolean;
}
export interface AvailabilityApplyWeekResult {
  /**
   * Those that it stated; with `dryRun` as they would be
   */
  cells: Cell[];
  /**
   * Where it is not as the week says. `closed`: nothing was stated; `below_committed`: the count stays at what is taken; `over_capacity`: more than the law allows, the count is not raised
   */
  skipped: {
    facility: Id;
    date: Day;
    period: Id;
    section: Id;
    why: 'closed' | 'below_committed' | 'over_capacity';
  }[];
  dryRun?: true;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Closes what is open on these days by its weekday, both days included; at most 31
 */
export interface AvailabilityCloseParams {
  facility: Id;
  key: Key;
  from: Day;
  /**
   * By default that one day
   */
  to?: Day;
  /**
   * By default all
   *
   * @minItems 1
   * @maxItems 20
   */
  periods?: Id[];
  /**
   * By default all
   *
   * @minItems 1
   * @maxItems 20
   */
  sections?: Id[];
  reason: 'staff' | 'closure' | 'outbreak' | 'capacity' | 'papers';
  /**
   * Only tells what it would do
   */
  dryRun?: boolean;
}
/**
 * With `dryRun` all as it is now: the bookings that it would hit, the cells that it would close
 */
export interface AvailabilityCloseResult {
  /**
   * That had a place there, in the order of their days
   */
  bookings: Booking[];
  /**
   * Always empty in this version
   *
   * @maxItems 0
   */
  needs: {
    [k: string]: unknown;
  }[];
  cells: Cell[];
  dryRun?: true;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * The counts of these days, both included, are up to date; at most 31 days
 */
export interface AvailabilityConfirmParams {
  facility: Id;
  key: Key;
  from: Day;
  to: Day;
}
export interface AvailabilityConfirmResult {
  confirmedAt: Instant;
  /**
   * Cells confirmed
   */
  count: number;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface AvailabilityHistoryParams {
  facility: Id;
  date: Day;
  period?: Id;
  section?: Id;
}
export interface AvailabilityHistoryResult {
  /**
   * The newest first
   *
   * @maxItems 100
   */
  entries: {
    at: Instant;
    /**
     * The name of the account; null: Placette itself, or whoever runs it
     */
    by: string | null;
    what: 'set' | 'adjusted' | 'imported' | 'week' | 'published' | 'closed' | 'reopened';
    section: Id;
    period: Id;
    /**
     * Places open; null: nobody had stated it
     */
    from: Count | null;
    to: Count;
    /**
     * Of places that were taken away, and of a closing
     */
    why: 'taken' | 'withdrawn' | 'staff' | 'closure' | 'outbreak' | 'capacity' | 'papers' | null;
  }[];
}
/**
 * Takes `availability.close` back for these days, both included; at most 31
 */
export interface AvailabilityReopenParams {
  facility: Id;
  key: Key;
  from: Day;
  /**
   * By default that one day
   */
  to?: Day;
  /**
   * By default all
   *
   * @minItems 1
   * @maxItems 20
   */
  periods?: Id[];
  /**
   * By default all
   *
   * @minItems 1
   * @maxItems 20
   */
  sections?: Id[];
}
export interface AvailabilityReopenResult {
  /**
   * Those that there are on these days
   */
  cells: Cell[];
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Absolute, all or none
 */
export interface AvailabilitySetParams {
  facility: Id;
  key: Key;
  /**
   * @minItems 1
   * @maxItems 500
   */
  cells: {
    date: Day;
    period: Id;
    section: Id;
    open: Count;
    /**
     * By default unchanged
     */
    reserved?: Count;
    /**
     * 0: must be absent; else `version_conflict`
     */
    expectedVersion?: Version;
  }[];
  /**
   * Lower `open` below what is taken, or raise it above what the law lets be there at once
   */
  force?: boolean;
}
export interface AvailabilitySetResult {
  cells: Cell[];
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Last states over (from, offset]: apply if from ≤ mine < offset, drop if offset ≤ mine, subscribe again if from > mine
 */
export interface BoardDeltaNotification {
  subscription: Subscription;
  epoch: Epoch;
  from: Offset;
  offset: Offset;
  cells: Cell[];
}
/**
 * The whole list of the filter, anew
 */
export interface BoardFacilitiesNotification {
  subscription: Subscription;
  facilities: Facility[];
}
export interface BoardGetParams {
  territory: TerritoryId;
  from: Day;
  days: number;
  /**
   * By default all of the territory
   *
   * @minItems 1
   * @maxItems 200
   */
  facilities?: Id[];
}
export interface BoardGetResult {
  epoch: Epoch;
  offset: Offset;
  asOf: Instant;
  storeAvailable: boolean;
  facilities: Facility[];
  cells: Cell[];
}
/**
 * The subscription has ended: subscribe again
 */
export interface BoardResetNotification {
  subscription: Subscription;
  reason: string;
}
export interface BoardSubscribeParams {
  territory: TerritoryId;
  from: Day;
  days: number;
  /**
   * By default all of the territory
   *
   * @minItems 1
   * @maxItems 200
   */
  facilities?: Id[];
  /**
   * Of the same filter; what came later is answered, or a snapshot
   */
  since?: Position;
}
export interface BoardSubscribeResult {
  subscription: Subscription;
  /**
   * true: only what changed since, last states; false: a snapshot
   */
  recovered: boolean;
  /**
   * Where the answer comes from: the log in memory, the log in the store, or all anew
   */
  source: 'memory' | 'log' | 'snapshot';
  epoch: Epoch;
  offset: Offset;
  asOf: Instant;
  storeAvailable: boolean;
  facilities: Facility[];
  cells: Cell[];
}
export interface BoardUnsubscribeParams {
  subscription: Subscription;
}
export interface BoardUnsubscribeResult {}
/**
 * The facility has seen the booking
 */
export interface BookingAcknowledgeParams {
  booking: BookingId;
  key: Key;
}
export interface BookingAcknowledgeResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface BookingAttendanceParams {
  booking: BookingId;
  key: Key;
  place: number;
  /**
   * null takes it back
   */
  outcome: 'attended' | 'no_show' | null;
}
export interface BookingAttendanceResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface BookingCancelParams {
  booking: BookingId;
  key: Key;
  reason: CancelReason;
  /**
   * Ids of places; by default all
   *
   * @minItems 1
   * @maxItems 60
   */
  places?: number[];
  /**
   * The family has told it
   */
  by?: 'family';
}
export interface BookingCancelResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface BookingChangedNotification {
  subscription: Subscription;
  epoch: Epoch;
  offset: Offset;
  booking: Booking;
}
/**
 * With what the hold left open
 */
export interface BookingConfirmParams {
  booking: BookingId;
  key: Key;
  purpose?: Purpose;
  /**
   * The office's pseudonym, no name
   */
  caseRef?: string;
  commune?: Insee;
  contact?: Contact;
}
export interface BookingConfirmResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Hold and confirm in one step
 */
export interface BookingCreateParams {
  facility: Id;
  key: Key;
  /**
   * @minItems 1
   * @maxItems 60
   */
  places: NewPlace[];
  /**
   * @minItems 1
   * @maxItems 60
   */
  children: NewChild[];
  care: Care;
  purpose: Purpose;
  /**
   * The office's pseudonym, no name
   */
  caseRef: string;
  /**
   * By default the account's only one
   */
  office?: Id;
  known?: boolean;
  commune?: Insee;
  contact?: Contact;
  /**
   * Allow a second booking of the same case and slot
   */
  force?: boolean;
}
export interface BookingCreateResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface BookingExtendParams {
  booking: BookingId;
  key: Key;
}
export interface BookingExtendResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface BookingGetParams {
  booking: BookingId;
}
export interface BookingGetResult {
  booking: Booking;
}
/**
 * Takes all places or none, for some minutes. Purpose and case are due at the confirmation at the latest
 */
export interface BookingHoldParams {
  facility: Id;
  key: Key;
  /**
   * @minItems 1
   * @maxItems 60
   */
  places: NewPlace[];
  /**
   * @minItems 1
   * @maxItems 60
   */
  children: NewChild[];
  care: Care;
  purpose?: Purpose;
  /**
   * The office's pseudonym, no name
   */
  caseRef?: string;
  /**
   * By default the account's only one
   */
  office?: Id;
  known?: boolean;
  commune?: Insee;
  contact?: Contact;
  /**
   * Allow a second booking of the same case and slot
   */
  force?: boolean;
}
export interface BookingHoldResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Of one facility or office; by default all of the account's own
 */
export interface BookingListParams {
  facility?: Id;
  office?: Id;
  from?: Day;
  to?: Day;
  /**
   * @minItems 1
   */
  states?: BookingState[];
  cursor?: string;
}
export interface BookingListResult {
  bookings: Booking[];
  /**
   * There is more
   */
  cursor?: string;
}
export interface BookingReleaseParams {
  booking: BookingId;
  key: Key;
}
export interface BookingReleaseResult {
  booking: Booking;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * Of one facility or office; by default all of the account's own
 */
export interface BookingSubscribeParams {
  facility?: Id;
  office?: Id;
  /**
   * Due where the account's facilities and offices are in several
   */
  territory?: TerritoryId;
  /**
   * Of the same filter; what came later is answered, or a snapshot
   */
  since?: Position;
}
export interface BookingSubscribeResult {
  subscription: Subscription;
  /**
   * Where the answer comes from: the log in memory, the log in the store, or all anew
   */
  source: 'memory' | 'log' | 'snapshot';
  epoch: Epoch;
  offset: Offset;
  asOf: Instant;
  storeAvailable: boolean;
  /**
   * true: only what changed since, last states; false: a snapshot
   */
  recovered: boolean;
  bookings: Booking[];
}
export interface BookingUnsubscribeParams {
  subscription: Subscription;
}
export interface BookingUnsubscribeResult {}
/**
 * What a manager decides of her own house; what `changes` leaves out stays as it is
 */
export interface FacilityConfigureParams {
  facility: Id;
  key: Key;
  changes: {
    /**
     * @maxItems 30
     */
    bring?: string[];
    access?: string;
    phone?: string;
    /**
     * @maxItems 200
     */
    closures?: Closure[];
    reservedFloor?: Count;
    arriveUntil?: TimeOfDay | null;
    mealCutoff?: TimeOfDay | null;
    week?: Week;
    publishWeeks?: PublishWeeks;
  };
  /**
   * Bookings that a closure hits are cancelled by the facility; else they are told, and nothing is done
   */
  force?: boolean;
}
export interface FacilityConfigureResult {
  facility: Facility;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface FacilityListParams {
  territory?: TerritoryId;
}
export interface FacilityListResult {
  facilities: Facility[];
  asOf: Instant;
  storeAvailable: boolean;
}
export interface FacilityRemoveParams {
  facility: Id;
  key: Key;
}
export interface FacilityRemoveResult {
  facility: Id;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface FacilityUpsertParams {
  territory: TerritoryId;
  key: Key;
  facility: NewFacility;
  /**
   * Bookings that do not fit any more are cancelled by the facility; else they are told, and nothing is done
   */
  force?: boolean;
}
export interface FacilityUpsertResult {
  facility: Facility;
  epoch: Epoch;
  offset: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
/**
 * A territory in one document; what it does not name stays as it is
 */
export interface ImportDocument {
  territory: {
    id: TerritoryId;
    name: string;
    timezone: string;
    /**
     * Has the public holidays of Alsace and Moselle too
     */
    alsaceMoselle?: boolean;
    /**
     * @maxItems 1000
     */
    communes?: Commune[];
  };
  /**
   * @maxItems 1000
   */
  offices?: NewOffice[];
  /**
   * @maxItems 1000
   */
  facilities?: NewFacility[];
  /**
   * What the territory has no longer: refused while it is in use
   */
  remove?: {
    /**
     * @maxItems 1000
     */
    offices?: Id[];
    /**
     * @maxItems 1000
     */
    communes?: Insee[];
  };
  cells?: ImportCell[];
}
export interface ServerDrainingNotification {
  reconnectAfterMs: number;
}
export interface SessionAuthenticateParams {
  token: string;
}
export interface SessionAuthenticateResult {
  user: User;
}
export interface SessionHelloParams {
  /**
   * Name of the program
   */
  client: string;
  version: string;
}
export interface SessionHelloResult {
  server: string;
  version: string;
  serverTime: Instant;
  user: User | null;
  territories: TerritoryName[];
  /**
   * null: no limit
   */
  limits: {
    frameBytes: number;
    frameBytesBeforeSignIn: number;
    batch: number;
    subscriptions: number;
    cells: number;
    places: number;
    /**
     * How long a place is held
     */
    holdSeconds: number;
    ratePerSecond: number | null;
    [k: string]: number | null;
  };
  storeAvailable: boolean;
}
export interface SignInResult {
  user: User;
}
export interface StoreChangedNotification {
  available: boolean;
}
export interface TerritoryGetParams {
  territory: TerritoryId;
}
export interface TerritoryImportParams {
  document: ImportDocument;
  dryRun?: boolean;
  /**
   * Bookings that do not fit any more are cancelled by their facility; else they are told, and nothing is done
   */
  force?: boolean;
  key?: Key;
}
export interface TerritoryImportResult {
  created: number;
  changed: number;
  skipped: number;
  /**
   * What was skipped and why, and what was taken but is most likely not meant
   */
  problems: {
    field: string;
    detail: string;
    /**
     * It was taken all the same
     */
    warning?: true;
  }[];
  dryRun?: boolean;
  epoch?: Epoch;
  offset?: Offset;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface TokenCreateParams {
  key: Key;
  name: string;
  account?: Account;
  /**
   * Of who asks
   */
  password: string;
}
export interface TokenCreateResult {
  /**
   * Shown once; absent when `replayed`
   */
  token?: string;
  id: string;
  expiresAt?: Instant;
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}
export interface TokenListParams {
  account?: Account;
}
export interface TokenListResult {
  tokens: Token[];
}
export interface TokenRevokeParams {
  key: Key;
  id: string;
}
export interface TokenRevokeResult {
  /**
   * The key was known: nothing was done again
   */
  replayed?: true;
}

/** What each method takes and answers. */
export interface Methods {
  /** Says who you are and what applies */
  'session.hello': { params: SessionHelloParams; result: SessionHelloResult };
  /** Signs in with a bearer token */
  'session.authenticate': { params: SessionAuthenticateParams; result: SessionAuthenticateResult };
  /** The counts of some days, once */
  'board.get': { params: BoardGetParams; result: BoardGetResult };
  /** The counts of some days, and what changes from then on */
  'board.subscribe': { params: BoardSubscribeParams; result: BoardSubscribeResult };
  /** Ends a subscription */
  'board.unsubscribe': { params: BoardUnsubscribeParams; result: BoardUnsubscribeResult };
  /** States counts: absolute, what software sends that knows them */
  'availability.set': { params: AvailabilitySetParams; result: AvailabilitySetResult };
  /** Changes counts by so many: relative, what a `+1` button sends */
  'availability.adjust': { params: AvailabilityAdjustParams; result: AvailabilityAdjustResult };
  /** Says that the counts of these days are true as they stand */
  'availability.confirm': { params: AvailabilityConfirmParams; result: AvailabilityConfirmResult };
  /** Closes half-days, days or a span, and cancels what is booked there */
  'availability.close': { params: AvailabilityCloseParams; result: AvailabilityCloseResult };
  /** Takes a closing back: the counts are open again as they were */
  'availability.reopen': { params: AvailabilityReopenParams; result: AvailabilityReopenResult };
  /** How many places the law lets open, with these adults and children there */
  'availability.advise': { params: AvailabilityAdviseParams; result: AvailabilityAdviseResult };
  /** Puts a typical week on the weeks to come; what is taken is never lowered */
  'availability.applyWeek': { params: AvailabilityApplyWeekParams; result: AvailabilityApplyWeekResult };
  /** Who changed the counts of a day, from what to what */
  'availability.history': { params: AvailabilityHistoryParams; result: AvailabilityHistoryResult };
  /** Keeps places for some minutes: all or none */
  'booking.hold': { params: BookingHoldParams; result: BookingHoldResult };
  /** Hold and confirm in one */
  'booking.create': { params: BookingCreateParams; result: BookingCreateResult };
  /** Makes a hold a booking, with what it left open */
  'booking.confirm': { params: BookingConfirmParams; result: BookingConfirmResult };
  /** Five minutes more for a hold, up to thirty in all */
  'booking.extend': { params: BookingExtendParams; result: BookingExtendResult };
  /** Gives the places of a hold back */
  'booking.release': { params: BookingReleaseParams; result: BookingReleaseResult };
  /** « C’est noté »: the facility has seen the booking */
  'booking.acknowledge': { params: BookingAcknowledgeParams; result: BookingAcknowledgeResult };
  /** Ends a booking, or some of its places */
  'booking.cancel': { params: BookingCancelParams; result: BookingCancelResult };
  /** Whether the child came; `null` takes it back */
  'booking.attendance': { params: BookingAttendanceParams; result: BookingAttendanceResult };
  /** One booking */
  'booking.get': { params: BookingGetParams; result: BookingGetResult };
  /** Bookings, by facility or by office */
  'booking.list': { params: BookingListParams; result: BookingListResult };
  /** Bookings to come, and what changes from then on */
  'booking.subscribe': { params: BookingSubscribeParams; result: BookingSubscribeResult };
  /** Ends a subscription */
  'booking.unsubscribe': { params: BookingUnsubscribeParams; result: BookingUnsubscribeResult };
  /** The facilities of a territory, or of all that the account sees */
  'facility.list': { params: FacilityListParams; result: FacilityListResult };
  /** Changes what a manager decides of her own house */
  'facility.configure': { params: FacilityConfigureParams; result: FacilityConfigureResult };
  /** Creates or replaces one facility */
  'facility.upsert': { params: FacilityUpsertParams; result: FacilityUpsertResult };
  /** Takes a facility out of its territory, if no booking of it is to come */
  'facility.remove': { params: FacilityRemoveParams; result: FacilityRemoveResult };
  /** A territory, its communes and offices */
  'territory.get': { params: TerritoryGetParams; result: TerritoryGetResult };
  /** Takes in an [import document](#import-document) */
  'territory.import': { params: TerritoryImportParams; result: TerritoryImportResult };
  /** Answers a one-time `code` with which the person sets a password */
  'account.create': { params: AccountCreateParams; result: AccountCreateResult };
  /** All accounts */
  'account.list': { params: AccountListParams; result: AccountListResult };
  /** Name, phone, roles, scope; `disabled: true` ends live sessions */
  'account.update': { params: AccountUpdateParams; result: AccountUpdateResult };
  /** A new one-time code */
  'account.resetPassword': { params: AccountResetPasswordParams; result: AccountResetPasswordResult };
  /** One's own password */
  'account.password': { params: AccountPasswordParams; result: AccountPasswordResult };
  /** A bearer token for a year: one's own, an administrator's for others too */
  'token.create': { params: TokenCreateParams; result: TokenCreateResult };
  /** The tokens, without their secrets */
  'token.list': { params: TokenListParams; result: TokenListResult };
  /** Ends a token, and within a second its live sessions */
  'token.revoke': { params: TokenRevokeParams; result: TokenRevokeResult };
}

/** What each notification carries. */
export interface Notifications {
  'board.delta': BoardDeltaNotification;
  'board.facilities': BoardFacilitiesNotification;
  'board.reset': BoardResetNotification;
  'booking.changed': BookingChangedNotification;
  'store.changed': StoreChangedNotification;
  'server.draining': ServerDrainingNotification;
}

/** The methods that change something: each call carries a `key`. */
export const mutatingMethods = [
  'availability.set',
  'availability.adjust',
  'availability.confirm',
  'availability.close',
  'availability.reopen',
  'availability.applyWeek',
  'booking.hold',
  'booking.create',
  'booking.confirm',
  'booking.extend',
  'booking.release',
  'booking.acknowledge',
  'booking.cancel',
  'booking.attendance',
  'facility.configure',
  'facility.upsert',
  'facility.remove',
  'territory.import',
  'account.create',
  'account.update',
  'account.resetPassword',
  'account.password',
  'token.create',
  'token.revoke',
] as const;
