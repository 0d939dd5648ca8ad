import { expect, it } from 'vitest';
import type { Problem } from '../../client-js/sdk/src/generated/messages.js';
import { wish } from './support/bookings.js';
import { open } from './support/cells.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, otherOffice, territory } from './support/demo.js';
import { act, openDesk } from './support/desk.js';
import { expectFrench } from './support/french.js';
import { type Asked, http, postSession } from './support/http.js';
import { admin, browser } from './support/people.js';
import { key, Rpc } from './support/rpc.js';
import { mustFit } from './support/schemas.js';

const desk = openDesk();

/** What a problem says: its type and field; and that it says something to people and to developers. */
function told(data: Problem): string {
  mustFit('common#/definitions/problem', data);
  expectFrench(data.title);
  expect(data.detail, data.type).toMatch(/^\S.*\S$/);
  expect(data.detail, data.type).not.toBe(data.title);
  return [data.type.replace('urn:placette:problem:', ''), ...(data.field === undefined ? [] : [data.field])].join(' ');
}

type Way = [method: string, params: unknown, expected: string];

async function walk(rpc: Rpc, ways: Way[]): Promise<void> {
  const seen: string[] = [];
  for (const [method, params] of ways) seen.push(`${method}: ${told((await rpc.refused(method, params)).data)}`);
  expect(seen).toEqual(ways.map(([method, , expected]) => `${method}: ${expected}`));
}

it('calls that nobody may make, or that there are not', async () => {
  const nobody = await Rpc.connect(desk.server);
  await walk(nobody, [
    ['board.get', { territory }, 'unauthenticated'],
    ['no.method', {}, 'unauthenticated'],
    ['session.authenticate', {}, 'invalid_params token'],
    ['session.authenticate', { token: 'unknown' }, 'unauthenticated'],
  ]);
  nobody.cut();
  await walk(desk.reader, [
    ['no.method', {}, 'unknown_method'],
    ['board.get', [], 'invalid_params'],
    ['booking.list', {}, 'forbidden'],
    ['booking.hold', wish(desk.slot), 'forbidden'],
    ['board.unsubscribe', { subscription: 'unknown' }, 'invalid_params subscription'],
  ]);
});

it('places that cannot be had', async () => {
  const old = { ...desk.slot, date: openDay(-1) };
  const twice = { places: [...wish(desk.slot).places, ...wish(desk.slot).places] };
  await walk(desk.esco, [
    ['booking.create', wish(old), 'past'],
    ['booking.create', wish(desk.slot, { children: [{ ageMonths: 60 }] }), 'age_out_of_range places[0]'],
    ['booking.create', wish(desk.slot, { office: otherOffice }), 'forbidden office'],
    ['booking.create', wish({ ...desk.slot, facility: 'unknown' }), 'not_found facility'],
    ['booking.create', wish(desk.slot, { office: 'unknown' }), 'not_found office'],
    ['booking.create', wish(desk.slot, twice), 'invalid_params places[1]'],
    ['booking.extend', { booking: `${territory}.unknown`, key: key() }, 'not_found booking'],
    ['booking.extend', { booking: `${territory}.unknown` }, 'invalid_params key'],
  ]);
  const params = wish(desk.slot);
  const { booking } = await desk.esco.call('booking.create', params);
  await walk(desk.esco, [
    ['booking.create', wish(desk.slot, { caseRef: booking.caseRef! }), 'duplicate_booking'],
    ['booking.create', { ...params, care: 'other' }, 'idempotency_mismatch'],
    ['booking.release', act(booking), 'wrong_state'],
    ['booking.cancel', act(booking, { reason: 'staff' }), 'invalid_params reason'],
    ['booking.cancel', act(booking, { reason: 'ill', places: [7] }), 'invalid_params places'],
  ]);
  await desk.held();
  await walk(desk.esco, [['booking.create', wish(desk.slot), 'reserved_by_hold']]);
  await desk.created().catch(() => undefined);
  const { facility, date, period, section } = desk.slot;
  const cells = [{ date, period, section, open: 0 }];
  await walk(desk.boss, [
    ['booking.attendance', act(booking, { place: 7, outcome: 'attended' }), 'invalid_params place'],
    ['availability.set', { facility, key: key(), cells }, 'below_committed'],
    [
      'availability.set',
      { facility, key: key(), cells: [{ ...cells[0], section: 'unknown' }] },
      'invalid_params cells[0].section',
    ],
    ['availability.set', { facility, key: key(), cells: [{ ...cells[0], expectedVersion: 99 }] }, 'version_conflict'],
    ['availability.set', { facility, key: key(), cells: [{ ...cells[0], date: openDay(-3) }] }, 'past cells[0].date'],
  ]);
  await open(desk.boss, { ...desk.slot, date: openDay(9) }, 0);
  await walk(desk.esco, [['booking.create', wish({ ...desk.slot, date: openDay(9) }), 'no_place']]);
});

it('an administrator’s mistakes', async () => {
  const boss = await admin(desk.server);
  await walk(boss, [
    ['account.update', { account: 'nobody@test', key: key(), name: 'Personne' }, 'not_found account'],
    [
      'account.create',
      { account: accounts.worker, key: key(), name: 'Encore', roles: ['worker'] },
      'invalid_params account',
    ],
    ['token.revoke', { id: 'unknown', key: key() }, 'not_found id'],
    ['territory.get', { territory: 'unknown' }, 'invalid_params territory'],
    ['facility.upsert', { facility: { id: lucioles }, key: key() }, 'invalid_params territory'],
    ['territory.import', { document: {}, key: key() }, 'invalid_params document.territory'],
  ]);
  boss.cut();
  const someone = await browser(desk.server, accounts.coordinator);
  await walk(someone, [
    [
      'account.password',
      { current: 'wrong', password: 'une phrase assez longue', key: key() },
      'invalid_params current',
    ],
    ['account.password', { current: 'demo', password: 'court', key: key() }, 'invalid_params password'],
  ]);
  someone.cut();
});

it('over HTTP', async () => {
  const { url } = desk.server;
  const asked = async (path: string, asking: Asked) => {
    const body = (await http(url, path, asking)).json();
    return told(body.error?.data ?? body);
  };
  const json = { 'content-type': 'application/json', origin: url };
  const rpc = (body: string, more = {}) => asked('/rpc', { method: 'POST', headers: { ...json, ...more }, body });
  expect([
    await rpc('{'),
    await rpc('{}'),
    await rpc('{"jsonrpc":"2.0","id":1,"method":"board.get","params":{}}'),
    await rpc('{"jsonrpc":"2.0","id":1,"method":"board.get","params":{}}', { authorization: 'Bearer unknown' }),
  ]).toEqual(['parse_error', 'invalid_request', 'unauthenticated', 'unauthenticated']);
  expect([
    told((await postSession(url, { account: accounts.worker, password: 'wrong' })).json()),
    told((await postSession(url, { account: 'nobody@test', code: 'wrong', password: 'court' })).json()),
    told((await postSession(url, {})).json()),
  ]).toEqual(['unauthenticated', 'invalid_params password', 'invalid_params account']);
});
