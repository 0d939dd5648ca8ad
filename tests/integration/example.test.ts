import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, territory } from './support/demo.js';
import { key, Rpc } from './support/rpc.js';
import { sdkFolder, slowness } from './support/settings.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.remove());

/** Runs Node as that person, where it finds the packages of this folder. */
async function run(account: string, ...args: string[]) {
  const env = { PLACETTE_URL: server.url, PLACETTE_TOKEN: await createToken(server, account) };
  const child = spawn(process.execPath, args, {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, ...env },
    timeout: 15_000 * slowness,
  });
  const program = {
    output: '',
    ended: new Promise<number | null>((resolve) => child.once('close', resolve)),
    interrupt: () => child.kill('SIGINT'),
  };
  child.stdout.on('data', (part) => (program.output += part));
  child.stderr.on('data', (part) => (program.output += part));
  return program;
}

const inReadme = (n: number) => {
  const readme = readFileSync(`${sdkFolder}README.md`, 'utf8');
  return ['--input-type=module', '--eval', [...readme.matchAll(/```js\n([\s\S]+?)```/g)][n]![1]!];
};

it('the example of the client’s README that pushes counts does what it says', async () => {
  const program = await run(accounts.manager, ...inReadme(0));
  expect(await program.ended, program.output).toBe(0);
  const [, now, before] = /: (\d+) places, (\d+) before/.exec(program.output) ?? [];
  expect(Number(now)).toBe(Number(before) + 1);
});

it('the example of the client’s README that books does what it says', async () => {
  const program = await run(accounts.worker, ...inReadme(1));
  expect(await program.ended, program.output).toBe(0);
  expect(program.output).toMatch(/confirmed.* 200000925\.\w+$/m);
});

it('the program that pushes a file of counts tells what became of those of each facility', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'placette-counts-'));
  const file = join(folder, 'counts.csv');
  const line = (facility: string) => `${facility};${openDay(2)};matin;moyens;14\n`;
  writeFileSync(file, line(lucioles) + line('nowhere'));
  const program = await run(accounts.manager, `${sdkFolder}examples/push-counts.mjs`, file);
  const code = await program.ended;
  rmSync(folder, { recursive: true });
  expect(program.output).toContain(`${lucioles}: 1 counts`);
  expect(program.output).toMatch(/^nowhere: \S+/m);
  expect(code).toBe(1);
});

it('the program that watches a board tells what changes, until it is interrupted', async () => {
  const program = await run(accounts.worker, `${sdkFolder}examples/watch-board.mjs`, territory);
  await until('the board is live', () => program.output.includes('the board is live'));
  const boss = await Rpc.connect(server, { token: await createToken(server, accounts.manager) });
  const cells = [{ date: openDay(3), period: 'matin', section: 'moyens', by: 1 }];
  await boss.call('availability.adjust', { facility: lucioles, key: key(), cells });
  await until('it tells the change', () => program.output.includes(`${openDay(3)} ${lucioles} matin moyens`));
  program.interrupt();
  expect(await program.ended).toBe(0);
  boss.cut();
});
