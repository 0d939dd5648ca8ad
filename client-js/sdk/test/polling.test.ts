import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { BoardGetResult, Booking, ClientOptions } from '../src/index.js';
import { cellOf, Refusal, worker } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();
const filter = { territory: 'plaine', days: 7, from: '2026-11-24' };

/** What the server knows. */
let known: BoardGetResult;
beforeEach(() => {
  const asOf = '2026-11-24T10:00:00Z';
  known = { epoch: 'a', offset: 10, asOf, storeAvailable: true, facilities: [], cells: [cellOf(3)] };
  context.server.blocksUpgrades = true;
  context.server.get = (_, request, response) => {
    const etag = `"${known.epoch}.${known.offset}"`;
    response.setHeader('etag', etag);
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    response.end(JSON.stringify(known));
  };
});

const polling = (options: Partial<ClientOptions> = {}) =>
  context.client({ fetch: globalThis.fetch, token: 'secret', timing: { poll: 20 }, ...options });
/** From now on the test passes the time by itself. */
function stopTimers(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
}
const booking = (version: number, id = 'b1') => ({ id, version, state: 'confirmed' }) as Booking;

describe('where no WebSocket passes', () => {
  test('after two that did not open the server is asked over HTTP, and it is said so', async () => {
    const client = polling();
    const states: unknown[] = [];
    client.on('state', (state, { transport }) => states.push([state, transport].filter(Boolean).join(' ')));
    const hello = await client.connect();
    expect(hello.user).toEqual(worker);
    expect(client.transport).toBe('polling');
    expect(states).toEqual(['connecting', 'waiting', 'connecting', 'online polling']);
    context.server.answer('account.list', () => ({ accounts: [] }));
    expect(await client.call('account.list', {})).toEqual({ accounts: [] });
    expect(context.server.connections.length).toBe(0);
  });

  test('a refusal is a refusal, and a change has its key', async () => {
    context.server.answer('availability.adjust', () => {
      throw new Refusal('below_committed');
    });
    const client = polling();
    await client.connect();
    const call = client.call('availability.adjust', { facility: 'lucioles', cells: [] });
    await expect(call).rejects.toMatchObject({ type: 'below_committed' });
    expect(context.server.calls('availability.adjust')[0]?.params.key).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('a board is kept true: what has changed is told, what has not is not sent', async () => {
    const client = polling();
    await client.connect();
    const board = client.watchBoard(filter);
    await board.ready;
    expect(board).toMatchObject({ status: 'live', source: 'snapshot', offset: 10 });
    const asOf = board.asOf!;
    const changes: unknown[] = [];
    board.on('change', (all) => changes.push(...all));
    await waitFor(() =>
      expect(context.server.asked.filter((line) => line.startsWith('GET')).length).toBeGreaterThan(3),
    );
    expect(changes).toEqual([]);
    expect(board.asOf! > asOf).toBe(true); // nothing new is news of when it is
    known = { ...known, offset: 12, cells: [cellOf(5)] };
    await waitFor(() => expect(changes).toEqual([{ cell: cellOf(5), previous: cellOf(3) }]));
    expect(board.offset).toBe(12);
    known = { ...known, epoch: 'b', offset: 1, cells: [cellOf(1)] };
    await waitFor(() => expect(board.epoch).toBe('b'));
    expect([...board.cells.values()]).toEqual([cellOf(1)]);
  });

  test('a board is called for where what stands between passes calls alone', async () => {
    context.server.get = (_, __, response) => response.writeHead(404).end('<html>Not found</html>');
    context.server.answer('board.get', () => known);
    const client = polling();
    await client.connect();
    const board = client.watchBoard({ ...filter, facilities: ['b', 'a'] });
    await board.ready;
    const { params } = context.server.calls('board.get')[0]!;
    expect(params).toEqual({ ...filter, facilities: ['a', 'b'] });
    known = { ...known, offset: 12, cells: [cellOf(5)] };
    await waitFor(() => expect(board.offset).toBe(12));
  });

  test('bookings are, page by page, and nothing of a view that was closed', async () => {
    let bookings = [booking(1), booking(1, 'b2')];
    context.server.answer('booking.list', ({ cursor }) =>
      cursor === undefined ? { bookings: bookings.slice(0, 1), cursor: 'more' } : { bookings: bookings.slice(1) },
    );
    const client = polling();
    await client.connect();
    const live = client.watchBookings({ office: 'esco' });
    await live.ready;
    stopTimers();
    expect([...live.bookings.keys()]).toEqual(['b1', 'b2']);
    expect(context.server.calls('booking.list')[0]?.params).toMatchObject({ office: 'esco', from: expect.any(String) });
    const changes: unknown[] = [];
    live.on('change', (all) => changes.push(...all.map(({ booking: { id, version } }) => `${id} ${version}`)));
    bookings = [booking(1), booking(2, 'b2'), booking(1, 'b3')];
    await waitFor(() => expect(changes).toEqual(['b2 2', 'b3 1']));
    live.close();
    await client.call('account.list', {}).catch(() => {});
    const asked = context.server.calls('booking.list').length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(context.server.calls('booking.list').length).toBe(asked);
  });

  test('a store that is away for a time leaves the connection and the views', async () => {
    let isAway = false;
    context.server.answer('booking.list', () => {
      if (isAway) throw new Refusal('store_unavailable', { temporary: true });
      return { bookings: [booking(isAway ? 1 : 2)] };
    });
    const client = polling();
    await client.connect();
    const live = client.watchBookings();
    await live.ready;
    const statuses: string[] = [];
    live.on('status', (status) => statuses.push(status));
    isAway = true;
    const asked = context.server.calls('booking.list').length;
    await waitFor(() => expect(context.server.calls('booking.list').length).toBeGreaterThan(asked + 2));
    expect([client.state, live.status, ...statuses]).toEqual(['online', 'live']);
  });

  test('a server that is gone makes views stale, and is found again', async () => {
    const client = polling();
    await client.connect();
    const board = client.watchBoard(filter);
    await board.ready;
    const statuses: string[] = [];
    board.on('status', (status) => statuses.push(status));
    const { get } = context.server;
    context.server.isDown = true;
    context.server.get = (_, __, response) => response.destroy();
    await waitFor(() => expect(statuses).toEqual(['stale']));
    context.server.isDown = false;
    context.server.get = get;
    await waitFor(() => expect(statuses).toEqual(['stale', 'live']));
    expect(client.transport).toBe('polling');
  });

  test('it is tried again whether one passes, and the views go on from where they were', async () => {
    const client = polling({ timing: { poll: 20, upgrade: 30 } });
    await client.connect();
    const board = client.watchBoard(filter);
    await board.ready;
    stopTimers();
    context.server.answer('board.subscribe', ({ since }) => ({
      ...known,
      subscription: 's',
      recovered: since?.offset === 10,
      source: 'memory',
      cells: [],
    }));
    context.server.blocksUpgrades = false;
    await waitFor(() => expect([client.transport, client.state]).toEqual(['websocket', 'online']));
    await waitFor(() => expect(board).toMatchObject({ status: 'live', recovered: true }));
    const asked = context.server.asked.length;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(context.server.asked.length).toBe(asked);
  });
});

test('a server that was down is not asked over HTTP where a WebSocket passes once it is back', async () => {
  context.server.isDown = true;
  const client = polling();
  const connecting = client.connect();
  await waitFor(() => expect(context.server.asked.length).toBeGreaterThanOrEqual(3));
  // It is back while it is asked over HTTP whether it is there.
  Object.assign(context.server, { isDown: false, blocksUpgrades: false });
  await waitFor(() => expect(client.state).toBe('online'));
  await connecting;
  expect(client.transport).toBe('websocket');
});

test('nothing goes over HTTP where it is not to', async () => {
  const client = context.client({ fetch: false });
  const states: string[] = [];
  client.on('state', (state) => states.push(state));
  void client.connect().catch(() => {});
  await waitFor(() => expect(states.filter((state) => state === 'waiting').length).toBeGreaterThan(3));
  expect(context.server.asked).toEqual([]);
});
