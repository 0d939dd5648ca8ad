// The TypeScript of the messages, from their JSON Schemas: it depends on these alone.
import { compile } from 'json-schema-to-typescript';
import { index, messages, partsOf, read } from './schemas.mjs';

const withoutClash = { date: 'Day', time: 'TimeOfDay' };
const typeName = (name) => withoutClash[name] ?? name.replace(/(^|[.-])(\w)/g, (_, __, letter) => letter.toUpperCase());

// The files refer to each other by URN; the compiler gets one document, so that each shared type is written
// once.
function inOneDocument(node) {
  if (Array.isArray(node)) return node.map(inOneDocument);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => name !== '$schema' && name !== '$id')
      .map(([name, value]) => [name, name === '$ref' ? localRef(value) : inOneDocument(value)]),
  );
}

function localRef(ref) {
  const [file, definition] = partsOf(ref);
  return `#/definitions/${typeName(definition ?? file)}`;
}

function definitions() {
  const all = Object.entries(inOneDocument(read('common')).definitions);
  for (const name of messages()) all.push([name, inOneDocument(read(name))]);
  return Object.fromEntries(all.map(([name, schema]) => [typeName(name), schema]));
}

function maps({ methods, notifications }) {
  const mutating = methods.filter((method) => method.mutating).map((method) => `  '${method.name}',`);
  return [
    '/** What each method takes and answers. */',
    'export interface Methods {',
    ...methods.flatMap(({ name, does }) => [
      `  /** ${does} */`,
      `  '${name}': { params: ${typeName(name)}Params; result: ${typeName(name)}Result };`,
    ]),
    '}',
    '',
    '/** What each notification carries. */',
    'export interface Notifications {',
    ...notifications.map(({ name }) => `  '${name}': ${typeName(name)}Notification;`),
    '}',
    '',
    '/** The methods that change something: each call carries a `key`. */',
    'export const mutatingMethods = [',
    ...mutating,
    '] as const;',
    '',
  ].join('\n');
}

// The compiler says of each type where it was referenced, and writes a type for the whole document: both are
// noise.
function withoutNoise(types) {
  return types
    .replace(
      /( \*\n)? \* This interface was referenced by `Messages`'s JSON-Schema\n \* via the `definition` "\w+"\.\n/g,
      '',
    )
    .replace(/\/\*\*\n \*\/\n/g, '')
    .replace(/export interface Messages \{[^}]*\}\n/, '');
}

export async function typesText() {
  const types = await compile({ additionalProperties: false, definitions: definitions() }, 'Messages', {
    bannerComment: '// Made by scripts/generate.mjs from include/placette/protocol/schema: change the schemas instead.',
    ignoreMinAndMaxItems: true,
    style: { printWidth: 110, singleQuote: true },
    unreachableDefinitions: true,
  });
  return `${withoutNoise(types)}\n${maps(index)}`;
}
