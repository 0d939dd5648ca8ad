// Who is signed in, and the one live connection that all pages share.
import { type BoardDump, type CallParams, type Methods, PlacetteClient, uuidv7 } from '@placette/client';
import { clock } from '../time/clock.svelte';
import { forgetLast, keepLast, readLast, readLastBoards } from './last-known';
import { settle } from './settle';
import { signIn, SignInRefused, signOut, type Credentials } from './sign-in';
import type { Facility, Office, Territory, TerritoryName, User } from '../types';

/** After that it is said that the outcome is not known, and asked again. */
const answerWithinMs = 8_000;
/** Who has waited so long for the server is shown what is known from before. */
const lastKnownAfterMs = 2_500;
/** Where no WebSocket passes, the server is asked so often what has changed. */
const pollEveryMs = 5_000;

/** What is needed to open the pages without a server. */
interface LastKnown {
  user: User;
  territories: TerritoryName[];
  territory: Territory;
  facilities: Facility[];
}

class Session {
  /** undefined: not known yet; null: nobody. */
  user = $state.raw<User | null | undefined>(undefined);
  territories = $state.raw<TerritoryName[]>([]);
  /** The territory on screen, with its communes and offices. */
  territory = $state.raw<Territory | null>(null);
  facilities = $state.raw<Facility[]>([]);
  online = $state(false);
  storeAvailable = $state(true);
  /** What is shown is asked for anew every so many ms; null: changes come by themselves. */
  pollMs = $state<number | null>(null);
  /** Boards as this device has seen them last, while there is no connection to read them anew. */
  lastBoards: ReadonlyMap<string, BoardDump> = new Map();
  /** How long this server holds a place; null: it has not told yet. */
  holdMs = $state<number | null>(null);
  /** Changes of which it is not known whether they were made. */
  unsure = $state(0);
  client = this.#newClient();

  isManager = $derived(this.user?.roles.includes('manager') ?? false);
  isWorker = $derived(this.user?.roles.includes('worker') ?? false);
  /** The person's offices that serve the territory on screen. */
  offices = $derived((this.user?.offices ?? []).flatMap((id) => this.office(id) ?? []));

  /** Connects with the cookie, if there is one; afterwards `user` says who it belongs to. */
  async start(): Promise<void> {
    const { client } = this;
    const late = setTimeout(() => void this.#openOnLast(), lastKnownAfterMs);
    try {
      const hello = await client.connect();
      this.territories = hello.territories;
      this.holdMs = hello.limits.holdSeconds * 1000;
      const first = hello.territories[0];
      if (hello.user && first) await this.show(first.id);
      this.user = hello.user;
    } catch {
      this.user = null;
    }
    clearTimeout(late);
    this.lastBoards = new Map();
    this.#keepLast();
    if (!this.user) client.close();
  }

  /** Without an answer: what this device knew last, to be read only. The connection is tried for meanwhile. */
  async #openOnLast(): Promise<void> {
    const [last, boards] = [await readLast<LastKnown>('session'), await readLastBoards()];
    if (!last || this.user !== undefined) return;
    this.lastBoards = boards;
    this.territories = last.territories;
    clock.zone = last.territory.timezone;
    this.territory = last.territory;
    this.facilities = last.facilities;
    this.user = last.user;
  }

  #keepLast(): void {
    const { user, territories, territory, facilities } = this;
    const last = user && territory && { user, territories, territory, facilities };
    void (last ? keepLast('session', last) : forgetLast()).catch(() => undefined);
  }

  async signIn(credentials: Credentials): Promise<void> {
    await signIn(credentials);
    this.client.close();
    this.client = this.#newClient();
    await this.start();
    if (!this.user) throw new SignInRefused('La connexion n’a pas abouti. Réessayez dans un instant.');
  }

  async signOut(): Promise<void> {
    await signOut();
    this.#forget();
    this.client.close();
  }

  /** Changes something, once, and answers when it is known what became of it. */
  async change<Method extends keyof Methods>(
    method: Method,
    params: CallParams<Method>,
  ): Promise<Methods[Method]['result']> {
    const { client } = this;
    const keyed = { key: uuidv7(), ...params };
    let unsure = false;
    const onUnsure = () => {
      unsure = true;
      this.unsure += 1;
    };
    try {
      return await settle(() => client.call(method, keyed, { timeoutMs: answerWithinMs }), { onUnsure });
    } finally {
      if (unsure) this.unsure -= 1;
    }
  }

  office(id: string): Office | undefined {
    return this.territory?.offices.find((office) => office.id === id);
  }

  facility(id: string): Facility | undefined {
    return this.facilities.find((facility) => facility.id === id);
  }

  async show(territory: string): Promise<void> {
    const [detail, { facilities }] = await Promise.all([
      this.client.call('territory.get', { territory }),
      this.client.call('facility.list', { territory }),
    ]);
    clock.zone = detail.timezone;
    this.territory = detail;
    this.facilities = facilities;
  }

  #newClient(): PlacetteClient {
    const client = new PlacetteClient({ url: location.origin, client: 'placette-web', timing: { poll: pollEveryMs } });
    client.on('state', (state, { transport }) => {
      this.online = state === 'online';
      if (transport) this.pollMs = transport === 'polling' ? pollEveryMs : null;
    });
    client.on('hello', () => clock.set(client.serverNow()));
    client.on('storeAvailable', (available) => (this.storeAvailable = available));
    client.on('user', (user) => {
      if (user === null) client.close();
      else if (this.user && this.user.id !== user.id) void this.#startAnew();
    });
    client.on('close', () => {
      if (client !== this.client) return;
      // Signed out, or somebody else has signed in beside this page: the cookie says which.
      if (this.user) void this.#startAnew();
      else this.#forget();
    });
    return client;
  }

  /** Somebody else has signed in beside this page: all that was the first person's ends, their calls too. */
  async #startAnew(): Promise<void> {
    const before = this.client;
    this.client = this.#newClient();
    before.close();
    this.#forget();
    await this.start();
  }

  #forget(): void {
    void forgetLast().catch(() => undefined);
    this.user = null;
    this.territory = null;
    this.facilities = [];
  }
}

export const session = new Session();
