// The section on what a change costs the pages.
import { table } from './tables.mjs';

const head = [
  'board',
  'age and hours typed',
  'CPU',
  'frame → page, ms (p99)',
  'frame → painted, ms (p99)',
  'long tasks',
  'longest, ms',
];
const both = ({ p50, p99 }) => `${p50} (${p99})`;
const row = ({ board, asked, slower, frameToPage, frameToPaint, storm }) => [
  board,
  asked ? 'yes' : 'no',
  slower === 1 ? 'as it is' : `÷ ${slower}`,
  both(frameToPage),
  both(frameToPaint),
  storm.longTasks,
  storm.longestMs,
];

export const pageSection = ({ date, commit, taps, rows }) =>
  [
    '## What a change costs the pages',
    'Chromium on the same machine: from the arrival of a frame in a page to the changed page, and to its being painted. ' +
      'Long tasks (over 50 ms): while 200 changes a second go over the board.',
    table(head, rows.filter(({ storm }) => storm).map(row)),
    ...rows
      .filter(({ tapToPaint }) => tapToPaint)
      .map(
        ({ board, tapToPaint }) =>
          `From a manager's tap to the number painted in another page, over ${taps} taps (${board}): ` +
          `median ${tapToPaint.p50} ms, p99 ${tapToPaint.p99} ms.`,
      ),
    `Measured ${date} at commit ${commit}.`,
  ].join('\n\n');
