import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { program, requireProgram, slowness } from './settings.js';
import type { Server } from './server.js';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs `placette …` to its end, whatever its exit code. */
export function command(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  requireProgram();
  return new Promise((resolve) => {
    const options = { timeout: 20_000 * slowness, env: { ...process.env, ...env } };
    execFile(program, args, options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code ?? -1) : 0, stdout, stderr }),
    );
  });
}

/** The same, with a text on its standard input; it must succeed. */
export async function spawnCommand(args: string[], input: string): Promise<void> {
  requireProgram();
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`placette ${args.join(' ')} ended with ${code}`);
}

/** A bearer token of the account, made beside the running server. */
export async function createToken(
  server: Pick<Server, 'dataDir'>,
  account: string,
  store = ['--data-dir', server.dataDir],
): Promise<string> {
  const { code, stdout, stderr } = await command(['token', 'create', '--account', account, ...store]);
  if (code !== 0) throw new Error(`token create: ${stderr}`);
  return stdout.trim();
}
