import { readdirSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import type { Methods, Role } from '../../../client-js/sdk/src/generated/messages.js';
import { schemaFolder } from './settings.js';

export type { Role };

interface Index {
  audiences: Record<string, { roles: Role[]; beforeSignIn?: boolean }>;
  methods: { name: keyof Methods; for: string; mutating: boolean; subscription?: boolean }[];
  notifications: { name: string }[];
}

const read = (file: string) => JSON.parse(readFileSync(schemaFolder + file, 'utf8'));

export const index: Index = read('index.json');

// `if` … `then` of a property beside `required` elsewhere is not strict enough for ajv's taste.
const ajv = new Ajv({ strict: false, allErrors: true });
(formats as unknown as (ajv: Ajv) => void)(ajv);
for (const file of readdirSync(schemaFolder)) {
  if (file !== 'index.json') ajv.addSchema(read(file));
}

function validator(name: string): ValidateFunction {
  const found = ajv.getSchema(`urn:placette:schema:${name}`);
  if (!found) throw new Error(`no schema is named ${name}`);
  return found as ValidateFunction;
}

/** What is wrong with the message; empty: nothing. */
export function faultsOf(name: string, message: unknown): string[] {
  const validate = validator(name);
  if (validate(message)) return [];
  return (validate.errors ?? []).map(
    (error) => `${name}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`,
  );
}

export function mustFit(name: string, message: unknown): void {
  const faults = faultsOf(name, message);
  if (faults.length > 0) throw new Error(`${faults.join('\n')}\n${JSON.stringify(message).slice(0, 2000)}`);
}

export type Schema = Record<string, any>;

export const paramsSchema = (method: string): Schema => ({ $ref: `urn:placette:schema:${method}.params` });

/** The schema itself behind a reference, alone or in an `allOf` that only adds a description. */
export function resolved(schema: Schema): Schema {
  if (schema.allOf?.length === 1) return resolved(schema.allOf[0]);
  if (!schema.$ref) return schema;
  const [id, pointer] = schema.$ref.split('#') as [string, string | undefined];
  const steps = (pointer ?? '').split('/').filter(Boolean);
  return resolved(steps.reduce((inside, step) => inside[step], validator(id.split(':').at(-1)!).schema as Schema));
}

export const fits = (schema: Schema, value: unknown): boolean => ajv.validate(schema, value) as boolean;

const collected: string[] = [];

/** For messages that nobody awaits: the setup file fails the test. */
export function note(name: string, message: unknown): void {
  try {
    mustFit(name, message);
  } catch (error) {
    collected.push((error as Error).message);
  }
}

export const takeFaults = (): string[] => collected.splice(0);
