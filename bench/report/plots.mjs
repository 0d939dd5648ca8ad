// Few pictures: how stale, how dear, and how the cost grows. Drawn by gnuplot, from medians with their spread.
import { figures } from '../figures.mjs';
import { runNow } from '../process.mjs';
import { spread } from '../statistics.mjs';

const colours = { placette: '#1b6e53', nchan: '#c98a1b', nats: '#5b7fb5', ws: '#a8a8a8', socketio: '#6b6b6b' };

const style = (width, height) => `
set terminal svg size ${width},${height} background '#ffffff' font 'sans-serif,13'
set border 3 lc rgb '#555555'
set tics nomirror
set grid ytics lc rgb '#dddddd'
set key top left horizontal`;

const draw = (...script) => runNow('gnuplot', [], { input: script.join('\n'), stdio: 'pipe' });
const block = (name, lines) => [`$${name} << END`, ...lines, 'END'].join('\n');

/** "median min max" over a target's rounds, or gnuplot's word for nothing. */
function measured(all, scenario, label, figure) {
  const found = spread((all.scenarios[scenario]?.results[label] ?? []).map(figures[figure].of));
  return found ? `${found.median} ${found.min} ${found.max}` : '? ? ?';
}

function staleness(all) {
  const groups = [
    ['own-write', '1,000 watchers\\n40 changes/s'],
    ['busy', '1,000 watchers\\n200 changes/s'],
    ['crowd', '10,000 watchers\\n20 changes/s'],
    ['storm', '1,000 watchers\\n5,000 changes/s'],
  ];
  const names = Object.keys(colours);
  const lines = groups.map(([scenario, title]) =>
    [`"${title}"`, ...names.map((name) => measured(all, scenario, name, 'p99'))].join(' '),
  );
  const bars = names.map(
    (name, n) => `$data using ${3 * n + 2}:${3 * n + 3}:${3 * n + 4}:xtic(1) title '${name}' lc rgb '${colours[name]}'`,
  );
  return draw(
    style(860, 420),
    block('data', lines),
    `set title 'Staleness, 99th percentile: from the sending of a change until a watcher has it'`,
    `set ylabel 'ms'`,
    `set logscale y`,
    `set bmargin 4`,
    `set yrange [1:100000]`,
    `set style data histograms`,
    `set style histogram errorbars gap 2 lw 1`,
    `set errorbars lc rgb '#333333'`,
    `set style fill solid noborder`,
    `plot ${bars.join(', ')}`,
  );
}

function cpu(all) {
  const half = (name, figure) => measured(all, 'own-write', name, figure).split(' ')[0];
  const lines = Object.keys(colours).map((name) =>
    [name, half(name, 'userPerMillion'), half(name, 'systemPerMillion')].join(' '),
  );
  return draw(
    style(640, 360),
    block('data', lines),
    `set title 'Server CPU for a million deliveries: 1,000 watchers × 40 changes/s'`,
    `set ylabel 's'`,
    `set yrange [0:*]`,
    `set style data histograms`,
    `set style histogram rowstacked`,
    `set style fill solid noborder`,
    `set boxwidth 0.6`,
    `set key outside right top vertical`,
    `plot $data using 3:xtic(1) title 'system' lc rgb '#b7c9c2', $data using 2 title 'user' lc rgb '#1b6e53'`,
  );
}

function growth(all, scenarios) {
  const panels = scenarios
    .filter(({ curve, name }) => curve && all.scenarios[name])
    .flatMap(({ name, curve, targets }, n) => [
      block(`data${n}`, targets.map(({ label, at }) => `${at} ${measured(all, name, label, 'cpuPerMillion')}`)),
      `set xlabel '${curve}'`,
      `plot $data${n} using 1:2:3:4 with yerrorlines lw 2 pt 7 ps 0.6 lc rgb '${colours.placette}'`,
    ]);
  return draw(
    style(860, 620),
    `unset key`,
    `set logscale x`,
    `set offsets graph 0.05, graph 0.05, 0, 0`,
    `set yrange [0:*]`,
    `set ylabel 'server CPU per delivery, µs'`,
    `set multiplot layout 2,2`,
    ...panels,
    `unset multiplot`,
  );
}

/** File name → SVG. */
export const plots = (all, scenarios) => ({
  'staleness.svg': staleness(all),
  'cpu.svg': cpu(all),
  'growth.svg': growth(all, scenarios),
});
