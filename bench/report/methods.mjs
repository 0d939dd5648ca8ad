// The section on what each method costs the server.
import { table } from './tables.mjs';
import { inWords } from './words.mjs';

const boundMs = 1;
const isSnapshot = ({ way }) => way.startsWith('snapshot');

const micros = (ms) => inWords(ms * 1000, 0);
const named = ({ method, way }) => (way ? `\`${method}\` ${way}` : `\`${method}\``);

const head = ['', 'server p50, µs', 'p99', 'Redis p50, µs', 'p99', 'at the client p50, ms', 'p99', 'calls'];
const row = (one) => [
  named(one),
  ...[one.serverMs, one.redisMs].flatMap(({ p50, p99 }) => [micros(p50), micros(p99)]),
  inWords(one.wallMs.p50, 2),
  inWords(one.wallMs.p99, 2),
  one.calls,
];

function verdict(methods) {
  const bound = methods.filter((one) => !isSnapshot(one));
  const above = (of) => bound.filter(({ serverMs }) => serverMs[of] > boundMs);
  const asked =
    `server time, the snapshot aside: asked at most ${boundMs} ms. ` +
    `Above it by the median ${above('p50').length} of ${bound.length} ways to call, by the 99th percentile ${above('p99').length}`;
  return above('p50').length
    ? `- **Not reached**. ${asked}. By the median: ${above('p50').map(named).join('; ')}`
    : `- Reached. ${asked}`;
}

export const methodsSection = ({ date, commit, size, methods }) =>
  [
    '## Server time of each method',
    `One call at a time in a territory of ${size.facilities} facilities × ${size.days} days ` +
      `(${inWords(size.cells, 0)} cells), watched by nobody. Server and Redis: processor time of all their threads, ` +
      'with what is left to do when the answer is out. At the client: until the answer is there, syncs included. ' +
      'What makes or checks a password hashes it with Argon2id, which is dear on purpose.',
    table(head, methods.map(row)),
    verdict(methods),
    `Measured ${date} at commit ${commit}.`,
  ].join('\n\n');
