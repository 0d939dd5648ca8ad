import { versionOf } from './modules.mjs';
import { nodeVersion, startNodeServer } from './node-server.mjs';

export default {
  name: 'socketio',
  settings: 'one Node process, transport websocket only, perMessageDeflate off',
  version: () => `Socket.IO ${versionOf('socket.io')}, ${nodeVersion}`,
  start: () => startNodeServer('socketio-server.mjs'),
};
