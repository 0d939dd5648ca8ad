import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshSlot, open, read } from './support/cells.js';
import { openDay } from './support/days.js';
import { territory } from './support/demo.js';
import { http } from './support/http.js';
import { everything } from './support/people.js';
import { type Frame, opcodes, Raw } from './support/raw.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until as eventually, within } from './support/until.js';

let server: Server;
let token: string;
beforeAll(async () => {
  server = await Server.start();
  token = await everything(server);
});
afterAll(() => server.remove());

const call = (id: number, method: string, params: object) => JSON.stringify({ jsonrpc: '2.0', id, method, params });
const board = () => ({ territory, from: openDay(1), days: 31 });
const until = async (raw: Raw, wanted: (frame: Frame) => boolean): Promise<Frame[]> => {
  const frames: Frame[] = [];
  for (;;) {
    const frame = await within('a frame comes', raw.frame());
    if (!frame) throw new Error('the connection ended');
    frames.push(frame);
    if (wanted(frame)) return frames;
  }
};

it('lets pongs and the close between its messages, never within one, to a client that takes its time', async () => {
  const raw = await Raw.connect(server, token);
  // Far more than the kernel takes while nothing is read: messages stop half written.
  const calls = 60;
  for (let n = 1; n <= calls; n++) {
    raw.send(opcodes.text, call(n, 'board.get', board()));
    raw.send(opcodes.ping, `ping ${n}`);
  }
  const frames = await until(raw, ({ payload }) => payload.equals(Buffer.from(`ping ${calls}`)));
  while (frames.filter(({ opcode }) => opcode === opcodes.text).length < calls) {
    frames.push(...(await until(raw, () => true)));
  }
  const of = (wanted: number) =>
    frames.filter(({ opcode }) => opcode === wanted).map(({ payload }) => payload.toString());
  expect(of(opcodes.pong)).toEqual(Array.from({ length: calls }, (_, n) => `ping ${n + 1}`));
  const replies = of(opcodes.text).map((text) => JSON.parse(text));
  expect(new Set(replies.map(({ id }) => id)).size).toBe(calls);
  expect(frames).toHaveLength(2 * calls);

  raw.send(opcodes.close, Buffer.from([3, 232]));
  expect((await until(raw, () => true))[0]).toMatchObject({ opcode: opcodes.close });
  expect(await within('the server ends', raw.frame())).toBeUndefined();
});

it('sends nothing after its close', async () => {
  const raw = await Raw.connect(server, token);
  const slot = freshSlot();
  raw.send(opcodes.text, call(1, 'board.subscribe', { territory, from: slot.date, days: 1 }));
  await until(raw, ({ payload }) => payload.includes('"id":1'));
  raw.send(opcodes.close, Buffer.from([3, 232]));
  const boss = await Rpc.connect(server, { token });
  await open(boss, slot, 1);
  for (let n = 0; n < 20; n++) {
    const { facility, date, period, section } = slot;
    await boss.call('availability.adjust', { facility, key: key(), cells: [{ date, period, section, by: 1 }] });
  }
  boss.cut();
  await until(raw, ({ opcode }) => opcode === opcodes.close);
  expect(await within('the server ends', raw.frame())).toBeUndefined();
});

it('knows no subscription that nobody is told of', async () => {
  const raw = await Raw.connect(server, token);
  const slot = freshSlot();
  const params = { territory, from: slot.date, days: 1 };
  raw.send(opcodes.text, call(1, 'board.subscribe', params));
  raw.send(opcodes.text, JSON.stringify({ jsonrpc: '2.0', method: 'board.subscribe', params }));
  raw.send(opcodes.text, call(2, 'session.hello', { client: 'tests', version: '1' }));
  await until(raw, ({ payload }) => payload.includes('"id":2'));
  const boss = await Rpc.connect(server, { token });
  await open(boss, slot, 1);
  boss.cut();
  await until(raw, ({ payload }) => payload.includes('board.delta'));
  raw.destroy();
});

it('is not read while more of its replies wait than it may have', async () => {
  const boss = await Rpc.connect(server, { token });
  const slot = freshSlot();
  await open(boss, slot, 1);
  const { length } = JSON.stringify(await boss.call('board.get', board()));
  const raw = await Raw.connect(server, token);
  const batch = Array.from({ length: 50 }, (_, n) => JSON.parse(call(n, 'board.get', board())));
  // 4 MiB, and what is under way when they are reached.
  const batches = Math.ceil((4 * 1024 * 1024) / (batch.length * length)) + 3;
  for (let n = 0; n < batches; n++) raw.send(opcodes.text, JSON.stringify(batch));
  const { facility, date, period, section } = slot;
  const adjust = { facility, key: key(), cells: [{ date, period, section, by: 1 }] };
  raw.send(opcodes.text, call(99, 'availability.adjust', adjust));
  // Another session asks for as much meanwhile, and is answered.
  for (let n = 0; n < batches * batch.length; n++) await boss.call('board.get', board());
  expect((await read(boss, slot))!.open).toBe(1);
  const frames = await until(raw, ({ payload }) => payload.includes('"id":99'));
  expect(frames.at(-1)!.payload.toString()).toContain('"open":2');
  raw.destroy();
  boss.cut();
});

const metric = async (name: string) =>
  Number(new RegExp(`^${name} (\\d+)`, 'm').exec((await http(server.url, '/metrics')).text)?.[1]);
const sessions = () => metric('placette_sessions');

/** A session whose message the kernel takes only a part of: nothing is read, and nothing more is written. */
const halfWritten = async () => {
  const raw = await Raw.connect(server, token);
  // Few enough that all are taken: what follows them is read.
  for (let n = 1; n <= 60; n++) raw.send(opcodes.text, call(n, 'board.get', board()));
  let writes = -1;
  await eventually('the kernel takes no more', async () => writes === (writes = await metric('placette_writes_total')));
  return raw;
};

it.each([
  ['close', opcodes.close],
  ['ping', opcodes.ping],
])('forgets a client whose %s and end arrive together, behind a message half written', async (_, opcode) => {
  await eventually('nobody is there', async () => (await sessions()) === 0);
  const raw = await halfWritten();
  process.kill(server.pid, 'SIGSTOP');
  try {
    raw.send(opcode, Buffer.from([3, 232]));
    await raw.reset();
  } finally {
    process.kill(server.pid, 'SIGCONT');
  }
  await eventually('the session is forgotten', async () => (await sessions()) === 0);
});

it('forgets a client that has ended and does not read', async () => {
  const raw = await halfWritten();
  raw.halfClose();
  await eventually('the session is forgotten', async () => (await sessions()) === 0);
  raw.destroy();
});

it('gives up a message half written when the client goes', async () => {
  const raw = await Raw.connect(server, token);
  for (let n = 1; n <= 60; n++) raw.send(opcodes.text, call(n, 'board.get', board()));
  raw.send(opcodes.ping, 'waits behind the message');
  await until(raw, ({ payload }) => payload.includes('"id":'));
  raw.destroy();
  const other = await Rpc.connect(server, { token });
  await other.call('board.get', board());
  other.cut();
});
