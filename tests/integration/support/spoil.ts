import { fits, resolved, type Schema } from './schemas.js';

/** One thing made wrong in params that were right, and the path that the server must name. */
export interface Spoiled {
  what: string;
  field: string;
  params: any;
}

interface Fault {
  at: (string | number)[];
  what: string;
  /** Absent: the member is taken out. */
  value?: unknown;
}

const tooLargeForAFrame = 200_000;

/** Every way to break one rule of the schema in the params. */
export function spoil(schema: Schema, params: unknown): Spoiled[] {
  return [...faults(schema, params, [])]
    .map((fault) => ({ what: fault.what, field: fieldOf(fault.at), params: withFault(params, fault) }))
    .filter((spoiled) => JSON.stringify(spoiled.params).length < tooLargeForAFrame);
}

function* faults(given: Schema, value: any, at: Fault['at']): Generator<Fault> {
  const schema = resolved(given);
  if (schema.oneOf) {
    const branch = schema.oneOf.find((one: Schema) => fits(one, value));
    // Which branch was meant is the reader's guess once a required member is gone.
    const isGuessed = ({ what }: Fault) => what.startsWith('without');
    const isOther = (fault: Fault) => fault.at.length === at.length && fits(schema, fault.value);
    if (branch) yield* [...faults(branch, value, at)].filter((fault) => !isGuessed(fault) && !isOther(fault));
    return;
  }
  if (Array.isArray(value)) yield* ofArray(schema, value, at);
  else if (value !== null && typeof value === 'object') yield* ofObject(schema, value, at);
  else yield* ofScalar(schema, value, at);
}

function* ofObject(schema: Schema, value: Record<string, unknown>, at: Fault['at']): Generator<Fault> {
  if (typeof at.at(-1) === 'string') yield { at, what: 'a text for an object', value: 'text' };
  for (const name of schema.required ?? []) yield { at: [...at, name], what: `without ${name}` };
  if (schema.additionalProperties === false) {
    yield { at: [...at, 'surprise'], what: 'an unknown member', value: 1 };
  }
  for (const [name, member] of Object.entries(value)) {
    const known = schema.properties?.[name];
    if (known) yield* faults(known, member, [...at, name]);
  }
}

function* ofArray(schema: Schema, value: unknown[], at: Fault['at']): Generator<Fault> {
  yield { at, what: 'a text for a list', value: 'text' };
  if (schema.minItems > 0) yield { at, what: 'an empty list', value: [] };
  if (value.length === 0) return;
  if (schema.maxItems) {
    yield { at, what: 'a list too long', value: Array.from({ length: schema.maxItems + 1 }, () => value[0]) };
  }
  if (schema.uniqueItems) yield { at, what: 'something twice', value: [...value, value[0]] };
  yield* faults(schema.items, value[0], [...at, 0]);
}

function* ofScalar(schema: Schema, value: unknown, at: Fault['at']): Generator<Fault> {
  if (schema.enum || 'const' in schema) {
    yield { at, what: 'a word not of the list', value: 'nonsense' };
  } else if (typeof value === 'string') {
    yield { at, what: 'a number for a text', value: 7 };
    yield { at, what: 'null for a text', value: null };
    if (schema.pattern) yield { at, what: 'a text of another form', value: '§ §\u0007' };
    if (schema.format === 'date') yield { at, what: 'a day that is none', value: '2026-02-30' };
    if (schema.minLength > 0) yield { at, what: 'an empty text', value: '' };
    if (schema.maxLength) yield { at, what: 'a text too long', value: 'x'.repeat(schema.maxLength + 1) };
  } else if (typeof value === 'boolean') {
    yield { at, what: 'a text for true or false', value: 'true' };
  } else if (typeof value === 'number') {
    yield { at, what: 'a text for a number', value: String(value) };
    if (schema.type === 'integer') yield { at, what: 'a fraction', value: value + 0.5 };
    if ('minimum' in schema) yield { at, what: 'below the least', value: schema.minimum - 1 };
    if ('maximum' in schema) yield { at, what: 'above the greatest', value: schema.maximum + 1 };
  }
}

function withFault(params: unknown, { at, ...fault }: Fault): unknown {
  const copy = structuredClone(params) as any;
  const parent = at.slice(0, -1).reduce((inside, step) => inside[step], copy);
  const last = at.at(-1)!;
  if ('value' in fault) parent[last] = fault.value;
  else delete parent[last];
  return copy;
}

const fieldOf = (at: Fault['at']): string =>
  at.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path ? `${path}.${step}` : step;
  }, '');
