// Versions of the npm packages that are measured.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const { resolve } = createRequire(import.meta.url);

// Not all packages export their package.json: it is looked for above the entry.
export function versionOf(name) {
  for (let folder = dirname(resolve(name)); ; folder = dirname(folder)) {
    try {
      const found = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (found.name === name) return found.version;
    } catch (error) {
      if (error.code !== 'ENOENT' || folder === dirname(folder)) throw error;
    }
  }
}
