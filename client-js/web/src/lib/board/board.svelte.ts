// The live board as the pages read it: reactive, freezable, aware of what has just changed.
import { cellKey, type CellChange, type LiveBoard } from '@placette/client';
import { clock } from '../time/clock.svelte';
import { Cells } from './cells.svelte';
import { keepBoard } from './kept-board';
import { Gathered } from './gathered';
import { Marks } from './marks.svelte';
import { session } from '../app/session.svelte';
import { ViewState } from '../app/views.svelte';
import type { Cell, Facility } from '../types';

interface Frozen {
  at: number;
  cells: ReadonlyMap<string, Cell>;
}

export class Board {
  facilities = $state.raw<Facility[]>([]);
  #cells = new Cells();
  marks = new Marks(this.#cells);
  /** Called with what changes while the board is not frozen: for those who want it read aloud. */
  onChange: ((cells: Cell[]) => void) | null = null;
  /** Called when a snapshot has replaced all: what was known beside the board no longer counts. */
  onReset: (() => void) | null = null;
  view: ViewState;
  /** A first state can be shown. */
  ready = $state(false);
  #frozen = $state.raw<Frozen | null>(null);
  #changedSince = $state.raw<ReadonlySet<string>>(new Set());
  #live: LiveBoard;
  #stop: (() => void)[] = [];
  #changes = new Gathered<string>((keys) => this.#take(keys));

  constructor(filter: { territory: string; days: number; facilities?: string[]; from?: string }) {
    const { territory, facilities = [], from = 'today' } = filter;
    // What is far away is not kept on this device.
    const name = from === 'today' ? ['board', territory, ...facilities].join('-') : '';
    this.#live = session.client.watchBoard({ ...filter, from }, session.lastBoards.get(name));
    this.view = new ViewState(this.#live);
    this.#stop = [
      this.#live.on('change', (changes: CellChange[]) => this.#changes.add(changes.map(({ cell }) => cellKey(cell)))),
      this.#live.on('reset', () => {
        this.onReset?.();
        this.#takeAll();
      }),
      this.#live.on('facilities', (facilities) => (this.facilities = facilities)),
      this.#live.on('status', () => this.#follow()),
    ];
    this.#takeAll();
    this.#follow();
    if (name) this.#stop.push(keepBoard(name, this.#live));
  }

  get frozenAt(): number | null {
    return this.#frozen?.at ?? null;
  }

  get changesSinceFrozen(): number {
    return this.#changedSince.size;
  }

  cell(facility: string, date: string, period: string, section: string): Cell | undefined {
    return (this.#frozen?.cells ?? this.#cells).get(cellKey({ facility, date, period, section }));
  }

  freeze(): void {
    this.#frozen = { at: clock.now(), cells: this.#cells.copy() };
    this.#changedSince = new Set();
    this.marks.clear();
  }

  resume(): void {
    const changed = [...this.#changedSince];
    this.#frozen = null;
    this.#changedSince = new Set();
    if (changed.length > 0) this.marks.add(changed, () => this.#whoseUpdate(changed));
  }

  close(): void {
    this.#stop.forEach((stop) => stop());
    this.#changes.stop();
    this.view.close();
    this.#live.close();
  }

  #follow(): void {
    this.facilities = this.#live.facilities;
    this.ready ||= this.#live.status === 'live' || this.#live.status === 'stale';
  }

  #takeAll(): void {
    const keys = [...this.#live.cells.keys()];
    const changed = this.ready ? keys.filter((key) => this.#isNews(key)) : [];
    this.#cells.replace(this.#live.cells);
    this.#tell(changed);
  }

  #take(keys: Iterable<string>): void {
    const changed: string[] = [];
    for (const key of keys) {
      const cell = this.#live.cells.get(key);
      if (!cell) continue;
      if (this.#isNews(key)) changed.push(key);
      this.#cells.set(key, cell);
    }
    if (this.ready) this.#tell(changed);
  }

  #isNews(key: string): boolean {
    const [before, after] = [this.#cells.get(key), this.#live.cells.get(key)];
    return before !== undefined && after !== undefined && looksDifferent(before, after);
  }

  #tell(keys: readonly string[]): void {
    if (keys.length === 0) return;
    if (this.#frozen) {
      this.#changedSince = new Set([...this.#changedSince, ...keys]);
      return;
    }
    this.marks.add(keys, () => this.#whoseUpdate(keys));
    this.onChange?.(keys.flatMap((key) => this.#cells.get(key) ?? []));
  }

  #whoseUpdate(keys: readonly string[]): string {
    const who = new Set(keys.map((key) => key.split('/')[0]!));
    const names = this.facilities.filter((facility) => who.has(facility.id)).map((facility) => facility.name);
    return names.length === 1
      ? `${names[0]} a mis ses places à jour.`
      : `${names.length} structures ont mis leurs places à jour.`;
  }
}

function looksDifferent(before: Cell, after: Cell): boolean {
  return (
    before.free.vip !== after.free.vip ||
    before.free.other !== after.free.other ||
    before.held !== after.held ||
    before.closed !== after.closed
  );
}
