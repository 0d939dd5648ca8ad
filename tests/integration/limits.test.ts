import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { wish } from './support/bookings.js';
import { freshSlot, open } from './support/cells.js';
import { createToken } from './support/command.js';
import { accounts } from './support/demo.js';
import { type Asked, http, signIn } from './support/http.js';
import { browser, manager, worker } from './support/people.js';
import { residentKiB } from './support/processes.js';
import { key, Rpc } from './support/rpc.js';
import { Server, ServerProcess } from './support/server.js';
import { slowness } from './support/settings.js';
import { until, within } from './support/until.js';

const megabytes = (count: number) => ' '.repeat(count * 1024 * 1024);
const hello = {
  method: 'session.hello',
  params: { client: 'tests', version: '1' },
};
const batch = Array.from({ length: 50 }, (_, id) => ({
  jsonrpc: '2.0',
  id,
  ...hello,
}));
const postRpc = (server: Server, body: string, asked: Asked = {}) =>
  http(server.url, '/rpc', { method: 'POST', body, ...asked });
const metric = async (server: Server, name: string) =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec((await http(server.url, '/metrics')).text)?.[1]);
const sessions = (server: Server) => metric(server, 'placette_sessions');
const heldBack = (server: Server) => metric(server, 'placette_sessions_held_back_total');

describe('the rate counts calls', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start({
      demo: false,
      env: { PLACETTE_RATE_PER_SECOND: '1' },
    });
  });
  afterAll(() => server.remove());

  const tooFast = expect.objectContaining({
    error: expect.objectContaining({
      data: expect.objectContaining({ type: 'urn:placette:problem:rate_limited', temporary: true }),
    }),
  });

  it('of a batch on a WebSocket, where the next is told when to come back, and who goes on is closed', async () => {
    const rpc = await Rpc.connect(server);
    for (const { status } of await rpc.batch(batch.map(() => hello))) expect(status).toBe('fulfilled');
    const refused = await rpc.refused(hello.method, hello.params);
    expect(refused.problem).toBe('rate_limited');
    expect(refused.data.retryAfterMs).toBeGreaterThan(40_000);
    for (const one of await rpc.batch([hello, hello])) expect(one).toMatchObject({ status: 'rejected' });
    rpc.send({ jsonrpc: '2.0', ...hello }); // nobody waits for an answer
    for (let more = 0; more < 100; more++) rpc.send({ jsonrpc: '2.0', id: 1, ...hello });
    expect((await within('it closes', rpc.closed)).code).toBe(4003);
  });

  it('of a batch at /rpc, by the same rule', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    expect((await postRpc(server, JSON.stringify(batch), { agent })).json()).toHaveLength(50);
    const refused = await postRpc(server, JSON.stringify(batch[0]), { agent });
    expect(refused.status).toBe(200);
    expect(refused.json()).toEqual(tooFast);
    expect(refused.json().error.data.retryAfterMs).toBeGreaterThan(40_000);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(40);
    expect((await postRpc(server, JSON.stringify(batch.slice(0, 2)), { agent })).json()).toEqual([tooFast, tooFast]);
    agent.destroy();
    expect((await postRpc(server, JSON.stringify(batch[0]))).json()).toHaveProperty('result');
  });

  it('also of one network over many connections', async () => {
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const answers = async (address: string, times: number) => {
      const all = [];
      for (let n = 0; n < times; n++) all.push((await postRpc(server, JSON.stringify(batch), from(address))).json()[0]);
      return all.filter((answer) => 'result' in answer).length;
    };
    const passed = await answers('192.0.2.1', 8); // each on a connection of its own, which alone would pass
    expect(passed).toBeGreaterThan(0);
    expect(passed).toBeLessThan(8);
    expect(await answers('192.0.2.2', 1)).toBe(1);
    await answers('2001:db8::1', 8);
    expect(await answers('2001:db8::2', 1)).toBe(0); // of the same subscriber
    expect(await answers('2001:db8:0:1::2', 1)).toBe(1);
  });
});

describe('what is too large', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start();
  });
  afterAll(() => server.remove());

  it('closes a WebSocket with a code that arrives, however much was still to come', async () => {
    for (const rpc of [await Rpc.connect(server), await browser(server, accounts.worker)]) {
      rpc.send(megabytes(2));
      expect((await within('it closes', rpc.closed)).code).toBe(1009);
    }
  });

  it('is answered over HTTP, however much was still to come', async () => {
    expect((await postRpc(server, megabytes(2))).status).toBe(413);
    expect(
      (
        await http(server.url, '/healthz', {
          headers: { long: 'x'.repeat(20 * 1024) },
        })
      ).status,
    ).toBe(431);
  });

  it('over HTTP more is taken from who is signed in', async () => {
    const call = { jsonrpc: '2.0', id: 1, ...hello };
    const long = (bytes: number) => JSON.stringify(call) + ' '.repeat(bytes);
    const token = await createToken(server, accounts.worker);
    const signedIn = { headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' } };
    expect((await postRpc(server, long(8 * 1024))).status).toBe(200);
    expect((await postRpc(server, long(17 * 1024))).status).toBe(413);
    expect((await postRpc(server, long(17 * 1024), { headers: { authorization: 'Bearer plt_x' } })).status).toBe(413);
    expect((await postRpc(server, long(200 * 1024), signedIn)).status).toBe(200);
    expect((await postRpc(server, long(300 * 1024), signedIn)).status).toBe(413);
  });

  it.each([
    ['the extensions of a chunk', '1;', 'x'],
    ['the line of a chunk', '', '0'],
    ['what follows the last chunk', '0\r\n', 'a: b\r\n'],
    ['one line that follows the last chunk', '0\r\na: ', 'x'],
    ['a header', '', ''],
  ])('%s without an end is refused, and costs no memory', async (_, first, more) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => {}); // it is closed while more is on its way
    const head = 'POST /rpc HTTP/1.1\r\nHost: 127.0.0.1\r\n';
    socket.write(more === '' ? `${head}X: ` : `${head}Transfer-Encoding: chunked\r\n\r\n${first}`);
    const before = residentKiB(server.pid);
    const piece = Buffer.alloc(64 * 1024, more || 'x');
    let sent = 0;
    const closed = new Promise((resolve) => socket.once('close', resolve));
    const end = within('it is closed', closed);
    while (!socket.destroyed && sent < 64 * 1024 * 1024) {
      sent += piece.length;
      if (!socket.write(piece)) await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), end]);
    }
    await end;
    expect(sent).toBeLessThan(16 * 1024 * 1024);
    expect(residentKiB(server.pid) - before).toBeLessThan(8 * 1024 * slowness);
  });

  it('and what is not HTTP is answered too', async () => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write('good day\r\n\r\n');
    const [answer] = await within('an answer comes', once(socket, 'data'));
    expect(String(answer)).toMatch(/^HTTP\/1\.1 400 .*\r\nDate: \w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT\r\n/s);
    socket.destroy();
  });
});

describe('a session ends', () => {
  let server: Server;
  beforeAll(async () => {
    server = await Server.start();
  });
  afterAll(() => server.remove());

  it('also when it breaks the protocol, and is signed out, while a reply waits to be read', async () => {
    const cookie = await signIn(server.url, accounts.worker);
    const rpc = await Rpc.connect(server, { cookie, origin: server.url });
    const { _socket: raw } = rpc.socket as unknown as { _socket: Socket };
    raw.pause();
    for (let i = 0; i < 40; i++) rpc.send(batch);
    await pause(500);
    raw.write(Buffer.from([0xf1, 0x81, 0, 0, 0, 0, 0x20])); // reserved bits
    await pause(200);
    await http(server.url, '/session', {
      method: 'DELETE',
      headers: { cookie, origin: server.url },
    });
    await pause(500);
    raw.resume();
    await within('it closes', rpc.closed);
    await until('the session is gone', async () => (await sessions(server)) === 0);
  });

  it('without a sign-in, but may come back where the store is to blame', async () => {
    const [redis] = server.redisPids();
    process.kill(redis!, 'SIGSTOP');
    try {
      const rpc = await Rpc.connect(server);
      expect((await within('it closes', rpc.closed, 15_000)).code).toBe(1013);
    } finally {
      process.kill(redis!, 'SIGCONT');
    }
  });
});

describe('a session that asks for more at once than it may', () => {
  let server: Server;
  let boss: Rpc;
  const slot = freshSlot();
  const adjust = () => {
    const { facility, date, period, section } = slot;
    return { facility, key: key(), force: true, cells: [{ date, period, section, by: 1 }] };
  };
  beforeAll(async () => {
    server = await Server.start();
    boss = await Rpc.connect(server, { token: await createToken(server, accounts.manager) });
    await open(boss, slot, 1);
  });
  afterAll(() => server.remove());

  const meanwhileHeldBack = async (ask: () => void) => {
    const before = await heldBack(server);
    const [redis] = server.redisPids();
    process.kill(redis!, 'SIGSTOP');
    try {
      ask();
      await until('it is held back', async () => (await heldBack(server)) > before);
    } finally {
      process.kill(redis!, 'SIGCONT');
    }
  };

  it('is answered all of it, in its order', async () => {
    let answers: Promise<{ offset: number }>[] = [];
    await meanwhileHeldBack(() => {
      answers = Array.from({ length: 100 }, () => boss.call('availability.adjust', adjust()));
    });
    const offsets = (await Promise.all(answers)).map(({ offset }) => offset);
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
    expect(new Set(offsets).size).toBe(100);
  });

  it('is read on when its calls want no reply', async () => {
    const call = () => ({ jsonrpc: '2.0', method: 'availability.adjust', params: adjust() });
    await meanwhileHeldBack(() => {
      for (let n = 0; n < 100; n++) boss.send(call());
    });
    const { offset } = await boss.call('availability.adjust', adjust());
    const { offset: last } = await boss.call('availability.adjust', adjust());
    expect(last).toBe(offset + 1);
  });
});

it('an office holds so many places at once, whoever of it holds them', async () => {
  let server = await Server.start();
  await server.stop();
  server = await server.again({ demo: false, args: ['--keep-demo-accounts', '--held-places-per-office', '3'] });
  try {
    const [boss, esco, colleague] = await Promise.all([manager(server), worker(server), worker(server)]);
    const slot = freshSlot();
    const other = { ...freshSlot(), facility: slot.facility, section: slot.section };
    for (const one of [slot, other]) await open(boss, one, 9);
    const places = [slot, other].map(({ date, period }) => ({ date, period }));
    const wanted = () => ({ ...wish(slot), places });
    const { booking } = await esco.call('booking.hold', wanted());
    const refused = await colleague.refused('booking.hold', wanted());
    expect([refused.problem, refused.data.field]).toEqual(['too_many', 'places']);
    await colleague.call('booking.hold', wish(slot));
    expect((await esco.refused('booking.hold', wish(slot))).problem).toBe('too_many');
    await esco.call('booking.create', wish(slot)); // what is confirmed is not held
    await esco.call('booking.release', { booking: booking.id, key: key() });
    await esco.call('booking.hold', wanted());
    for (const rpc of [boss, esco, colleague]) rpc.cut();
  } finally {
    await server.remove();
  }
});

it('a call at /rpc is answered by a server that is told to stop', async () => {
  const server = await Server.start();
  try {
    const authorization = `Bearer ${await createToken(server, accounts.manager)}`;
    const { facility, date, period, section } = freshSlot();
    const params = {
      facility,
      key: key(),
      cells: [{ date, period, section, open: 1 }],
    };
    const [redis] = server.redisPids();
    process.kill(redis!, 'SIGSTOP');
    const call = { jsonrpc: '2.0', id: 1, method: 'availability.set', params };
    const answer = postRpc(server, JSON.stringify(call), {
      headers: { authorization },
    });
    await pause(200);
    server.process.signal('SIGTERM');
    await pause(500);
    process.kill(redis!, 'SIGCONT');
    expect((await answer).json()).toHaveProperty('result');
    expect((await answer).headers.connection).toBe('close');
    expect((await within('the server ends', server.process.ended)).code).toBe(0);
  } finally {
    await server.remove();
  }
});

it('behind a proxy it is the connections of each client that are counted', async () => {
  const server = await Server.start({ demo: false, env: { PLACETTE_CONNECTIONS_PER_ADDRESS: '2' } });
  try {
    const opened = (address: string) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(server.webSocketUrl, [], { headers: { 'x-forwarded-for': address } });
        sockets.push(socket);
        socket.on('open', () => resolve(true));
        socket.on('error', () => resolve(false));
      });
    const sockets: WebSocket[] = [];
    expect([await opened('192.0.2.1'), await opened('192.0.2.1'), await opened('192.0.2.1')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await opened('192.0.2.2')).toBe(true);
    sockets[0]!.terminate();
    await until('there is room again', () => opened('192.0.2.1'));
    for (const socket of sockets) socket.terminate();
  } finally {
    await server.remove();
  }
});

it('connections from loopback are not counted, also where IPv6 is listened to', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-'));
  const args = ['serve', '--listen', '[::]:0', '--data-dir', dataDir];
  const process = new ServerProcess(args, {
    PLACETTE_CONNECTIONS_PER_ADDRESS: '1',
  });
  try {
    const { port } = new URL(await process.listening());
    const agent = new Agent({ keepAlive: true });
    const answers = [1, 2, 3].map(() => http(`http://127.0.0.1:${port}`, '/healthz', { agent }));
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    agent.destroy();
  } finally {
    await process.end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  }
});
