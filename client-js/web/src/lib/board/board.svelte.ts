// The live board as the pages read it: reactive, freezable, aware of what has just changed.
import { cellKey, type LiveBoard } from '@placette/client';
import { clock } from '../time/clock.svelte';
import { Marks } from './marks.svelte';
import { session } from '../app/session.svelte';
import { ViewState } from '../app/views.svelte';
import type { Cell, Facility } from '../types';

interface Frozen {
  at: number;
  cells: ReadonlyMap<string, Cell>;
  changed: Set<string>;
}

const noCells: ReadonlyMap<string, Cell> = new Map();

export class Board {
  facilities = $state.raw<Facility[]>([]);
  marks = new Marks();
  /** Called with what changes while the board is not frozen: for those who want it read aloud. */
  onChange: ((cells: Cell[]) => void) | null = null;
  /** Called when a snapshot has replaced all: what was known beside the board no longer counts. */
  onReset: (() => void) | null = null;
  view: ViewState;
  /** A first state can be shown. */
  ready = $state(false);
  #cells = $state.raw(noCells);
  #frozen = $state.raw<Frozen | null>(null);
  #live: LiveBoard;
  #stop: (() => void)[] = [];
  #refreshQueued = false;

  constructor(filter: { territory: string; days: number; facilities?: string[] }) {
    this.#live = session.client.watchBoard({ ...filter, from: 'today' });
    this.view = new ViewState(this.#live);
    this.#stop = [
      this.#live.on('change', () => this.#refreshSoon()),
      this.#live.on('reset', () => {
        this.onReset?.();
        this.#refreshSoon();
      }),
      this.#live.on('facilities', () => this.#refreshSoon()),
      this.#live.on('status', () => this.#refreshSoon()),
    ];
    this.#refresh();
  }

  get frozenAt(): number | null {
    return this.#frozen?.at ?? null;
  }

  get changesSinceFrozen(): number {
    return this.#frozen?.changed.size ?? 0;
  }

  cell(facility: string, date: string, period: string, section: string): Cell | undefined {
    return (this.#frozen?.cells ?? this.#cells).get(cellKey({ facility, date, period, section }));
  }

  freeze(): void {
    const changed = new Set<string>();
    this.#frozen = { at: clock.now(), cells: this.#cells, changed };
    this.marks.clear();
  }

  resume(): void {
    const changed = [...(this.#frozen?.changed ?? [])];
    this.#frozen = null;
    if (changed.length > 0) this.marks.add(changed, () => this.#whoseUpdate(changed));
  }

  close(): void {
    this.#stop.forEach((stop) => stop());
    this.view.close();
    this.#live.close();
  }

  // A storm of deltas costs one pass a frame.
  #refreshSoon(): void {
    if (this.#refreshQueued) return;
    this.#refreshQueued = true;
    setTimeout(() => {
      this.#refreshQueued = false;
      this.#refresh();
    }, 16);
  }

  #refresh(): void {
    const before = this.#cells;
    const after = new Map(this.#live.cells);
    this.#cells = after;
    this.facilities = this.#live.facilities;
    if (this.ready) this.#note(before, after);
    this.ready = this.#live.status === 'live' || this.ready;
  }

  #note(before: ReadonlyMap<string, Cell>, after: ReadonlyMap<string, Cell>): void {
    const changed = [...after].filter(([id, cell]) => before.has(id) && looksDifferent(before.get(id)!, cell));
    const ids = changed.map(([id]) => id);
    if (ids.length === 0) return;
    if (this.#frozen) {
      const all = new Set([...this.#frozen.changed, ...ids]);
      this.#frozen = { ...this.#frozen, changed: all };
      return;
    }
    this.marks.add(ids, () => this.#whoseUpdate(ids));
    this.onChange?.(changed.map(([, cell]) => cell));
  }

  #whoseUpdate(ids: readonly string[]): string {
    const who = new Set(ids.map((id) => id.split('/')[0]!));
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
