// The JSON Schemas of the protocol, and its index of methods and notifications.
import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../../include/placette/protocol/schema/', import.meta.url);
const urn = 'urn:placette:schema:';

export const read = (name) => JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
export const index = read('index');
export const messages = () =>
  readdirSync(folder)
    .sort()
    .map((file) => file.replace(/\.json$/, ''))
    .filter((name) => !['common', 'error', 'index'].includes(name));

/** 'urn:placette:schema:common#/definitions/cell' → ['common', 'cell'] */
export function partsOf(ref) {
  const [file, pointer] = ref.slice(urn.length).split('#');
  return [file, pointer ? pointer.split('/').at(-1) : undefined];
}
