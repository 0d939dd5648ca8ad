import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { redisCli } from './redis_cli.js';
import { whenGone } from './processes.js';
import { until } from './until.js';

const run = promisify(execFile);

async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  listener.close();
  await once(listener, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

const living = new Set<ChildProcess>();
process.on('exit', () => living.forEach((child) => child.kill('SIGKILL')));

/** A Redis that somebody else keeps, with the settings that one of one's own should have; for `--redis`. */
export class OwnRedis {
  private child: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    private readonly folder: string,
  ) {}

  /** On a folder of its own, or on one that it makes its own. */
  static async start(folder = mkdtempSync(join(tmpdir(), 'placette-redis-'))): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort(), folder);
    await redis.restart();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async restart(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder, '--save', ''];
    const durable = ['--appendonly', 'yes', '--appendfsync', 'always', '--aof-load-truncated', 'no'];
    // A replica is up to date in a moment, not in the five seconds that Redis waits for more of them.
    const quick = ['--repl-diskless-sync-delay', '0', '--repl-ping-replica-period', '1'];
    this.child = spawn('redis-server', [...settings, ...durable, ...quick], { stdio: 'ignore' });
    living.add(this.child);
    await until('Redis answers', async () => (await this.ask('PING').catch(() => '')) === 'PONG');
  }

  cli(...words: string[]): string {
    return redisCli(this.port, ...words);
  }

  async ask(...words: string[]): Promise<string> {
    const { stdout } = await run('redis-cli', ['-p', String(this.port), ...words]);
    return stdout.trim();
  }

  /** Makes it a replica, and waits until it holds what the other holds. */
  async follow(primary: OwnRedis): Promise<void> {
    await this.ask('REPLICAOF', '127.0.0.1', String(primary.port));
    await until('the replica is in step', async () => {
      const [there, here] = await Promise.all([primary.ask('INFO', 'replication'), this.ask('INFO', 'replication')]);
      const offset = (info: string) => /^master_repl_offset:(\d+)/m.exec(info)?.[1];
      return /^master_link_status:up/m.test(here) && offset(there) === offset(here);
    });
  }

  async lead(): Promise<void> {
    await this.ask('REPLICAOF', 'NO', 'ONE');
  }

  async kill(): Promise<void> {
    const { pid } = this.child!;
    this.child!.kill('SIGKILL');
    living.delete(this.child!);
    await whenGone(pid!);
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
