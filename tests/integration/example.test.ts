import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { accounts } from './support/demo.js';
import { sdkFolder, slowness } from './support/settings.js';
import { Server } from './support/server.js';

/** Runs the text as a module that finds the packages of this folder. */
function run(code: string, env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    env: { ...process.env, ...env },
    timeout: 10_000 * slowness,
  });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => (output += part));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })));
}

it('the example of the client’s README does what it says', async () => {
  const example = /```js\n([\s\S]+?)```/.exec(readFileSync(`${sdkFolder}README.md`, 'utf8'))![1]!;
  const server = await Server.start();
  try {
    const { code, output } = await run(example, {
      PLACETTE_URL: server.url,
      PLACETTE_TOKEN: await createToken(server, accounts.worker),
    });
    expect(output).toMatch(/confirmed.* 200000925\.\w+$/m);
    expect(code).toBe(0);
  } finally {
    await server.remove();
  }
});
