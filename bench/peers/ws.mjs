import { versionOf } from './modules.mjs';
import { nodeVersion, startNodeServer } from './node-server.mjs';

export default {
  name: 'ws',
  settings: 'one Node process, perMessageDeflate off',
  version: () => `ws ${versionOf('ws')}, ${nodeVersion}`,
  start: () => startNodeServer('ws-server.mjs'),
};
