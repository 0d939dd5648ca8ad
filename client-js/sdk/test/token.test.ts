import { expect, test, vi } from 'vitest';
import { Refusal, worker } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();
const tokens = () => context.server.calls('session.authenticate').map(({ params }) => params.token);

function takeOnly(...valid: string[]) {
  context.server.answer('session.authenticate', ({ token }) => {
    if (!valid.includes(token)) throw new Refusal('unauthenticated');
    return { user: worker };
  });
}

test('a provider is asked for a token at each connect', async () => {
  let made = 0;
  const client = context.client({ token: async () => `token ${++made}` });
  await client.connect();
  context.server.cut();
  await waitFor(() => expect(tokens()).toEqual(['token 1', 'token 2']));
});

test('a provider that fails is told as an error, and asked again', async () => {
  const provide = vi.fn(() => 'valid').mockRejectedValueOnce(new Error('the vault is closed'));
  const client = context.client({ token: provide });
  const errors: string[] = [];
  client.on('error', ({ message }) => errors.push(message));
  await client.connect();
  expect(errors).toEqual(['the vault is closed']);
  expect(tokens()).toEqual(['valid']);
});

test('a token that is refused is asked for anew, once', async () => {
  takeOnly('fresh');
  const provide = vi.fn(() => 'fresh').mockReturnValueOnce('old');
  const client = context.client({ token: provide });
  await client.connect();
  expect(tokens()).toEqual(['old', 'fresh']);
});

test('a provider that has no better token ends it', async () => {
  takeOnly();
  const client = context.client({ token: () => 'old' });
  await expect(client.connect()).rejects.toMatchObject({ type: 'unauthenticated' });
  expect(tokens()).toEqual(['old', 'old']);
  expect(client.state).toBe('closed');
});

test('signed out by the server, a provider is asked; a token given once is not tried again', async () => {
  const [renewed, once] = [context.client({ token: () => 'valid' }), context.client({ token: 'valid' })];
  await renewed.connect();
  await once.connect();
  for (const { socket } of context.server.connections) socket.close(4500, 'revoked');
  await waitFor(() => expect([renewed.state, once.state]).toEqual(['online', 'closed']));
  expect(tokens().length).toBe(3);
});
