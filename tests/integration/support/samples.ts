import { existsSync, readFileSync } from 'node:fs';
import { caseRef } from './bookings.js';
import { openDay } from './days.js';
import { lucioles, office, territory } from './demo.js';
import { key } from './rpc.js';
import { paramsSchema, resolved, type Schema } from './schemas.js';

export interface Samples {
  valid: Record<string, unknown>[];
  /** `beyondSchema`: a rule that the schema's language does not tell. */
  invalid: { params: unknown; field?: string; beyondSchema?: true }[];
}

/** Subscriptions of the connection. */
interface Subscriptions {
  board: string;
  booking: string;
}
const none: Subscriptions = { board: 'unknown', booking: 'unknown' };

/**
 * Params of a method: those of its file, where the schema alone does not tell enough, else those that follow from the
 * schema. Placeholders of the files: days when the demo's facilities are open, a new key, a new case, subscriptions.
 */
export function samplesOf(method: string, subscriptions = none): Samples {
  const file = new URL(`../samples/${method}.json`, import.meta.url);
  if (!existsSync(file)) return madeFrom(resolved(paramsSchema(method)));
  return JSON.parse(
    readFileSync(file, 'utf8')
      .replaceAll('{{day}}', openDay(3))
      .replaceAll('{{later}}', openDay(5))
      .replaceAll('{{key}}', key)
      .replaceAll('{{case}}', caseRef)
      .replaceAll('{{board}}', subscriptions.board)
      .replaceAll('{{booking}}', subscriptions.booking),
  );
}

/** With all that is required, and with everything. */
function madeFrom(schema: Schema): Samples {
  const all = Object.keys(schema.properties ?? {});
  const whole = all.length > (schema.required?.length ?? 0);
  return { valid: [object(schema, schema.required ?? []), ...(whole ? [object(schema, all)] : [])], invalid: [] };
}

const object = (schema: Schema, names: string[]): Record<string, unknown> =>
  Object.fromEntries(names.map((name) => [name, valueOf(schema.properties[name], name)]));

/** What a name stands for wherever it is used. */
const known: Record<string, () => unknown> = {
  key,
  caseRef,
  territory: () => territory,
  facility: () => lucioles,
  office: () => office,
  period: () => 'matin',
  section: () => 'moyens',
  date: () => openDay(3),
  from: () => openDay(3),
  to: () => openDay(5),
  booking: () => `${territory}.unknown`,
  account: () => 'coordinator@demo',
  commune: () => '21292',
};

function valueOf(given: Schema, name: string): unknown {
  const schema = resolved(given);
  if (schema.type === 'object') return object(schema, Object.keys(schema.properties));
  if (schema.type === 'array') return [valueOf(schema.items, name)];
  if (known[name]) return known[name]();
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 1;
  if (schema.type === 'string' && (schema.minLength ?? 0) <= 5) return 'essai';
  throw new Error(`no sample follows from the schema of ${name}: write samples/METHOD.json`);
}
