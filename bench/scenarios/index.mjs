import { growths } from './growth.mjs';
import { promised } from './promised.mjs';

/** All scenarios, each with targets of one form: {peer, label, options?, territories?, at?}. */
export const scenarios = [...promised, ...growths].map((scenario) => ({
  ...scenario,
  targets: scenario.targets.map((target) =>
    typeof target === 'string' ? { peer: target, label: target } : { label: target.peer, ...target },
  ),
}));
