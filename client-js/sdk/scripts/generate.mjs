// Writes what is made from the protocol's schemas: the SDK's types, the tables of docs/protocol.md.
// --check: writes nothing, and ends with 1 where they are not up to date.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { documentText } from './document.mjs';
import { typesText } from './types.mjs';

const made = {
  '../src/generated/messages.ts': typesText,
  '../../../docs/protocol.md': documentText,
};

for (const [path, make] of Object.entries(made)) {
  const file = new URL(path, import.meta.url);
  const present = readFileSync(file, 'utf8');
  const text = await make(present);
  if (text === present) continue;
  if (process.argv.includes('--check')) {
    console.error(`${fileURLToPath(file)} is not what the schemas make: npm run generate -w @placette/client`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, text);
  }
}
