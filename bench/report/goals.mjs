// Whether what was promised was reached, by medians over the rounds.
import { figures } from '../figures.mjs';
import { spread } from '../statistics.mjs';
import { spreadInWords } from './words.mjs';

const values = (results, label, figure) => (results[label] ?? []).map((result) => figures[figure].of(result));

/** Mine by theirs. Both sides of a ratio are of the same round: what slows a machine for a minute slows both. */
export function ratios(results, mine, theirs, figure) {
  const divisors = values(results, theirs, figure);
  return values(results, mine, figure).map((value, round) => value / divisors[round]);
}

/** {reached, text} of one goal; `reached` is null where nothing was measured. */
export function judge(goal, results) {
  const { figure, of = 'placette', over } = goal;
  const found = spread(over ? ratios(results, of, over, figure) : values(results, of, figure));
  const bound = goal.atMost ?? goal.atLeast;
  const asked = `${goal.atMost === undefined ? 'at least' : 'at most'} ${bound}${over ? ' ×' : ''}`;
  const what = `${figures[figure].label}${of === 'placette' ? '' : ` at ${of}`}${over ? `, beside ${over}` : ''}`;
  if (!found) return { reached: null, text: `${what}: asked ${asked}, not measured` };
  const reached = goal.atMost === undefined ? found.median >= bound : found.median <= bound;
  const measured = over ? `${spreadInWords(found, 2)} ×` : spreadInWords(found, figures[figure].digits);
  return { reached, text: `${what}: asked ${asked}, measured ${measured}` };
}
