// A week of one facility on screen: the counts that are recorded, what is typed over them, and what was just published.
import { cellKey } from '@placette/client';
import { Board } from '../board/board.svelte';
import { clock } from '../time/clock.svelte';
import { opensOn, type SlotName } from '../places/facilities';
import { livingCells } from './freshness';
import { session } from '../app/session.svelte';
import type { Cell, Facility } from '../types';
import type { House } from './house.svelte';
import { changesOf, copied, countsOn, isStatedCell, isTypeable, weekOf, type Count, type CountName, type Typed } from './week';

export class Week {
  facility = $derived.by(() => this.house.facility);
  monday = $state('');
  board = $state.raw<Board>()!;
  /** What was published last, as it was before: to take it back. */
  published = $state.raw<{ facility: Facility; before: Count[]; count: number; kept: Count[] } | null>(null);

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

  async publish(): Promise<void> {
    const { facility, changes } = this;
    await this.#record(facility, changes.counts);
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
    for (const name of this.names) this.house.typed.delete(this.#key(name));
  }

  async #record(facility: Facility, cells: Count[]): Promise<void> {
    if (cells.length > 0) await session.change('availability.set', { facility: facility.id, cells });
  }

  #key(name: CountName): string {
    return cellKey({ facility: this.facility.id, ...name });
  }
}
