import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenGone } from './processes.js';
import { until } from './until.js';

/** One command to a Redis at a socket, past the server; a nil reply is an empty text. */
export const redisCli = (socket: string, ...words: string[]): string =>
  execFileSync('redis-cli', ['-s', socket, '-e', ...words], { encoding: 'utf8' }).replace(/\n$/, '');

/** A Redis that the server does not keep itself (`--redis`), set as the documents ask. */
export class OwnRedis {
  readonly url: string;

  private constructor(
    private readonly process: ChildProcess,
    private readonly folder: string,
    readonly socket: string,
  ) {
    this.url = `unix://${socket}`;
  }

  static async start(): Promise<OwnRedis> {
    const folder = mkdtempSync(join(tmpdir(), 'placette-redis-'));
    const socket = join(folder, 'redis.sock');
    const settings = [
      '--port 0',
      `--unixsocket ${socket}`,
      `--dir ${folder}`,
      '--appendonly yes',
      '--appendfsync always',
    ];
    const process = spawn(
      'redis-server',
      [...settings, '--aof-load-truncated no'].flatMap((one) => one.split(' ')),
      {
        stdio: 'ignore',
      },
    );
    await until('Redis listens', () => existsSync(socket));
    return new OwnRedis(process, folder, socket);
  }

  cli(...words: string[]): string {
    return redisCli(this.socket, ...words);
  }

  async remove(): Promise<void> {
    this.process.kill('SIGKILL');
    await whenGone(this.process.pid!);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
