// What an operator may set, and in how many ways it can be wrong: before anything is started, in plain words.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import cases from '../cases/settings.json' with { type: 'json' };
import { command } from './support/command.js';
import { accounts } from './support/demo.js';
import { postSession } from './support/http.js';
import { redisPids } from './support/processes.js';
import { Server, ServerProcess } from './support/server.js';
import { until } from './support/until.js';

interface Case {
  args: string[];
  refused?: boolean;
  origin?: string;
  accepted?: boolean;
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'placette-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const dataDir = () => join(folder, 'data');
const written = (text: string): string => {
  const file = join(folder, 'placette.toml');
  writeFileSync(file, text);
  return file;
};

/** With what every start here has; an argument that is told twice would be one too many. */
const serving = (args: string[]): string[] => {
  const told = (name: string) => args.includes(name);
  return [
    'serve',
    ...(told('--data-dir') ? [] : ['--data-dir', dataDir()]),
    ...(told('--listen') ? [] : ['--listen', '127.0.0.1:0']),
    ...args,
  ];
};

async function refused(...args: string[]): Promise<{ code: number | null; said: string }> {
  const process = new ServerProcess(serving(args));
  const { code } = await process.ended;
  expect(existsSync(dataDir()) ? redisPids(dataDir()) : []).toEqual([]);
  expect(process.output).not.toContain('redis-server');
  return { code, said: process.output.trim() };
}

async function listens(...args: string[]): Promise<ServerProcess> {
  const process = new ServerProcess(serving(args));
  onTestFinished(() => void process.end('SIGTERM'));
  await process.listening();
  return process;
}

describe.each((cases as Case[]).map((one) => ({ ...one, name: one.args.join(' ') })))('$name', (one) => {
  it.runIf(one.refused)('is refused, in a line that names it, and nothing is started', async () => {
    const { code, said } = await refused(...one.args);
    expect(code).toBe(one.args[0] === '--data-dir' ? 1 : 2);
    expect(said.split('\n')[0]).toContain(one.args[1]);
  });

  it.runIf(one.accepted)('is taken', async () => {
    await listens(...one.args);
  });

  it.runIf(one.origin)('is the origin that browsers say', async () => {
    const { stdout } = await command(['check-config', ...one.args]);
    expect(stdout).toContain(`public-url="${one.origin}"`);
  });
});

describe('--config', () => {
  it('is read, at the top or under [serve]; the command line and the environment say more', async () => {
    const file = written('hold-ttl-seconds = 77\nlog-level = "debug"\ndemo = true\n[serve]\nthreads = 2\n');
    const { code, stdout } = await command(['check-config', '--config', file, '--log-level', 'warn'], {
      PLACETTE_THREADS: '3',
    });
    expect(code).toBe(0);
    for (const line of ['hold-ttl-seconds=77', 'log-level="warn"', 'demo=true', 'threads=3'])
      expect(stdout.split('\n')).toContain(line);
    await listens('--config', written('demo = true\n'));
  });

  it('takes back what check-config prints', async () => {
    const { stdout } = await command(['check-config', '--hold-ttl-seconds', '77']);
    const again = await command(['check-config', '--config', written(stdout)]);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringContaining('hold-ttl-seconds=77') });
  });

  it.each([
    ['an option that there is not', 'hold-ttl = 3\n', /there is no option hold-ttl/],
    ['a section that there is not', '[server]\nthreads = 3\n', /there is no section \[server\]/],
    ['a value that cannot be', 'threads = "many"\n', /threads/],
    ['a value out of its range', 'hold-ttl-seconds = 0\n', /hold-ttl-seconds/],
    ['an address that cannot be', 'public-url = "nonsense"\n', /nonsense: is no URL/],
    ['another file', 'config = "x"\n', /there is no option config/],
  ])('with %s is refused', async (_, text, words) => {
    const file = written(text);
    const { code, said } = await refused('--config', file);
    expect(code).toBe(2);
    expect(said).toMatch(words);
  });

  it('that is missing, a folder, or not to be read is refused', async () => {
    expect((await refused('--config', join(folder, 'none'))).said).toMatch(/none: No such file/);
    expect((await refused('--config', folder)).said).toMatch(/is a folder/);
    const file = written('threads = 2\n');
    chmodSync(file, 0);
    if (process.getuid!() !== 0) expect((await refused('--config', file)).said).toMatch(/Permission denied/);
  });
});

it('commands read the file of --config too, and PLACETTE_* that are no setting are told', async () => {
  const server = await Server.start();
  onTestFinished(() => server.remove());
  const file = written(`data-dir = "${server.dataDir}"\nthreads = 2\n`);
  const listed = await command(['account', 'list', '--config', file]);
  expect(listed, listed.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining(accounts.manager) });
  const wrong = await command(['account', 'list', '--config', written('theads = 2\n')]);
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no option theads') });
  const misspelt = await command(['check-config'], { PLACETTE_LISTN: '127.0.0.1:1' });
  expect(misspelt.stderr).toContain('PLACETTE_LISTN in the environment is no setting');
});

it.each([
  [['--demo', '--listen', '192.0.2.1:8080'], /--demo: has known passwords: it listens on loopback addresses only/],
  [['--listen', '127.0.0.1:8080', '--metrics-listen', '127.0.0.1:8080'], /--metrics-listen: is --listen/],
])('%j is refused by check-config as by serve', async (args, words) => {
  const checked = await command(['check-config', ...args]);
  expect(checked).toMatchObject({ code: 2, stdout: '', stderr: expect.stringMatching(words) });
  const served = await command(['serve', '--data-dir', dataDir(), ...args]);
  expect(served).toMatchObject({ code: 2, stderr: expect.stringMatching(words) });
});

it('a folder that --demo has made is refused without it, unless one insists', async () => {
  const server = await Server.start({ dataDir: dataDir() });
  await server.stop();
  const process = new ServerProcess(serving([]));
  expect((await process.ended).code).toBe(3);
  expect(process.output.trim().split('\n').at(-1)).toMatch(/^placette: this store was made with --demo/);
  expect(redisPids(dataDir())).toEqual([]);
  await listens('--keep-demo-accounts');
});

it('a sign-in from the pages of another address is refused, and the log says which one was expected', async () => {
  const server = await Server.start({ args: ['--public-url', 'https://Places.example.fr/'] });
  onTestFinished(() => server.remove());
  const wish = { account: accounts.manager, password: 'demo' };
  for (let n = 0; n < 4; n++) {
    const answer = await postSession(server.url, wish, { origin: 'https://places.example.org' });
    expect(answer.status).toBe(403);
  }
  await until('the log says so', () => server.process.output.includes('--public-url is https://places.example.fr'));
  expect(server.process.output.match(/was refused: --public-url/g)!.length).toBeLessThanOrEqual(4); // one a thread
  expect((await postSession(server.url, wish, { origin: 'https://places.example.fr' })).status).toBe(200);
});

it('a folder without pages is refused', async () => {
  mkdirSync(join(folder, 'web'));
  expect((await refused('--web-dir', join(folder, 'web'))).said).toMatch(/holds no pages/);
});

it('--log-format json writes an object a line, whatever is in it; what people do is in it, under pseudonyms', async () => {
  const server = await Server.start({ args: ['--log-format', 'json'] });
  const account = 'a"b\\c\n@demo';
  for (const one of [account, accounts.worker]) await postSession(server.url, { account: one, password: 'demo' });
  await server.stop();
  const lines = server.process.output.trim().split('\n');
  const objects = lines.filter((line) => !line.startsWith('listening on ')).map((line) => JSON.parse(line));
  for (const one of objects) expect(Object.keys(one)).toEqual(['time', 'level', 'message']);
  const messages: string[] = objects.map(({ message }) => message);
  expect(
    messages.filter((message) => /^sign-in of [0-9a-f]{10}: (ok|invalid_params|unauthenticated)$/.test(message)),
  ).not.toEqual([]);
  expect(messages.some((message) => /^sign-in of [0-9a-f]{10}: ok$/.test(message))).toBe(true);
  expect(server.process.output).not.toContain(accounts.worker);
  await server.remove();
});
