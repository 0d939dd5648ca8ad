import { describe, expect, test } from 'vitest';
import { uuidv7, type AvailabilityAdjustResult } from '../src/index.js';
import { cellOf, type Connection, Refusal, silence } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();

const adjusted: AvailabilityAdjustResult = { cells: [cellOf(1)], epoch: 'a', offset: 1 };
const plusOne = {
  facility: 'lucioles',
  cells: [{ date: '2026-11-25', period: 'matin', section: 'moyens', by: 1 }],
};
const keys = () => context.server.calls('availability.adjust').map(({ params }) => params.key);

function cutOnceThenRefuse(...refusal: ConstructorParameters<typeof Refusal>) {
  return (_: unknown, { socket }: Connection): typeof silence => {
    if (keys().length > 1) throw new Refusal(...refusal);
    socket.terminate();
    return silence;
  };
}

describe('a call', () => {
  test('is answered', async () => {
    context.server.answer('booking.list', () => ({ bookings: [] }));
    const client = context.client();
    await client.connect();
    expect(await client.call('booking.list', { facility: 'lucioles' })).toEqual({ bookings: [] });
    expect(context.server.calls('booking.list')[0]?.params).toEqual({ facility: 'lucioles' });
  });

  test('waits for the connection', async () => {
    context.server.answer('account.list', () => ({ accounts: [] }));
    const client = context.client();
    const answer = client.call('account.list', {});
    void client.connect();
    expect(await answer).toEqual({ accounts: [] });
  });

  test('that is refused throws the problem', async () => {
    context.server.answer('availability.adjust', () => {
      throw new Refusal('below_committed', { field: 'cells[0].by' });
    });
    const client = context.client();
    await client.connect();
    await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({
      name: 'PlacetteProblem',
      type: 'below_committed',
      title: 'Refusé.',
      status: 409,
      temporary: false,
      field: 'cells[0].by',
    });
    expect(keys().length).toBe(1);
  });

  test('takes its answer from a batch of replies', async () => {
    context.server.answer('account.list', () => silence);
    const client = context.client();
    await client.connect();
    const answers = Promise.all([client.call('account.list', {}), client.call('account.list', {})]);
    await waitFor(() => expect(context.server.calls('account.list').length).toBe(2));
    context.server.connection.send([3, 2].map((id) => ({ jsonrpc: '2.0', id, result: { accounts: [id] } })));
    expect(await answers).toEqual([{ accounts: [2] }, { accounts: [3] }]);
  });

  test('too large for the server is not sent', async () => {
    const client = context.client();
    await client.connect();
    const bring = ['x'.repeat(300_000)];
    const facility = {
      id: 'a',
      name: 'A',
      kind: 'multi_accueil' as const,
      commune: { insee: '21292', name: 'Genlis' },
    };
    await expect(
      client.call('facility.upsert', {
        territory: 'plaine',
        facility: { ...facility, sections: [], periods: [], bring },
      }),
    ).rejects.toMatchObject({ type: 'too_large' });
    expect(context.server.calls('facility.upsert')).toEqual([]);
  });
});

describe('the key', () => {
  test('is made for what changes something, each time another', async () => {
    context.server.answer('availability.adjust', () => adjusted);
    const client = context.client();
    await client.connect();
    await client.call('availability.adjust', plusOne);
    await client.call('availability.adjust', plusOne);
    expect(keys()).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)]);
    expect(new Set(keys()).size).toBe(2);
  });

  test("may be the caller's", async () => {
    context.server.answer('availability.adjust', () => adjusted);
    const client = context.client();
    await client.connect();
    const key = uuidv7();
    await client.call('availability.adjust', { ...plusOne, key });
    expect(keys()).toEqual([key]);
  });

  test('stays the same when the link is cut before the answer', async () => {
    context.server.answer('availability.adjust', (_, { socket }) => {
      if (keys().length === 1) socket.terminate();
      return keys().length === 1 ? silence : adjusted;
    });
    const client = context.client();
    await client.connect();
    expect(await client.call('availability.adjust', plusOne)).toEqual(adjusted);
    expect(keys().length).toBe(2);
    expect(new Set(keys()).size).toBe(1);
  });

  test.each([
    ['outcome_unknown', {}],
    ['store_unavailable', {}],
    ['rate_limited', { retryAfterMs: 20 }],
  ] as const)('stays the same after %s', async (type, more) => {
    context.server.answer('availability.adjust', () => {
      if (keys().length < 3) throw new Refusal(type, { temporary: true, ...more });
      return adjusted;
    });
    const client = context.client();
    await client.connect();
    expect(await client.call('availability.adjust', plusOne)).toEqual(adjusted);
    expect(keys().length).toBe(3);
    expect(new Set(keys()).size).toBe(1);
  });
});

describe('a call is not repeated', () => {
  test.each([
    ['rate_limited', { temporary: true }],
    ['reserved_by_hold', { temporary: true, retryAfterMs: 10 }],
    ['no_place', { temporary: false }],
  ] as const)('after %s %o', async (type, more) => {
    context.server.answer('availability.adjust', () => {
      throw new Refusal(type, more);
    });
    const client = context.client();
    await client.connect();
    await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({ type });
    expect(keys().length).toBe(1);
  });

  test('if it would have to wait past its deadline', async () => {
    context.server.answer('availability.adjust', () => {
      throw new Refusal('rate_limited', { temporary: true, retryAfterMs: 60_000 });
    });
    const client = context.client();
    await client.connect();
    await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({ type: 'rate_limited' });
    expect(keys().length).toBe(1);
  });
});

describe('a fault of the server', () => {
  test('is asked after, and a change has one effect', async () => {
    context.server.answer('availability.adjust', () => {
      if (keys().length < 3) throw new Refusal('internal');
      return adjusted;
    });
    const client = context.client();
    await client.connect();
    expect(await client.call('availability.adjust', plusOne)).toEqual(adjusted);
    expect(new Set(keys()).size).toBe(1);
  });

  test('that stays is told after three attempts: of a change it is not known whether it was made', async () => {
    for (const method of ['account.list', 'availability.adjust'] as const)
      context.server.answer(method, () => {
        throw new Refusal('internal');
      });
    const client = context.client();
    await client.connect();
    await expect(client.call('account.list', {})).rejects.toMatchObject({ type: 'internal' });
    await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({ type: 'outcome_unknown' });
    expect([context.server.calls('account.list').length, keys().length]).toEqual([3, 3]);
  });
});

describe('at the deadline', () => {
  test('a change that was sent has an unknown outcome', async () => {
    context.server.answer('availability.adjust', () => silence);
    const client = context.client();
    await client.connect();
    const call = client.call('availability.adjust', plusOne, { timeoutMs: 50 });
    await expect(call).rejects.toMatchObject({ type: 'outcome_unknown', temporary: true });
  });

  test('a read, or what was never sent, has found nobody', async () => {
    context.server.answer('account.list', () => silence);
    const client = context.client();
    const unsent = client.call('availability.adjust', plusOne, { timeoutMs: 20 });
    await expect(unsent).rejects.toMatchObject({ type: 'unreachable', temporary: true });
    await client.connect();
    await expect(client.call('account.list', {}, { timeoutMs: 50 })).rejects.toMatchObject({
      type: 'unreachable',
    });
  });

  test.each([
    ['store_unavailable', { temporary: true, retryAfterMs: 60_000 }],
    ['rate_limited', { temporary: true, retryAfterMs: 60_000 }],
    ['rate_limited', { temporary: true }],
    ['unauthenticated', {}],
    ['forbidden', {}],
  ] as const)('a change cut off earlier keeps its unknown outcome, also after %s %o', async (type, more) => {
    context.server.answer('availability.adjust', cutOnceThenRefuse(type, more));
    const client = context.client();
    await client.connect();
    await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({
      type: 'outcome_unknown',
    });
  });

  test('a change cut off earlier was not made if a repeat of it is refused for what it asks', async () => {
    context.server.answer('availability.adjust', cutOnceThenRefuse('below_committed', {}));
    const client = context.client();
    await client.connect();
    await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({
      type: 'below_committed',
      settles: true,
    });
  });
});

test('closing for good leaves an unanswered change unknown', async () => {
  context.server.answer('availability.adjust', (_, { socket }) => {
    socket.close(4500, 'signed out');
    return silence;
  });
  const client = context.client();
  await client.connect();
  await expect(client.call('availability.adjust', plusOne)).rejects.toMatchObject({
    type: 'outcome_unknown',
  });
});

test('aborting throws the reason of the signal', async () => {
  context.server.answer('account.list', () => silence);
  const client = context.client();
  await client.connect();
  const controller = new AbortController();
  const call = client.call('account.list', {}, { signal: controller.signal });
  controller.abort(new Error('no longer wanted'));
  await expect(call).rejects.toThrow('no longer wanted');
});

describe('a server that falls silent', () => {
  test('is given up, and the call repeated on another connection', async () => {
    context.server.answer('account.list', () => (context.server.connections.length > 1 ? { accounts: [] } : silence));
    const client = context.client({ timing: { reply: 50 } });
    await client.connect();
    expect(await client.call('account.list', {}, { timeoutMs: 150 })).toEqual({ accounts: [] });
  });

  test('is not, where it is one reply that is late: all else that comes is heard', async () => {
    context.server.answer('account.list', () => silence);
    const client = context.client({ timing: { reply: 60 } });
    await client.connect();
    const { connection } = context.server;
    const others = setInterval(() => connection.notify('store.changed', { available: true }), 10);
    const call = client.call('account.list', {}, { timeoutMs: 180 });
    setTimeout(() => connection.send({ jsonrpc: '2.0', id: 2, result: { accounts: [] } }), 150);
    expect(await call).toEqual({ accounts: [] });
    clearInterval(others);
    expect(context.server.connections.length).toBe(1);
  });

  test('is given more time at each attempt, and so is who else waits: the reply may be large and the link slow', async () => {
    const waited: number[] = [];
    context.server.answer('account.list', (_, connection) => {
      const begun = Date.now();
      connection.socket.on('close', () => waited.push(Date.now() - begun));
      return silence;
    });
    context.server.answer('facility.list', () => silence);
    const client = context.client({ timing: { reply: 100 } });
    await client.connect();
    void client.call('account.list', {}, { timeoutMs: 500 }).catch(() => {});
    await waitFor(() => expect(context.server.calls('account.list').length).toBe(2));
    void client.call('facility.list', {}, { timeoutMs: 150 }).catch(() => {});
    await waitFor(() => expect(waited.length).toBe(2));
    expect(waited[1]).toBeGreaterThanOrEqual(190);
  });
});
