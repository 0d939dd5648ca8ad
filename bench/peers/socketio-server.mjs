// A broadcast over Socket.IO, as its documentation shows it: what one client says, all hear.
import { Server } from 'socket.io';

const server = new Server({ transports: ['websocket'], perMessageDeflate: false, serveClient: false });

server.on('connection', (client) => {
  client.on('publish', (change) => server.emit('delta', change));
});

server.listen(Number(process.argv[2]));
