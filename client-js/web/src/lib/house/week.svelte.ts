// A week of one facility on screen: the counts that are recorded, what is typed over them, and what was just published.
import { cellKey } from '@placette/client';
import { Board } from '../board/board.svelte';
import { clock } from '../time/clock.svelte';
import { opensOn, type SlotName } from '../places/facilities';
import { livingCells } from './freshness';
import { isProblem } from '../app/problems';
import { session } from '../app/session.svelte';
import { typicalOn } from './typical';
import type { Cell, Facility } from '../types';
import type { House } from './house.svelte';
import {
  changesOf,
  copied,
  countsOn,
  isStatedCell,
  isTypeable,
  weekOf,
  type Count,
  type CountName,
  type Typed,
} from './week';

export class Week {
  facility = $derived.by(() => this.house.facility);
  monday = $state('');
  board = $state.raw<Board>()!;
  /** What was published last, as it was before: to take it back. */
  published = $state.raw<{ facility: Facility; before: Count[]; count: number; kept: Count[] } | null>(null);

  /** Half-days for which more was typed than the law lets be there at once: published only if the manager insists. */
  overCapacity = $state.raw<SlotName[]>([]);

  dates = $derived(weekOf(this.monday).filter((date) => opensOn(this.facility, date)));
  names = $derived(countsOn(this.facility, this.dates));
  changes = $derived(
    changesOf(
      this.names.filter((name) => this.canType(name)),
      (name) => this.house.typed.get(this.#key(name)),
      (name) => this.cell(name),
    ),
  );

  constructor(
    readonly house: House,
    monday: string,
  ) {
    this.show(monday);
  }

  show(monday: string): void {
    if (monday === this.monday) return;
    this.board?.close();
    this.monday = monday;
    this.overCapacity = [];
    const facilities = this.house.facilities.map(({ id }) => id);
    this.board = new Board({ territory: session.territory!.id, from: monday, days: 7, facilities });
  }

  close(): void {
    this.board.close();
  }

  cell(name: CountName): Cell | undefined {
    return this.board.cell(this.facility.id, name.date, name.period, name.section);
  }

  /** The stated counts that are not over. */
  get cells(): Cell[] {
    const read = ({ date, period }: SlotName, section: string) => this.cell({ date, period, section });
    return livingCells(this.facility, this.dates, read, clock.zone, clock.slow);
  }

  canType(name: CountName): boolean {
    return isTypeable(this.facility, name, clock.zone, clock.slow) && !this.cell(name)?.closed;
  }

  /** Something of the day is closed by hand, and not over. */
  isClosedOn(date: string): boolean {
    return countsOn(this.facility, [date]).some(
      (name) => this.cell(name)?.closed && isTypeable(this.facility, name, clock.zone, clock.slow),
    );
  }

  /** All of it is. */
  isOver(date: string): boolean {
    return !this.names.some((name) => name.date === date && isTypeable(this.facility, name, clock.zone, clock.slow));
  }

  /** As it will be when it is published; null: nobody says. */
  planned(name: CountName): Typed | null {
    const [typed, cell] = [this.typed(name), this.cell(name)];
    if (!typed && !isStatedCell(cell)) return null;
    return { open: typed?.open ?? cell?.open ?? 0, reserved: typed?.reserved ?? cell?.reserved ?? 0 };
  }

  typed(name: CountName): Typed | undefined {
    return this.house.typed.get(this.#key(name));
  }

  type(name: CountName, { open, reserved }: Typed): void {
    const key = this.#key(name);
    this.overCapacity = [];
    if (open === undefined && reserved === undefined) this.house.typed.delete(key);
    else this.house.typed.set(key, { open, reserved });
  }

  /** How many counts of the other days are typed over. */
  copyDay(from: string, to: readonly string[]): number {
    const copies = copied(this.facility, from, to, (name) => this.planned(name)).filter(({ name }) =>
      this.canType(name),
    );
    for (const { name, typed } of copies) this.type(name, typed);
    return copies.length;
  }

  /** Where the typical week says something else than what is planned. */
  #differing(typical: Facility): { name: CountName; typed: Typed }[] {
    return this.names
      .filter((name) => this.canType(name))
      .flatMap((name) => {
        const usual = typicalOn(typical, name, name.section);
        const now = this.planned(name);
        if (!usual || (now?.open === usual.open && now.reserved === (usual.reserved ?? now.reserved))) return [];
        return [{ name, typed: { open: usual.open, reserved: usual.reserved } }];
      });
  }

  differencesFrom(typical: Facility): number {
    return this.#differing(typical).length;
  }

  /** Types the typical week; how many counts differed. */
  fill(typical: Facility): number {
    const all = this.#differing(typical);
    for (const { name, typed } of all) this.type(name, typed);
    return all.length;
  }

  async publish(insist = false): Promise<void> {
    const { facility, changes } = this;
    this.overCapacity = [];
    try {
      await this.#record(facility, changes.counts, insist);
    } catch (error) {
      if (isProblem(error, 'over_capacity')) this.overCapacity = slotsOf(error.cells ?? []);
      throw error;
    }
    this.published = { facility, before: changes.before, count: changes.counts.length, kept: changes.kept };
    this.forget();
  }

  async takeBack(): Promise<void> {
    if (!this.published) return;
    await this.#record(this.published.facility, this.published.before);
    this.published = null;
  }

  /** What is typed in this week and not published. */
  forget(): void {
    this.overCapacity = [];
    for (const name of this.names) this.house.typed.delete(this.#key(name));
  }

  /** To insist is to insist on what is seen: not on what somebody has changed meanwhile. */
  async #record(facility: Facility, counts: Count[], insist = false): Promise<void> {
    if (counts.length === 0) return;
    const cells = insist
      ? counts.map((count) => ({ ...count, expectedVersion: this.cell(count)?.version ?? 0 }))
      : counts;
    await session.change('availability.set', { facility: facility.id, cells, ...(insist && { force: true }) });
  }

  #key(name: CountName): string {
    return cellKey({ facility: this.facility.id, ...name });
  }
}

/** Each once. */
function slotsOf(cells: readonly SlotName[]): SlotName[] {
  return [...new Map(cells.map(({ date, period }) => [`${date} ${period}`, { date, period }])).values()];
}
