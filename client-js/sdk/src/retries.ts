import type { Backoff } from './backoff.js';
import { Deadline } from './deadline.js';
import { ConnectionLost, outcomeUnknown, PlacetteProblem, type ProblemType, unreachable } from './problem.js';

export interface RetryOptions {
  timeoutMs: number;
  signal: AbortSignal | undefined;
  backoff: Backoff;
  /** Kept when an attempt can be made. */
  whenOnline: () => Promise<void>;
  /** The connection comes back with a back-off of its own. */
  reconnects: boolean;
  /** Whether the call changes something. */
  mutating: boolean;
}

/** A fault of the server's own may be met again each time: it is asked no more than that. */
const internalRepeats = 2;

/**
 * Makes a call until it is answered or the deadline passes. Repeating is safe: reads change nothing, and the
 * other calls carry the same key each time.
 */
export async function withRetries<Result>(
  attempt: (failures: number) => Promise<Result>,
  options: RetryOptions,
): Promise<Result> {
  const deadline = new Deadline(options.timeoutMs, options.signal);
  let perhapsDone = false; // an attempt was sent, and nothing is known of its effect
  try {
    for (let failures = 0; ; failures++) {
      await deadline.race(options.whenOnline());
      const before: boolean = perhapsDone;
      perhapsDone = options.mutating;
      try {
        return await deadline.race(attempt(failures));
      } catch (error) {
        const unsure: boolean = before || (options.mutating && isProblem(error, 'internal'));
        const pause = pauseAfter(error, failures, options);
        if (pause === undefined) throw unsure && !isSettled(error) ? outcomeUnknown() : error;
        if (isAnswer(error)) perhapsDone = unsure;
        if (pause > deadline.leftMs()) throw perhapsDone ? outcomeUnknown() : error;
        await deadline.sleep(pause);
      }
    }
  } catch (error) {
    if (perhapsDone && (deadline.passed || isProblem(error, 'disconnected'))) throw outcomeUnknown();
    throw deadline.passed ? unreachable() : error;
  } finally {
    deadline.end();
  }
}

const isProblem = (error: unknown, ...types: ProblemType[]): error is PlacetteProblem =>
  error instanceof PlacetteProblem && types.includes(error.type);

const isAnswer = (error: unknown) => error instanceof PlacetteProblem && error.type !== 'outcome_unknown';

const isSettled = (error: unknown) => error instanceof PlacetteProblem && error.settles;

/** How long to wait before the call is made again, in ms; undefined if it is not. */
function pauseAfter(error: unknown, failures: number, { backoff, reconnects }: RetryOptions): number | undefined {
  if (error instanceof ConnectionLost) return reconnects ? 0 : backoff(failures);
  if (!(error instanceof PlacetteProblem) || !error.mayPass) return undefined;
  if (error.type === 'internal' && failures >= internalRepeats) return undefined;
  // A hold of another office may last for minutes: the person at the desk decides, not the program.
  if (error.type === 'reserved_by_hold') return undefined;
  if (error.retryAfterMs === undefined && !isProblem(error, 'outcome_unknown', 'store_unavailable', 'internal'))
    return undefined;
  return (error.retryAfterMs ?? 0) + backoff(failures);
}
