// General JSON-RPC clients, as they come: they know nothing of Placette.
import jayson from 'jayson/promise/index.js';
import { JSONRPCClient, type JSONRPCResponse } from 'json-rpc-2.0';
import { Client } from 'rpc-websockets';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { accounts, territory } from './support/demo.js';
import { Server } from './support/server.js';

let server: Server;
let token: string;
beforeAll(async () => {
  server = await Server.start();
  token = await createToken(server, accounts.manager);
});
afterAll(() => server.remove());

it('rpc-websockets names no subprotocol, signs in with a call, and goes on', async () => {
  const client = new Client(server.webSocketUrl);
  await new Promise((resolve) => client.once('open', resolve));
  expect(await client.call('session.authenticate', { token })).toMatchObject({ user: { id: accounts.manager } });
  expect(await client.call('territory.get', { territory })).toMatchObject({ id: territory });
  await expect(client.call('no.such', {})).rejects.toMatchObject({ code: -32601 });
  client.close();
});

it('jayson calls over /rpc', async () => {
  const client = jayson.Client.http({
    host: '127.0.0.1',
    port: server.port,
    path: '/rpc',
    headers: { authorization: `Bearer ${token}` },
  });
  const { result } = await client.request('territory.get', { territory });
  expect(result).toMatchObject({ id: territory });
  const { error } = await client.request('no.such', {});
  expect(error).toMatchObject({ code: -32601 });
});

it('json-rpc-2.0 calls over /rpc', async () => {
  const client: JSONRPCClient = new JSONRPCClient(async (request) => {
    const answer = await fetch(`${server.url}/rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(request),
    });
    client.receive((await answer.json()) as JSONRPCResponse);
  });
  expect(await client.request('territory.get', { territory })).toMatchObject({ id: territory });
  await expect(client.request('no.such', {})).rejects.toMatchObject({ code: -32601 });
});
