import { existsSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseRef } from './support/bookings.js';
import { openDay } from './support/days.js';
import { lucioles, periods, sections, territory } from './support/demo.js';
import { everything } from './support/people.js';
import { key, Refusal, Rpc } from './support/rpc.js';
import { faultsOf, index, paramsSchema } from './support/schemas.js';
import { Server } from './support/server.js';
import { spoil } from './support/spoil.js';

interface Samples {
  valid: unknown[];
  /** `beyondSchema`: a rule that the schema's language does not tell. */
  invalid: { params: unknown; field?: string; beyondSchema?: true }[];
}

/**
 * Placeholders: days when the facility of the samples is open, a new key, a new case, a subscription of the connection.
 * Every cell of `{{day}}` has places, whatever the samples before have left there.
 */
async function samplesOf(method: string, rpc: Rpc): Promise<Samples> {
  const cells = periods.flatMap((period) =>
    sections.map((section) => ({ date: openDay(3), period, section, open: 9 })),
  );
  await rpc.call('availability.set', { facility: lucioles, key: key(), cells, force: true });
  const board = await rpc.call('board.subscribe', { territory, from: openDay(1), days: 1 });
  const bookings = await rpc.call('booking.subscribe', {});
  const text = readFileSync(new URL(`samples/${method}.json`, import.meta.url), 'utf8');
  return JSON.parse(
    text
      .replaceAll('{{day}}', openDay(3))
      .replaceAll('{{later}}', openDay(5))
      .replaceAll('{{key}}', key)
      .replaceAll('{{case}}', caseRef)
      .replaceAll('{{board}}', board.subscription)
      .replaceAll('{{booking}}', bookings.subscription),
  );
}

let server: Server;
let token: string;

beforeAll(async () => {
  server = await Server.start();
  token = await everything(server);
});
afterAll(() => server.remove());

async function problemOf(rpc: Rpc, method: string, params: unknown): Promise<Refusal | undefined> {
  try {
    await rpc.ask(method, params);
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}

it('there are samples for every method', () => {
  const missing = index.methods.filter(({ name }) => !existsSync(new URL(`samples/${name}.json`, import.meta.url)));
  expect(missing).toEqual([]);
});

describe.each(index.methods.map(({ name }) => name))('%s', (method) => {
  it('accepts what its schema accepts', async () => {
    const rpc = await Rpc.connect(server, { token });
    for (const params of (await samplesOf(method, rpc)).valid) {
      expect(faultsOf(`${method}.params`, params)).toEqual([]);
      const refusal = await problemOf(rpc, method, params);
      expect(refusal?.problem, `${JSON.stringify(params)}: ${refusal?.message}`).not.toBe('invalid_params');
      expect(refusal?.problem, refusal?.message).not.toBe('internal');
    }
    rpc.cut();
  });

  it('refuses what its schema refuses, and names the field', async () => {
    const rpc = await Rpc.connect(server, { token });
    const { valid, invalid } = await samplesOf(method, rpc);
    const schema = paramsSchema(method);
    const spoiled = valid.flatMap((params) => spoil(schema, params));
    for (const { params, field, ...sample } of [...invalid, ...spoiled]) {
      if (!('beyondSchema' in sample)) expect(faultsOf(`${method}.params`, params)).not.toEqual([]);
      const refusal = await problemOf(rpc, method, params);
      const said = { problem: refusal?.problem, ...(field && { field: refusal?.data.field }) };
      const what = `${'what' in sample ? sample.what : ''} ${JSON.stringify(params).slice(0, 500)}`;
      expect(said, what).toEqual({ problem: 'invalid_params', ...(field && { field }) });
    }
    rpc.cut();
  });
});
