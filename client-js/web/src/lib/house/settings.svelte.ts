// What a manager decides of a house of hers: read with what others are not shown, and changed.
import type { CallParams } from '@placette/client';
import { tell } from '../app/problems';
import { session } from '../app/session.svelte';
import type { Facility } from '../types';

export type HouseChanges = CallParams<'facility.configure'>['changes'];

export class Settings {
  /** null: not read yet, or refused. */
  facility = $state.raw<Facility | null>(null);
  refused = $state('');
  #turn = 0;

  /** Also when somebody else has changed it. */
  async read(id: string): Promise<void> {
    const turn = ++this.#turn;
    if (this.facility?.id !== id) this.facility = null;
    this.refused = '';
    try {
      const { facilities } = await session.client.call('facility.list', { territory: session.territory!.id });
      if (turn === this.#turn) this.facility = facilities.find((one) => one.id === id) ?? null;
    } catch (error) {
      if (turn === this.#turn) this.refused = tell(error);
    }
  }

  /** `force`: bookings that a closure hits are cancelled by the facility. */
  async change(changes: HouseChanges, force = false): Promise<void> {
    if (!this.facility) return;
    const { id } = this.facility;
    const { facility } = await session.change('facility.configure', {
      facility: id,
      changes,
      ...(force && { force }),
    });
    this.#turn++;
    if (this.facility?.id === id) this.facility = facility;
  }
}
