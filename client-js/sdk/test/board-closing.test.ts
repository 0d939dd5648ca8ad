// A board that is closed leaves nothing behind at the server.
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { filter, Script, withBoard } from './scripted-board.js';
import { Refusal } from './scripted-server.js';
import { waitFor } from './setup.js';

const { context, watching, subscribes, settled } = withBoard();

describe('closing', () => {
  test('a board ends its subscription', async () => {
    const { script, client, board } = await watching();
    board.close();
    await settled(client);
    expect(board.status).toBe('closed');
    const { subscription } = script.answer(filter);
    expect(context.server.calls('board.unsubscribe').map(({ params }) => params)).toEqual([{ subscription }]);
  });

  test('one of two boards with the same filter leaves the other its subscription', async () => {
    const { client, board } = await watching({ ...filter, facilities: ['b', 'a'] });
    const twin = client.watchBoard({ facilities: ['a', 'b'], ...filter });
    await twin.ready;
    board.close();
    await settled(client);
    expect(context.server.calls('board.unsubscribe')).toEqual([]);
    twin.close();
    await settled(client);
    expect(context.server.calls('board.unsubscribe').length).toBe(1);
  });

  describe('while it subscribes anew leaves nothing at the server', () => {
    /** What is subscribed at the server and what was given back, in order, without repeats of the latter. */
    const left = () => {
      const open = new Set<unknown>();
      for (const { method, params, id } of context.server.received) {
        if (method === 'board.subscribe' && answered.has(id)) open.add(answered.get(id));
        if (method === 'board.unsubscribe') open.delete(params.subscription);
      }
      return [...open];
    };
    const answered = new Map<number, string>();

    function answering(script: Script, onAsked = () => {}) {
      answered.clear();
      context.server.answer('board.subscribe', (params) => {
        onAsked();
        const reply = script.answer(params);
        answered.set(context.server.received.at(-1)!.id, reply.subscription);
        return reply;
      });
    }

    test('before the reply', async () => {
      const script = new Script();
      context.server.answer('board.unsubscribe', () => ({}));
      const client = context.client();
      await client.connect();
      const board = client.watchBoard(filter);
      answering(script, () => board.close());
      await expect(board.ready).rejects.toThrow('closed');
      await settled(client);
      await settled(client);
      expect(subscribes().length).toBe(1);
      expect(left()).toEqual([]);
    });

    test('after a refusal for a time, and it does not try again', async () => {
      const script = new Script();
      answering(script);
      context.server.answer('board.unsubscribe', () => ({}));
      const client = context.client({ random: () => 0.4 });
      await client.connect();
      const board = client.watchBoard(filter);
      await board.ready;
      context.server.answer('board.subscribe', () => {
        throw new Refusal('rate_limited', { temporary: true });
      });
      vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
      onTestFinished(() => void vi.useRealTimers());
      script.delta(context.server.connection, 90, 91, []); // a gap: it subscribes anew
      await settled(client);
      await settled(client);
      expect(subscribes().length).toBe(2);
      board.close();
      await vi.advanceTimersByTimeAsync(5_000);
      await settled(client);
      expect(subscribes().length).toBe(2);
      expect(left()).toEqual([]);
    });

    test('while it waits for a connection: it is not asked for any more', async () => {
      const { client, board } = await watching();
      board.once('status', () => board.close()); // that it is stale
      context.server.cut();
      await waitFor(() => expect(board.status).toBe('closed'));
      await waitFor(() => expect(client.state).toBe('online'));
      await settled(client);
      expect(subscribes().length).toBe(1);
    });
  });

  test('the client closes its boards', async () => {
    const { client, board } = await watching();
    client.close();
    expect(board.status).toBe('closed');
  });
});
