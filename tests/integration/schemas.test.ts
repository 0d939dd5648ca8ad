import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { lucioles, periods, sections, territory } from './support/demo.js';
import { everything } from './support/people.js';
import { key, Refusal, Rpc } from './support/rpc.js';
import { type Samples, samplesOf } from './support/samples.js';
import { faultsOf, index, paramsSchema } from './support/schemas.js';
import { Server } from './support/server.js';
import { spoil } from './support/spoil.js';

/**
 * The samples, with subscriptions of this connection. Every cell of their day in their facility has places, whatever
 * those before have left there.
 */
async function samplesFor(method: string, rpc: Rpc): Promise<Samples> {
  const cells = periods.flatMap((period) =>
    sections.map((section) => ({ date: openDay(3), period, section, open: 9 })),
  );
  await rpc.call('availability.set', { facility: lucioles, key: key(), cells, force: true });
  const board = await rpc.call('board.subscribe', { territory, from: openDay(1), days: 1 });
  const booking = await rpc.call('booking.subscribe', {});
  return samplesOf(method, { board: board.subscription, booking: booking.subscription });
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

describe.each(index.methods.map(({ name }) => name))('%s', (method) => {
  // A new password ends all tokens of its account.
  if (method === 'account.password')
    afterEach(async () => {
      token = await createToken(server, 'everything@test');
    });

  it('accepts what its schema accepts', async () => {
    const rpc = await Rpc.connect(server, { token });
    for (const params of (await samplesFor(method, rpc)).valid) {
      expect(faultsOf(`${method}.params`, params)).toEqual([]);
      const refusal = await problemOf(rpc, method, params);
      expect(refusal?.problem, `${JSON.stringify(params)}: ${refusal?.message}`).not.toBe('invalid_params');
      expect(refusal?.problem, refusal?.message).not.toBe('internal');
    }
    rpc.cut();
  });

  it('refuses what its schema refuses, and names the field', async () => {
    const rpc = await Rpc.connect(server, { token });
    const { valid, invalid } = await samplesFor(method, rpc);
    const schema = paramsSchema(method);
    const spoiled = valid.flatMap((params) => spoil(schema, params));
    for (const { params, field, ...sample } of [...invalid, ...spoiled]) {
      if (!('beyondSchema' in sample))
        expect(faultsOf(`${method}.params`, params), JSON.stringify(params)).not.toEqual([]);
      const refusal = await problemOf(rpc, method, params);
      const said = { problem: refusal?.problem, ...(field && { field: refusal?.data.field }) };
      const what = `${'what' in sample ? sample.what : ''} ${JSON.stringify(params).slice(0, 500)}`;
      expect(said, what).toEqual({ problem: 'invalid_params', ...(field && { field }) });
    }
    rpc.cut();
  });
});
