// A broadcast over ws, as its README shows it: what one client says, all others hear.
import { WebSocket, WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false });

server.on('connection', (client) => {
  client.on('error', () => {});
  client.on('message', (data, isBinary) => {
    for (const other of server.clients) {
      if (other !== client && other.readyState === WebSocket.OPEN) other.send(data, { binary: isBinary });
    }
  });
});
