import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** The program under test; an instrumented build serves as well. */
export const program = process.env.PLACETTE_BIN ?? `${repository}build/release/placette`;

const instrumented = /asan|tsan/.test(program);

/** How much longer than the release build the program may take: deadlines are multiplied by it. */
export const slowness = Number(process.env.PLACETTE_TEST_SLOWNESS ?? (instrumented ? 4 : 1));

export const schemaFolder = `${repository}include/placette/protocol/schema/`;
export const demoDocument = `${repository}demo/plaine-dijonnaise.json`;
export const sdkFolder = `${repository}client-js/sdk/`;

export function requireProgram(): void {
  if (!existsSync(program)) throw new Error(`${program} is missing: build it, or set PLACETTE_BIN`);
}
