// Writes dist/sw.js: the service worker, the files that it keeps, and a version that changes when any of them does.
import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const web = fileURLToPath(new URL('..', import.meta.url));
const dist = join(web, 'dist');
/** A megabyte that few ask for, and what is compressed. */
const leftOut = /communes|\.(br|gz)$|^sw\.js$/;

const all = await readdir(dist, { recursive: true, withFileTypes: true });
const files = all
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(dist.length + 1))
  .filter((name) => !leftOut.test(name))
  .sort();

const hash = createHash('sha256');
for (const name of files) hash.update(name).update(await readFile(join(dist, name)));
const version = hash.digest('hex').slice(0, 16);
const paths = files.map((name) => `/${name}`);
const worker = await readFile(join(web, 'src/service-worker.js'), 'utf8');
await writeFile(
  join(dist, 'sw.js'),
  `const version = ${JSON.stringify(version)};\nconst files = ${JSON.stringify(paths)};\n${worker}`,
);
