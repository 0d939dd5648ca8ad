// The figures for people.
import { machineInWords } from '../report/words.mjs';

const ms = (value) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
const mib = (kib) => `${Math.round(kib / 1024)} MiB`;
const spreadText = ({ p50, p99, max }) => `p50 ${ms(p50)}, p99 ${ms(p99)}, greatest ${ms(max)}`;

export function table(result) {
  const { cells, empty, filled, restarted, restart, snapshots, subscribe, watched, day, storms, ended } = result;
  const bytesPerCell = (kib) => `${Math.round((kib * 1024) / cells)} bytes a cell`;
  const rows = [
    ['size', `${result.territories} territories, ${result.facilities} facilities, ${cells} cells`],
    result.import && ['import', `${result.import.documents} documents in ${result.import.seconds.toFixed(1)} s`],
    result.booking && ['bookings', `${result.booking.bookings}, ${Math.round(result.booking.perSecond)} a second`],
    filled && ['memory after that', `server ${mib(filled.serverKiB)}, Redis ${mib(filled.redisKiB)}`],
    ['restart to ready', `${ms(restart.readyMs)} (Redis ${ms(restart.redisMs)}, boards ${ms(restart.boardsMs)})`],
    [
      'memory then',
      `server ${mib(restarted.serverKiB)} (${bytesPerCell(restarted.serverKiB - (empty?.serverKiB ?? 0))})`,
    ],
    ['Redis then', `${mib(restarted.redisKiB)} (${bytesPerCell(restarted.redisUsedKiB)}), ${restarted.keys} keys`],
    ['append-only files', `${Math.round(restarted.appendOnlyMiB)} MiB`],
    ...Object.entries(snapshots).map(([name, one]) => [
      `${name} territory`,
      `${one.facilities} facilities: ${Math.round(one.bytes / 1024)} KiB in ${ms(one.ms)}`,
    ]),
    ['subscribe', `${subscribe.watchers} watchers: ${spreadText(subscribe.ms)}`],
    ['memory with watchers', `server ${mib(watched.serverKiB)}`],
    ...[day, ...storms].filter(Boolean).map(changesRow),
    ['memory at the end', `server ${mib(ended.serverKiB)}, Redis ${mib(ended.redisKiB)}`],
    ['append-only files at the end', `${Math.round(ended.appendOnlyMiB)} MiB`],
  ];
  const width = Math.max(...rows.filter(Boolean).map(([name]) => name.length));
  return rows
    .filter(Boolean)
    .map(([name, text]) => `${name.padEnd(width)}  ${text}`)
    .join('\n');
}

function changesRow({ wanted, perSecond, stalenessMs, answerMs, deliveries, lost, gaps, cores }) {
  const shares = Object.entries(cores).map(([name, share]) => `${name} ${share.toFixed(2)}`);
  return [
    `${wanted} changes/s`,
    `${Math.round(perSecond)}/s; at ${deliveries} watchers' ${spreadText(stalenessMs)}; answer p99 ${ms(answerMs.p99)}; ` +
      `lost ${lost}, gaps ${gaps}; cores: ${shares.join(', ')}`,
  ];
}

export const franceSection = (result) =>
  [
    '## All of France on one node',
    'Simulated once. Cores: the share of one that the server, Redis and the load (one Node process) had.',
    `\`\`\`\n${table(result)}\n\`\`\``,
    `Measured ${result.date} at commit ${result.commit} on ${machineInWords(result.machine)}.`,
  ].join('\n\n');
