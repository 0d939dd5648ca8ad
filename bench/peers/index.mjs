// Who is measured. Each says its settings and version, and starts afresh: `start()` answers
//   {address, pids: whose CPU and memory is measured, apart: whose CPU is told apart, stop()}
// A floor has no server to be loaded: `measure(options)` does it all.
import bookings from './bookings.mjs';
import nats from './nats.mjs';
import nchan from './nchan.mjs';
import placette from './placette.mjs';
import redisFloor from './redis-benchmark.mjs';
import socketio from './socketio.mjs';
import ws from './ws.mjs';

export const peers = Object.fromEntries(
  [placette, nchan, nats, ws, socketio, bookings, redisFloor].map((peer) => [peer.name, peer]),
);
