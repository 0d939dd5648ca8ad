// results/README.md: a table a scenario, and what was reached.
import { figures } from '../figures.mjs';
import { spread } from '../statistics.mjs';
import { judge, ratios } from './goals.mjs';
import { inWords, machineInWords, spreadInWords } from './words.mjs';

const row = (cells) => `| ${cells.join(' | ')} |`;
export const table = (head, rows, aligned = '---:') =>
  [row(head), row(head.map((_, n) => (n ? aligned : '---'))), ...rows.map(row)].join('\n');

const cell = (results, figure) => {
  const found = spread(results.map(figures[figure].of));
  return found ? spreadInWords(found, figures[figure].digits) : '–';
};

/** How Placette stands beside this one, in the figure that the scenario is about. */
function beside({ compare }, label, all) {
  const found = label === 'placette' ? null : spread(ratios(all, 'placette', label, compare));
  return found ? `${spreadInWords(found, 2)} ×` : '';
}

function targetRow(scenario, label, all) {
  const results = all[label];
  const measured = results.filter(({ error }) => !error);
  const failed = results.length - measured.length;
  const rounds = failed ? `${results.length} (${failed} failed)` : `${results.length}`;
  const compared = scenario.compare ? [beside(scenario, label, all)] : [];
  return [label, ...scenario.columns.map((figure) => cell(measured, figure)), ...compared, rounds];
}

function goalLine(goal, results) {
  const { reached, text } = judge(goal, results);
  const verdict = reached === null ? 'Open' : reached ? 'Reached' : '**Not reached**';
  return `- ${verdict}. ${text}`;
}

function section(scenario, { date, commit, options, results }) {
  const compared = scenario.compare ? [`Placette beside it: ${figures[scenario.compare].label}`] : [];
  const head = ['', ...scenario.columns.map((figure) => figures[figure].label), ...compared, 'rounds'];
  const targets = scenario.targets.filter(({ label }) => results[label]);
  const length = options.seconds ? `, ${options.seconds} s each after ${options.warmup} s of warm-up` : '';
  return [
    `## ${scenario.title}`,
    ...(scenario.note ? [scenario.note] : []),
    table(
      head,
      targets.map(({ label }) => targetRow(scenario, label, results)),
    ),
    scenario.goals.map((goal) => goalLine(goal, results)).join('\n'),
    `Measured ${date} at commit ${commit}${length}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

function machineLines(machine, floors) {
  const of = (value, digits) => spreadInWords(spread(floors.map(value)), digits);
  const { bytes, sockets } = floors[0].write;
  return [
    `${machineInWords(machine)}. Load generator and servers share them.`,
    '',
    `- One write() of ${bytes} bytes to a loopback socket, ${inWords(sockets, 0)} in turn: ` +
      `${of(({ write }) => write.systemMicros, 2)} µs of kernel time.`,
    `- A synced append of 4 KiB (${machine.fileSystem}): median ${of(({ sync }) => sync.p50, 2)} ms, ` +
      `p99 ${of(({ sync }) => sync.p99, 2)} ms.`,
  ].join('\n');
}

const peerTable = (peers) =>
  table(
    ['', 'version', 'settings'],
    Object.entries(peers).map(([name, { version, settings }]) => [name, version, settings]),
    '---',
  );

/** `guide`: where its explanation lies; `pictures` lie beside it; `more` are sections that come from elsewhere. */
export function markdown(all, scenarios, { guide, pictures, more }) {
  const measured = scenarios.filter(({ name }) => all.scenarios[name]);
  return (
    [
      '# Results',
      'Written by `node bench/report.mjs` from `results.json`; not edited by hand. ' +
        `[docs/performance.md](${guide}) says how to read it. ` +
        'Figures are the median over the rounds [least–greatest]; a ratio is that of two measurements of the same round.',
      ...pictures.map(({ name, text }) => `![${text}](${name})`),
      ...measured.map((scenario) => section(scenario, all.scenarios[scenario.name])),
      ...more,
      '## The machine',
      machineLines(all.machine, all.floors),
      '## Who was measured',
      peerTable(all.peers),
    ].join('\n\n') + '\n'
  );
}
