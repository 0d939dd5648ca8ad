// Requests byte by byte: what two readers might understand differently is refused.
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accounts } from './support/demo.js';
import { http, signIn } from './support/http.js';
import { Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { within } from './support/until.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.remove());

/** All that comes back until the server closes, or until `enough` is there. */
async function exchange(lines: string[], body = '', enough = /(?!)/): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => {});
  let answer = '';
  const done = new Promise<string>((resolve) => {
    socket.on('data', (part) => {
      answer += String(part);
      if (enough.test(answer)) socket.destroy();
    });
    socket.once('close', () => resolve(answer));
  });
  socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`);
  return within('it is answered', done);
}
const status = (answer: string) => Number(/^HTTP\/1\.[01] (\d{3}) /.exec(answer)?.[1]);
const host = 'Host: 127.0.0.1';
const hello = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'session.hello',
  params: { client: 'tests', version: '1' },
});
const chunked = `${hello.length.toString(16)}\r\n${hello}\r\n0\r\n\r\n`;
const post = 'POST /rpc HTTP/1.1';

it.each([
  ['no Host', [post, `Content-Length: ${hello.length}`], hello],
  ['two of them', [post, host, 'Host: elsewhere.example', `Content-Length: ${hello.length}`], hello],
  ['a transfer coding that is almost one', [post, host, 'Transfer-Encoding: xchunked'], chunked],
  ['two transfer codings', [post, host, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], chunked],
  ['another before it', [post, host, 'Transfer-Encoding: gzip, chunked'], chunked],
  ['a length beside it', [post, host, 'Transfer-Encoding: chunked', `Content-Length: ${hello.length}`], chunked],
  ['two lengths', [post, host, 'Content-Length: 1', `Content-Length: ${hello.length}`], hello],
  ['a length that is none', [post, host, 'Content-Length: -1'], hello],
] as const)('%s is 400, and the connection ends', async (_, lines, body) => {
  expect(status(await exchange([...lines], body))).toBe(400);
});

it('HTTP/1.0 needs no Host, chunks are read, and a client that asks first is answered', async () => {
  const length = `Content-Length: ${hello.length}`;
  expect(status(await exchange(['POST /rpc HTTP/1.0', length], hello))).toBe(403); // the demo answers on its names only
  expect(await exchange([post, host, 'transfer-encoding: Chunked'], chunked, /"serverTime"/)).toContain('200 OK');
  const asked = await exchange([post, host, length, 'Expect: 100-continue'], '', /100 Continue/);
  expect(asked).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
  expect(status(await exchange([post, host, length, 'Expect: something'], hello))).toBe(417);
});

const upgrade = ['GET /ws HTTP/1.1', host, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];

it.each(['', 'short', 'AAAAAAAAAAAAAAAAAAAAAA', '!!!!!!!!!!!!!!!!!!!!!!=='])(
  'a WebSocket key that is none is refused: "%s"',
  async (nonce) => {
    expect(status(await exchange([...upgrade, `Sec-WebSocket-Key: ${nonce}`], '', /\n/))).toBe(400);
  },
);

it.each([999, 1005, 1016, 5000, 65_535])('the close code %i, which cannot be, is not said back', async (code) => {
  const rpc = await Rpc.connect(server);
  const mask = Buffer.alloc(4);
  const { _socket: raw } = rpc.socket as unknown as { _socket: NodeJS.WritableStream };
  raw.write(Buffer.concat([Buffer.from([0x88, 0x82]), mask, Buffer.from([code >> 8, code & 0xff])]));
  expect((await within('it closes', rpc.closed)).code).toBe(1002);
});

it.each([1000, 1001, 3000, 4999])('the close code %i is said back', async (code) => {
  const rpc = await Rpc.connect(server);
  const { _socket: raw } = rpc.socket as unknown as { _socket: NodeJS.WritableStream };
  raw.write(Buffer.concat([Buffer.from([0x88, 0x82, 0, 0, 0, 0]), Buffer.from([code >> 8, code & 0xff])]));
  expect((await within('it closes', rpc.closed)).code).toBe(code);
});

it('nothing tells which library answers', async () => {
  const answers = [
    await exchange([...upgrade, 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA=='], '', /\r\n\r\n/),
    await exchange(['nonsense']),
    await exchange(['GET /healthz HTTP/1.1', host, 'Connection: close']),
  ];
  expect(answers[0]).toContain('101');
  for (const answer of answers) {
    expect(answer).toContain('Server: placette\r\n');
    expect(answer).not.toMatch(/beast|boost/i);
  }
});

it('a cookie beside another authorization is still a cookie', async () => {
  const cookie = await signIn(server.url, accounts.manager);
  const asked = (type: string, origin: string) =>
    http(server.url, '/rpc', {
      method: 'POST',
      headers: { cookie, origin, 'content-type': type, authorization: 'Basic YTpi' },
      body: hello,
    });
  expect((await asked('application/json', server.url)).json().result.user.id).toBe(accounts.manager);
  expect((await asked('text/plain', server.url)).json().result.user).toBeNull();
  expect((await asked('application/json', 'https://elsewhere.example')).json().result.user).toBeNull();
});

it('the pages may speak to their own server alone, and run no style of the page', async () => {
  const { headers } = await http(server.url, '/');
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain(`connect-src 'self' ${server.webSocketUrl.replace('/ws', '')};`);
  expect(policy).not.toMatch(/unsafe|wss?:[; ]/);
});

it('a name that is no name of a parameter is not repeated', async () => {
  const call = { jsonrpc: '2.0', id: 1, method: 'session.hello' };
  const answer = async (params: object) => {
    const body = JSON.stringify({ ...call, params });
    return (await http(server.url, '/rpc', { method: 'POST', body })).json().error.data;
  };
  const params = { client: 'tests', version: '1' };
  expect(await answer({ ...params, extra: 1 })).toMatchObject({ field: 'extra' });
  expect(JSON.stringify(await answer({ ...params, 'Zoé 06 11 22 33 44': 1 }))).not.toMatch(/Zo|06/);
});
