import { cellKey } from './cell.js';
import { addDays, dayIn, nextMidnight } from './clock.js';
import type {
  BoardDeltaNotification,
  BoardGetResult,
  BoardSubscribeParams,
  BoardSubscribeResult,
  Cell,
  Facility,
  Position,
} from './generated/messages.js';
import type { Line, Notification } from './line.js';
import { Live, type LiveEvents, type State } from './live.js';
import { putNewer } from './versions.js';

type Window = Omit<BoardSubscribeParams, 'since'>;

export interface BoardFilter {
  territory: string;
  /** 1 to 31. */
  days: number;
  /** The first day; with `today` (the default) the window moves at the territory's midnight. */
  from?: string;
  /** By default all of the territory. */
  facilities?: string[];
}

export interface CellChange {
  cell: Cell;
  previous: Cell | undefined;
}

export type BoardEvents = LiveEvents & {
  change: [changes: CellChange[]];
  /** The list of facilities has changed. */
  facilities: [facilities: Facility[]];
  /** Of a snapshot that is on its way: bytes that have come, and of how many if that is known. */
  progress: [received: number, total: number | undefined];
};

/** A board as it was, to be kept as JSON and given to `watchBoard` after a reload. */
export interface BoardDump extends Position {
  format: 1;
  filter: BoardFilter & { from: string };
  /** Until when it was known to be true. */
  asOf: string;
  facilities: Facility[];
  cells: Cell[];
}

/** Everybody comes back for the new day within a minute of midnight, not at once. */
const midnightJitter = 60_000;

/** The places of a territory over some days, kept true. */
export class LiveBoard extends Live<Window, BoardSubscribeResult, BoardEvents> {
  facilities: Facility[] = [];
  /** By `cellKey`. */
  readonly cells = new Map<string, Cell>();
  /** The first day of the window. */
  from: string | undefined;
  readonly #wanted: BoardFilter;
  #midnight: ReturnType<typeof setTimeout> | undefined;

  /** Made by `client.watchBoard`. */
  constructor(line: Line, filter: BoardFilter, dump?: BoardDump) {
    super(line, 'board');
    this.#wanted = filter;
    this.on('status', (status) => (status === 'closed' || status === 'refused') && clearTimeout(this.#midnight));
    if (dump?.format === 1 && isOf(dump.filter, filter)) this.#refill(dump);
    line.join(this);
  }

  /** What is known now; undefined: nothing yet. */
  dump(): BoardDump | undefined {
    const { epoch, offset, from, facilities } = this;
    if (epoch === undefined || from === undefined) return undefined;
    const asOf = this.status === 'live' ? new Date(this.line.heardAt()).toISOString() : this.asOf!;
    const cells = [...this.cells.values()];
    return { format: 1, filter: { ...this.#window(from) }, epoch, offset, asOf, facilities, cells };
  }

  /** The cell of a section in a period of a day; undefined: nothing was ever stated. */
  cell(facility: string, date: string, period: string, section: string): Cell | undefined {
    return this.cells.get(cellKey({ facility, date, period, section }));
  }

  protected filter(): Window {
    const { from = 'today' } = this.#wanted;
    return this.#window(from === 'today' ? dayIn(this.#timezone(), this.line.serverNow()) : from);
  }

  #window(from: string): Window {
    const { territory, days, facilities } = this.#wanted;
    return {
      territory,
      from,
      days,
      ...(facilities && { facilities: [...facilities].sort() }), // equal filters are written alike
    };
  }

  protected take(reply: State<BoardSubscribeResult>, window: Window, sameEpoch: boolean): void {
    this.from = window.from;
    this.#awaitMidnight();
    this.#takeFacilities(reply.facilities);
    if (reply.recovered) return this.#merge(reply.cells);
    // A snapshot may be a little older than the last delta: what is newer stays.
    const kept = sameEpoch ? [...this.cells.values()].filter((cell) => this.#shows(cell)) : [];
    const all = [...kept, ...reply.cells];
    this.cells.clear();
    for (const cell of all) putNewer(this.cells, cellKey(cell), cell);
    this.emit('reset');
  }

  protected override read(window: Window, closing: AbortSignal): Promise<BoardGetResult | undefined> {
    return this.line.readBoard(window, closing, (received, total) => this.emit('progress', received, total));
  }

  protected apply({ method, params }: Notification): void {
    if (method === 'board.delta') this.#applyDelta(params);
    if (method === 'board.facilities') this.#takeFacilities(params.facilities);
  }

  #refill(dump: BoardDump): void {
    this.from = dump.filter.from;
    this.facilities = dump.facilities;
    for (const cell of dump.cells) this.cells.set(cellKey(cell), cell);
    this.restore(this.#window(dump.filter.from), dump);
  }

  #applyDelta(delta: BoardDeltaNotification): void {
    if (delta.epoch !== this.epoch || delta.from > this.offset) return this.missed();
    if (delta.offset <= this.offset) return;
    this.offset = delta.offset;
    this.#merge(delta.cells);
  }

  #merge(cells: Cell[]): void {
    const changes: CellChange[] = [];
    for (const cell of cells) {
      const put = putNewer(this.cells, cellKey(cell), cell);
      if (put) changes.push({ cell, previous: put.previous });
    }
    if (changes.length > 0) this.emit('change', changes);
  }

  #takeFacilities(facilities: Facility[]): void {
    if (JSON.stringify(facilities) === JSON.stringify(this.facilities)) return;
    this.facilities = facilities;
    this.emit('facilities', facilities);
  }

  #shows(cell: Cell): boolean {
    const { from = '' } = this;
    return from <= cell.date && cell.date < addDays(from, this.#wanted.days);
  }

  #awaitMidnight(): void {
    clearTimeout(this.#midnight);
    if ((this.#wanted.from ?? 'today') !== 'today') return;
    const now = this.line.serverNow();
    const wait = nextMidnight(this.#timezone(), now) - now + this.line.random() * midnightJitter;
    this.#midnight = setTimeout(() => this.follow(), wait);
  }

  #timezone(): string {
    return this.line.timezone(this.#wanted.territory);
  }
}

/** Whether a dump is of this board, perhaps of a day before. */
function isOf(
  dumped: BoardFilter & { from: string },
  { territory, days, from = 'today', facilities }: BoardFilter,
): boolean {
  const names = (list: string[] | undefined) => [...(list ?? [])].sort().join();
  return (
    dumped.territory === territory &&
    dumped.days === days &&
    names(dumped.facilities) === names(facilities) &&
    (from === 'today' || dumped.from === from)
  );
}
