import { execFile } from 'node:child_process';
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
