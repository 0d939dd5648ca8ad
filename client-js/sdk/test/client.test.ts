import { describe, expect, test } from 'vitest';
import { Refusal, silence } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();

describe('a state', () => {
  test('comes with its reason, its code, and when the next attempt is', async () => {
    const client = context.client({ random: () => 0.01 });
    const told: unknown[] = [];
    client.on('state', (state, why) => told.push([state, why]));
    await client.connect();
    context.server.connection.socket.close(4003, 'too fast');
    await waitFor(() => expect(told.length).toBe(5));
    context.server.connection.socket.close(4501, 'another protocol');
    await waitFor(() => expect(client.state).toBe('closed'));
    expect(told).toEqual([
      ['connecting', { reason: '' }],
      ['online', { reason: '', transport: 'websocket' }],
      ['waiting', { code: 4003, reason: 'too fast', retryInMs: 5 }],
      ['connecting', { reason: '' }],
      ['online', { reason: '', transport: 'websocket' }],
      ['closed', { code: 4501, reason: 'another protocol' }],
    ]);
  });
});

describe('connect', () => {
  test('may be given up: nothing is tried any more', async () => {
    const client = context.client();
    await context.server.stop();
    const controller = new AbortController();
    const connecting = client.connect({ signal: controller.signal });
    controller.abort(new Error('the page was left'));
    await expect(connecting).rejects.toThrow('the page was left');
    expect(client.state).toBe('closed');
  });

  test('has a time limit, if it is given one', async () => {
    context.server.answer('session.hello', () => silence);
    const client = context.client();
    await expect(client.connect({ timeoutMs: 30 })).rejects.toMatchObject({ type: 'unreachable' });
    expect(client.state).toBe('closed');
  });

  test('of somebody else, given up, leaves the connection alone', async () => {
    context.server.answer('session.hello', () => silence);
    const client = context.client();
    void client.connect().catch(() => {});
    await expect(client.connect({ timeoutMs: 20 })).rejects.toMatchObject({ type: 'unreachable' });
    expect(client.state).toBe('connecting');
  });
});

describe('how long things take is an option:', () => {
  test('the greeting', async () => {
    context.server.answer('session.hello', () => silence);
    const client = context.client({ timing: { connect: 40 } });
    void client.connect().catch(() => {});
    await waitFor(() => expect(context.server.connections.length).toBe(3));
  });

  test('the pause between attempts', async () => {
    const client = context.client({ random: () => 1, timing: { backoff: 7, backoffMax: 20 } });
    const pauses: (number | undefined)[] = [];
    client.on('state', (_, { retryInMs }) => retryInMs !== undefined && pauses.push(retryInMs));
    await client.connect();
    await context.server.stop();
    await waitFor(() => expect(pauses.length).toBeGreaterThanOrEqual(4));
    expect(pauses.slice(0, 4)).toEqual([7, 14, 20, 20]);
  });

  test('a call', async () => {
    context.server.answer('account.list', () => silence);
    const client = context.client({ timing: { call: 30 } });
    await client.connect();
    await expect(client.call('account.list', {})).rejects.toMatchObject({ type: 'unreachable' });
  });
});

test('a fault of the server at the greeting does not end the client', async () => {
  let greetings = 0;
  const { server } = context;
  server.answer('session.hello', () => {
    if (++greetings < 3) throw new Refusal('internal');
    return { ...server.usualHello(), server: 'well again' };
  });
  const client = context.client();
  const errors: unknown[] = [];
  client.on('error', (error) => errors.push(error));
  expect((await client.connect()).server).toBe('well again');
  expect(errors).toMatchObject([{ type: 'internal' }, { type: 'internal' }]);
});

describe('calls made together', () => {
  const sent = () => context.server.frames.filter((frame) => frame.includes('.list'));

  test('leave in one frame, and each has its own answer', async () => {
    context.server.answer('booking.list', () => ({ bookings: [] }));
    context.server.answer('account.list', () => {
      throw new Refusal('forbidden');
    });
    const client = context.client();
    await client.connect();
    const answers = await client.batch(() =>
      Promise.allSettled([client.call('booking.list', {}), client.call('account.list', {})]),
    );
    expect(answers).toMatchObject([
      { status: 'fulfilled', value: { bookings: [] } },
      { status: 'rejected', reason: { type: 'forbidden' } },
    ]);
    expect(sent().map((frame) => JSON.parse(frame).length)).toEqual([2]);
  });

  test('also those that had to wait for a connection; what is called beside them leaves by itself', async () => {
    context.server.answer('booking.list', () => ({ bookings: [] }));
    const client = context.client();
    const together = client.batch(() =>
      Promise.all([client.call('booking.list', {}), client.call('booking.list', {})]),
    );
    const apart = client.call('booking.list', { from: '2026-11-24' });
    await client.connect();
    await Promise.all([together, apart]);
    expect(sent().map((frame) => [JSON.parse(frame)].flat().length)).toEqual([1, 2]);
  });

  test('keep to the limits of the server', async () => {
    const { limits } = context.server.usualHello();
    context.server.hello.limits = { ...limits, batch: 3, frameBytes: 400 };
    context.server.answer('booking.list', () => ({ bookings: [] }));
    const client = context.client();
    await client.connect();
    const list = (facility: string) => client.call('booking.list', { facility });
    await client.batch(() => Promise.all(['a', 'b', 'c', 'd', 'x'.repeat(280), 'e'].map(list)));
    expect(sent().map((frame) => [JSON.parse(frame)].flat().map(({ params }) => params.facility[0]))).toEqual([
      ['a', 'b', 'c'],
      ['d'],
      ['x'],
      ['e'],
    ]);
    for (const frame of sent()) expect(frame.length).toBeLessThanOrEqual(400);
    await expect(client.batch(() => list('x'.repeat(400)))).rejects.toMatchObject({ type: 'too_large' });
  });

  test('are repeated one by one, with their keys', async () => {
    const { server } = context;
    const confirm = { facility: 'lucioles', from: '2026-11-24', to: '2026-11-25' };
    server.answer('availability.confirm', (_, { socket }) => {
      if (server.connections.length === 1) socket.terminate();
      return { confirmedAt: '2026-11-24T10:00:00Z', count: 1, epoch: 'a', offset: 1 };
    });
    const client = context.client();
    await client.connect();
    await client.batch(() => Promise.all([1, 2].map(() => client.call('availability.confirm', confirm))));
    const keys = server.calls('availability.confirm').map(({ params }) => params.key);
    expect(keys.length).toBeGreaterThanOrEqual(3);
    expect(new Set(keys).size).toBe(2);
  });
});

describe('what cannot be understood', () => {
  const failing = async () => {
    const client = context.client();
    const errors: string[] = [];
    client.on('error', ({ message }) => errors.push(message));
    await client.connect();
    return { client, errors };
  };

  test('a frame that is no JSON: the connection is given up, and what was awaited is asked anew', async () => {
    const { client, errors } = await failing();
    context.server.answer('account.list', (_, { socket }) => {
      if (context.server.connections.length > 1) return { accounts: [] };
      socket.send('<html>Bienvenue sur le réseau de la mairie</html>');
      return silence;
    });
    expect(await client.call('account.list', {})).toEqual({ accounts: [] });
    expect(errors).toEqual(['the server has sent what is no JSON']);
  });

  test.each([
    'null',
    '[null, 7]',
    '{"id": null, "error": {"code": -32700, "message": "?"}}',
    '{"method": "board.delta"}',
  ])('a message that is none (%s) disturbs no other', async (message) => {
    const { client } = await failing();
    const board = client.watchBoard({ territory: 'plaine', days: 1, from: '2026-11-24' });
    context.server.answer('account.list', (_, { socket }) => {
      socket.send(message);
      return { accounts: [] };
    });
    expect(await client.call('account.list', {})).toEqual({ accounts: [] });
    expect(context.server.connections.length).toBe(1);
    board.close();
  });

  test.each([
    ['an error without data', { error: { code: -32000, message: 'no luck' } }, 'no luck'],
    ['an error of another kind', { error: { code: 1, message: 'odd', data: { type: 'about:blank' } } }, 'odd'],
    ['neither result nor error', {}, 'a reply without a result'],
  ])('a reply with %s is a problem, and leaves no call hanging', async (_, reply, detail) => {
    const { client } = await failing();
    context.server.answer('account.list', (_, connection) => {
      connection.send({ jsonrpc: '2.0', id: context.server.received.at(-1)!.id, ...reply });
      return silence;
    });
    const title = expect.stringContaining('erreur');
    await expect(client.call('account.list', {})).rejects.toMatchObject({ type: 'internal', title, detail });
  });
});

test('a logger is told what happens, and neither tokens nor what is said', async () => {
  context.server.answer('booking.list', () => {
    throw new Refusal('forbidden');
  });
  const lines: string[] = [];
  const note = (...words: unknown[]) => void lines.push(words.map((word) => JSON.stringify(word)).join(' '));
  const client = context.client({ token: 'secret', logger: { debug: note, warn: note } });
  await client.connect();
  await client.call('booking.list', { facility: 'lucioles' }).catch(() => {});
  client.close();
  const all = lines.join('\n');
  for (const word of ['connecting', 'session.hello is answered', 'online', 'booking.list fails: forbidden', 'closed'])
    expect(all).toContain(word);
  expect(all).not.toMatch(/secret|lucioles|Sacha/);
});
