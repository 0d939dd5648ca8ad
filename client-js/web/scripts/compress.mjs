// Writes NAME.br and NAME.gz beside each file of dist that gains from it: the server sends them as they are.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const compressible = /\.(html|js|css|svg|json|webmanifest)$/;

async function* filesBelow(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };

for await (const path of filesBelow(dist)) {
  if (!compressible.test(path)) continue;
  const content = await readFile(path);
  await writeFile(`${path}.br`, brotliCompressSync(content, brotli));
  await writeFile(`${path}.gz`, gzipSync(content, { level: 9 }));
}
