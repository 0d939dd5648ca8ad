// A signed-in connection: `call` answers results, `onDelta` is told of each change of its boards.
import { once } from 'node:events';
import WebSocket from 'ws';

export async function connect(server, token, onDelta = () => {}) {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, 'placette.v1', {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  });
  const waiting = new Map();
  let lastId = 0;
  socket.on('message', (data) => {
    for (const message of [JSON.parse(data)].flat()) {
      if (message.method === 'board.delta') onDelta(message.params);
      const { resolve, reject } = waiting.get(message.id) ?? {};
      waiting.delete(message.id);
      if (message.error) reject?.(new Error(JSON.stringify(message.error)));
      else resolve?.(message.result);
    }
  });
  await once(socket, 'open');
  return {
    socket,
    call: (method, params) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve, reject });
        socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
      }),
  };
}
