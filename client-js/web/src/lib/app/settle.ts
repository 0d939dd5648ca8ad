// A change is made once: it is repeated with its key until it is known what became of it.
import { PlacetteProblem } from '@placette/client';

export interface Patience {
  /** Told once, when it is not known any more whether the change was made. */
  onUnsure: () => void;
  pauseMs?: number;
  attempts?: number;
}

/** About ten minutes, where each attempt takes its time: longer than a place is held. */
const usualAttempts = 60;
const usualPauseMs = 2_000;

/**
 * `attempt` makes the same call with the same key each time. Ends with its result, with a refusal that answers for all
 * attempts, or with `outcome_unknown` where nobody will know any more: the session has ended, or patience has.
 */
export async function settle<Result>(
  attempt: () => Promise<Result>,
  { onUnsure, pauseMs = usualPauseMs, attempts = usualAttempts }: Patience,
): Promise<Result> {
  let unknown: PlacetteProblem | null = null;
  for (let made = 1; ; made++) {
    try {
      return await attempt();
    } catch (error) {
      if (!unknown && isUnknown(error)) {
        unknown = error;
        onUnsure();
      }
      if (!unknown || (error instanceof PlacetteProblem && error.settles)) throw error;
      if (!(error instanceof PlacetteProblem && error.temporary) || made === attempts) throw unknown;
    }
    await new Promise((resume) => setTimeout(resume, pauseMs));
  }
}

function isUnknown(error: unknown): error is PlacetteProblem {
  return error instanceof PlacetteProblem && error.type === 'outcome_unknown';
}
