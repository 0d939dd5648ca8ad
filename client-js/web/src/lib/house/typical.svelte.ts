// A typical week on screen: as it is recorded, and what is typed over it.
import { SvelteMap } from 'svelte/reactivity';
import { keyOf, typicalNames, weekFrom, type TypicalName, type WeekCount, type Weekday } from './typical';
import type { Typed } from './week';
import type { Facility } from '../types';

export class TypicalWeek {
  #typed = new SvelteMap<string, Typed>();
  #stored = $derived(new Map((this.facility.week ?? []).map((one) => [keyOf(one), one])));
  names = $derived(typicalNames(this.facility));
  week = $derived(weekFrom(this.names, (name) => this.read(name)));
  isChanged = $derived(JSON.stringify(this.week) !== JSON.stringify(weekFrom(this.names, (name) => this.stored(name))));

  constructor(private readonly given: () => Facility) {}

  get facility(): Facility {
    return this.given();
  }

  stored(name: TypicalName): Typed {
    const { open, reserved } = this.#stored.get(keyOf(name)) ?? {};
    return { open, reserved };
  }

  read(name: TypicalName): Typed {
    return this.#typed.get(keyOf(name)) ?? this.stored(name);
  }

  type(name: TypicalName, typed: Typed): void {
    this.#typed.set(keyOf(name), typed);
  }

  /** Where the other days have the same half-days. */
  copyToAll(from: Weekday): void {
    for (const name of this.names) {
      const source = { ...name, day: from };
      const isThere = this.names.some((one) => keyOf(one) === keyOf(source));
      if (name.day !== from && isThere) this.type(name, { ...this.read(source) });
    }
  }

  fill(week: readonly WeekCount[]): void {
    for (const name of this.names) {
      const found = week.find((one) => keyOf(one) === keyOf(name));
      if (found) this.type(name, { open: found.open, reserved: found.reserved });
    }
  }

  forget(): void {
    this.#typed.clear();
  }
}
