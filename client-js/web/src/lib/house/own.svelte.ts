// The house of who is signed in: their pages come and go, what is known of it, and what was just done there, stays.
import { session } from '../app/session.svelte';
import { House } from './house.svelte';

class Own {
  /** null: nobody is here, or nobody who manages a facility of this territory. */
  house = $state.raw<House | null>(null);
  #of = { name: '', client: session.client };
  #stop = () => {};

  /** To be called when somebody else is here, or in another territory. */
  follow(): void {
    const { user, territory, facilities, client } = session;
    const isManager = user?.roles.includes('manager');
    const mine = isManager ? facilities.filter(({ id }) => user?.facilities.includes(id)) : [];
    const name = [user?.id, territory?.id, ...mine.map(({ id }) => id)].join();
    if (name === this.#of.name && client === this.#of.client) return;
    this.#of = { name, client };
    this.house?.close();
    this.#stop();
    this.house = null;
    this.#stop = $effect.root(() => {
      if (territory && mine.length > 0) this.house = new House(territory.id, mine);
    });
  }
}

export const own = new Own();
