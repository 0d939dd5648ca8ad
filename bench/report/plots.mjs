// Few pictures: how stale, how dear, and how the cost grows. Drawn by gnuplot, from medians with their spread.
import { figures } from '../figures.mjs';
import { runNow } from '../process.mjs';
import { growths } from '../scenarios/growth.mjs';
import { promised } from '../scenarios/promised.mjs';
import { spread } from '../statistics.mjs';
import { inWords } from './words.mjs';

const colours = { placette: '#1b6e53', nchan: '#c98a1b', nats: '#5b7fb5', ws: '#a8a8a8', socketio: '#6b6b6b' };

const style = (width, height) => `
set terminal svg size ${width},${height} background '#ffffff' font 'sans-serif,13'
set border 3 lc rgb '#555555'
set tics nomirror
set grid ytics lc rgb '#dddddd'
set key top left horizontal`;

const gnuplot = (...script) => runNow('gnuplot', [], { input: script.join('\n'), stdio: 'pipe' });
const block = (name, lines) => [`$${name} << END`, ...lines, 'END'].join('\n');

/** "median min max" over a target's rounds, or gnuplot's word for nothing. */
function measured(all, scenario, label, figure) {
  const found = spread((all.scenarios[scenario]?.results[label] ?? []).map(figures[figure].of));
  return found ? `${found.median} ${found.min} ${found.max}` : '? ? ?';
}

const staleIn = ['own-write', 'busy', 'crowd', 'storm'];

function staleness(all) {
  const names = Object.keys(colours);
  const titleOf = (scenario) => {
    const { watchers, rate } = promised.find(({ name }) => name === scenario).options;
    return `"${inWords(watchers, 0)} watchers\\n${inWords(rate, 0)} changes/s"`;
  };
  const lines = staleIn.map((scenario) =>
    [titleOf(scenario), ...names.map((name) => measured(all, scenario, name, 'p99'))].join(' '),
  );
  const bars = names.map(
    (name, n) => `$data using ${3 * n + 2}:${3 * n + 3}:${3 * n + 4}:xtic(1) title '${name}' lc rgb '${colours[name]}'`,
  );
  return gnuplot(
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
  return gnuplot(
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

function growth(all) {
  const panels = growths
    .filter(({ name }) => all.scenarios[name])
    .flatMap(({ name, curve, targets }, n) => [
      block(
        `data${n}`,
        targets.map(({ label, at }) => `${at} ${measured(all, name, label, 'cpuPerMillion')}`),
      ),
      `set xlabel '${curve}'`,
      `plot $data${n} using 1:2:3:4 with yerrorlines lw 2 pt 7 ps 0.6 lc rgb '${colours.placette}'`,
    ]);
  return gnuplot(
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

const pictures = [
  { name: 'staleness.svg', text: 'Staleness at the 99th percentile, by scenario', draw: staleness, of: staleIn },
  { name: 'cpu.svg', text: 'Server CPU per million deliveries', draw: cpu, of: ['own-write'] },
  { name: 'growth.svg', text: 'How the cost of a delivery grows', draw: growth, of: growths.map(({ name }) => name) },
];

/** {name, text, svg} of each picture of which something was measured. */
export const plots = (all) =>
  pictures
    .filter(({ of }) => of.some((scenario) => all.scenarios[scenario]))
    .map(({ name, text, draw }) => ({ name, text, svg: draw(all) }));
