import type { Timing } from './timing.js';

/** How long to wait before the next attempt, in ms, after `failures` failed ones. */
export type Backoff = (failures: number) => number;

/**
 * Full jitter: anything between nothing and the ceiling, so that a crowd cut off together does not come back together.
 */
export function fullJitter({ backoff, backoffMax }: Timing, random: () => number): Backoff {
  return (failures) => random() * Math.min(backoffMax, backoff * 2 ** failures);
}
