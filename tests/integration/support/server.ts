import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { redisPids, whenGone } from './processes.js';
import { program, requireProgram } from './settings.js';
import { until, within } from './until.js';

const sanitizerReport = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:/;

export interface ServerOptions {
  dataDir?: string;
  port?: number;
  demo?: boolean;
  args?: string[];
  env?: Record<string, string>;
  /** What runs the program, in its own place: see small_disk.ts. */
  under?: string[];
}

/** A running `placette serve` with its own data folder and Redis. */
export class Server {
  readonly url: string;
  readonly port: number;

  private constructor(
    readonly process: ServerProcess,
    readonly dataDir: string,
    private readonly options: ServerOptions,
    url: string,
  ) {
    this.url = url;
    this.port = Number(new URL(url).port);
  }

  static async start(options: ServerOptions = {}): Promise<Server> {
    const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'placette-'));
    const process = new ServerProcess(serveArguments(dataDir, options), options.env, options.under);
    const url = await process.listening();
    return new Server(process, dataDir, options, url);
  }

  get pid(): number {
    return this.process.pid;
  }

  get webSocketUrl(): string {
    return `${this.url.replace('http', 'ws')}/ws`;
  }

  redisPids(): number[] {
    return redisPids(this.dataDir);
  }

  /** Another server on the same folder and port; this one must have ended. */
  again(options: Omit<ServerOptions, 'dataDir'> = {}): Promise<Server> {
    return Server.start({ ...this.options, port: this.port, ...options, dataDir: this.dataDir });
  }

  /** Asks it to stop, and checks that it does so cleanly: itself, its Redis, and nothing for a sanitizer to say. */
  async stop(): Promise<void> {
    const redis = this.redisPids();
    const { code, signal } = await this.process.end('SIGTERM');
    if (code !== 0) throw new Error(`the server ended with ${code ?? signal}\n${this.process.output}`);
    if (sanitizerReport.test(this.process.output)) throw new Error(this.process.output);
    await Promise.all(redis.map(whenGone));
  }

  /** kill -9 of the server alone: its Redis lives on. */
  async kill(): Promise<void> {
    await this.process.end('SIGKILL');
    if (sanitizerReport.test(this.process.output)) throw new Error(this.process.output);
  }

  /** Stops it and forgets its data. */
  async remove(): Promise<void> {
    try {
      if (this.process.isRunning) await this.stop();
    } finally {
      endAllIn(this.dataDir);
      rmSync(this.dataDir, { recursive: true, force: true });
    }
  }
}

function serveArguments(dataDir: string, { port = 0, demo = true, args = [] }: ServerOptions): string[] {
  return ['serve', '--listen', `127.0.0.1:${port}`, '--data-dir', dataDir, ...(demo ? ['--demo'] : []), ...args];
}

/** The bare process: for starts that are meant to fail, too. */
export class ServerProcess {
  output = '';
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  private readonly child: ChildProcess;
  private readonly whenListening: Promise<string>;

  constructor(args: string[], env: Record<string, string> = {}, under: string[] = []) {
    requireProgram();
    const [first, ...rest] = [...under, program, ...args];
    this.child = spawn(first!, rest, { env: { ...environment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    living.add(this.child);
    this.ended = new Promise((resolve) =>
      this.child.once('close', (code, signal) => {
        living.delete(this.child);
        resolve({ code, signal });
      }),
    );
    this.whenListening = new Promise((resolve, reject) => {
      const collect = (part: Buffer) => {
        this.output += part;
        const line = /^listening on (http:\/\/\S+)$/m.exec(this.output);
        if (line) resolve(line[1]!);
      };
      this.child.stdout!.on('data', collect);
      this.child.stderr!.on('data', collect);
      void this.ended.then(({ code }) => reject(new Error(`ended with ${code} before it listened\n${this.output}`)));
    });
    this.whenListening.catch(() => {}); // a start that is meant to fail is awaited by its end
  }

  get pid(): number {
    return this.child.pid!;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Its log's errors, without time and level. */
  get errors(): string[] {
    return [...this.output.matchAll(/^\S+Z error (.*)$/gm)].map(([, words]) => words!);
  }

  listening(): Promise<string> {
    return within(`${program} listens`, this.whenListening, 15_000);
  }

  /** Where it answers while it is not there yet. */
  waiting(): Promise<string> {
    const url = () => /starting; (http:\/\/\S+)\/readyz/.exec(this.output)?.[1];
    return until(`${program} answers that it is starting`, url);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  end(signal: NodeJS.Signals): Promise<{ code: number | null; signal: string | null }> {
    this.signal(signal);
    return within(`the server ends on ${signal}`, this.ended, 15_000);
  }
}

// Freed memory kept back by AddressSanitizer would look like memory that the server holds.
const environment = () => ({ ASAN_OPTIONS: 'quarantine_size_mb=4', ...process.env });

const living = new Set<ChildProcess>();
process.on('exit', () => living.forEach((child) => child.kill('SIGKILL')));

function endAllIn(folder: string): void {
  for (const pid of redisPids(folder)) process.kill(pid, 'SIGKILL');
}
