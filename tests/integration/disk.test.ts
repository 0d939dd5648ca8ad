import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open, read, type Slot } from './support/cells.js';
import { accounts } from './support/demo.js';
import { http } from './support/http.js';
import { admin, manager } from './support/people.js';
import { whenGone } from './support/processes.js';
import { key, Refusal, type Rpc } from './support/rpc.js';
import { Server, ServerProcess } from './support/server.js';
import { canMount, fill, makeRoom, withDisk } from './support/small_disk.js';
import { Stubborn } from './support/stubborn.js';
import { until } from './support/until.js';

const folder = () => mkdtempSync(join(tmpdir(), 'placette-'));

describe.skipIf(!canMount)('a disk that fills and empties again', () => {
  let server: Server;
  let boss: Rpc;
  let token: string;
  let esco: Stubborn;
  beforeAll(async () => {
    const dataDir = folder();
    server = await Server.start({ dataDir, under: withDisk(dataDir, 'size=100m'), args: ['--hold-ttl-seconds=1'] });
    boss = await manager(server);
    const administrator = await admin(server);
    const tokenOf = async (account: string) =>
      (await administrator.call('token.create', { key: key(), name: 'tests', account, password: 'demo' })).token!;
    token = await tokenOf(accounts.manager);
    esco = new Stubborn(server, await tokenOf(accounts.worker));
    administrator.cut();
  });
  afterAll(() => server.remove());

  const tryToOpen = ({ facility, ...cell }: Slot) =>
    boss.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by: 1 }] }).then(
      () => undefined,
      (error: Refusal) => error.data,
    );

  it('refuses writes for the time, takes them again within seconds, and loses none', async () => {
    const slot = freshSlot();
    const { facility, ...cell } = slot;
    await open(boss, slot, 0);
    const held = freshSlot();
    await open(boss, held, 20);
    const writers = Array.from({ length: 4 }, () => new Stubborn(server, token));
    let acknowledged = 0;
    let places = 0;
    let stop = false;
    // One more and one less in turn: however fast the machine is, no count comes to its end.
    const working = writers.map(async (writer) => {
      for (let by = 1; !stop; by = -by) {
        await writer.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by }] });
        acknowledged++;
        places += by;
      }
    });
    const goesOn = async () => {
      const target = acknowledged + 20;
      await until('work goes on', () => acknowledged >= target, 5_000);
    };
    for (let time = 1; time <= 3; time++) {
      await goesOn();
      const [redis] = server.redisPids();
      await Promise.all(Array.from({ length: 20 }, () => esco.call('booking.hold', wish(held))));
      fill(server);
      await whenGone(redis!); // at the latest when the holds run out: that is more than a page
      const other = freshSlot();
      const refused = await until('writes are refused', async () => {
        const why = await tryToOpen(other);
        return why?.type.endsWith(':store_unavailable') && why;
      });
      expect(refused.temporary).toBe(true);
      const refusals = () => writers.reduce((sum, { unavailable }) => sum + unavailable, 0);
      const soFar = refusals();
      await until('all are refused for a while', () => refusals() > soFar + 100);
      makeRoom(server);
      await goesOn();
    }
    stop = true;
    esco.close();
    await Promise.all(working);
    const shown = async () => (await read(boss, slot))!.open;
    await until('the board shows it', async () => (await shown()) === places);

    const [redis] = server.redisPids();
    process.kill(redis!, 'SIGKILL');
    await whenGone(redis!);
    await writers[0]!.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by: 1 }] });
    await until('it is on the disk', async () => (await shown()) === places + 1);
    writers.forEach((writer) => writer.close());
  });
});

describe.skipIf(!canMount)('a start on a disk that takes no writes says what to do', () => {
  const start = (options: string) => {
    const dataDir = folder();
    onTestFinished(() => rmSync(dataDir, { recursive: true }));
    const args = ['serve', '--demo', '--listen', '127.0.0.1:0', '--data-dir', dataDir];
    return { dataDir, starting: new ServerProcess(args, {}, withDisk(dataDir, options)) };
  };

  it('and ends, where it is mounted for reading', async () => {
    const { dataDir, starting } = start('ro');
    expect((await starting.ended).code).toBe(1);
    const why = '(Read-only file system): mount its disk for writing, after a look at dmesg';
    expect(starting.output.trim().split('\n').at(-1)).toBe(
      `placette: the data folder ${dataDir} cannot be written ${why}`,
    );
  });

  it('and waits for room, where it is full', async () => {
    const { dataDir, starting } = start('size=64k');
    const words = `the data folder ${dataDir} cannot be written (No space left on device): make room on its disk`;
    await until('it is an error in the log', () => starting.errors.some((said) => said.startsWith(words)));
    const readiness = await http(await starting.waiting(), '/readyz');
    expect(`${readiness.status} ${readiness.text}`).toBe(`503 not ready: ${words}\n`);
    expect(await starting.end('SIGTERM')).toEqual({ code: 0, signal: null });
  });
});
