import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** What a page that imports this loads at once, in KiB of gzip: all but what stands for a socket where none passes. */
async function size(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('../src', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    external: ['./polling.js', 'ws'],
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1024;
}

test.each([
  ['a program that pushes counts', "export { PlacetteRpc } from './index.ts'", 4],
  ['a program that stays connected', "export { PlacetteClient } from './index.ts'", 10],
  ['all of it', "export * from './index.ts'", 10.5],
])('%s loads little', async (_, contents, most) => {
  const kib = await size(contents);
  expect(kib).toBeLessThanOrEqual(most);
  expect(kib).toBeGreaterThan(1); // something was measured
});
