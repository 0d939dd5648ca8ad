import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const sdk = fileURLToPath(new URL('..', import.meta.url));
let project: string;
let packed: string[];

const run = (command: string, ...args: string[]) =>
  execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** What a project of somebody else has, once it has the packed client: no repository around it, no `ws`. */
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'placette-client-'));
  rmSync(join(sdk, 'dist'), { recursive: true, force: true });
  const [{ filename, files }] = JSON.parse(
    execFileSync('npm', ['pack', '--json', '--pack-destination', project], { cwd: sdk, encoding: 'utf8' }).replace(
      /^[^[]*/, // what the build says
      '',
    ),
  );
  packed = files.map(({ path }: { path: string }) => path);
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }');
  run('mkdir', '-p', 'node_modules/@placette/client');
  run('tar', '-xzf', filename, '-C', 'node_modules/@placette/client', '--strip-components=1');
}, 180_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

test('it is built when it is packed, and has licence, description and examples', () => {
  for (const path of ['dist/index.js', 'dist/index.d.ts', 'LICENSE', 'README.md', 'examples/push-counts.mjs'])
    expect(packed).toContain(path);
  expect(packed.filter((path) => /^(src|test|scripts)\//.test(path))).toEqual([]);
  const licence = readFileSync(join(project, 'node_modules/@placette/client/LICENSE'), 'utf8');
  expect(licence).toContain('EUROPEAN UNION PUBLIC LICENCE v. 1.2');
});

test.each(['node10', 'node16', 'bundler'])(
  'its types are found by who resolves modules as %s',
  (resolution) => {
    const source = `
    import { PlacetteRpc, type Cell } from '@placette/client';
    const rpc = new PlacetteRpc({ url: '', token: '' });
    export const cells: Promise<Cell[]> = rpc.call('availability.set', { facility: '', cells: [] }).then((all) => all.cells);
    // @ts-expect-error no such method
    void rpc.call('availability.guess', {});
  `;
    writeFileSync(join(project, 'use.ts'), source);
    const module = { node10: 'es2022', node16: 'node16', bundler: 'es2022' }[resolution]!;
    const options = ['--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2022,dom', '--skipLibCheck', 'false'];
    const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
    run('node', tsc, ...options, '--module', module, '--moduleResolution', resolution, 'use.ts');
  },
  60_000,
);

test('where no WebSocket is to be had, it says what to do', () => {
  const code = `
    delete globalThis.WebSocket;
    const { PlacetteClient } = await import('@placette/client');
    await new PlacetteClient({ url: 'http://127.0.0.1:1' }).connect().catch((error) => console.log(error.message));
  `;
  expect(run('node', '--input-type=module', '--eval', code)).toBe(
    'There is no WebSocket here: take Node 22 or later, `npm install ws`, or give a class as `webSocket`.\n',
  );
}, 30_000);
