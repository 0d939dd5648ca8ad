import { PlacetteProblem, type ProblemType } from '@placette/client';
import { expect, test, vi } from 'vitest';
import { settle } from '../src/lib/app/settle';

function problem(type: ProblemType, temporary = false) {
  return new PlacetteProblem(type, { title: '', detail: '', status: 409, temporary });
}

const unknown = problem('outcome_unknown', true);
const atOnce = { pauseMs: 0, attempts: 5 };

/** Answers in turn; a problem is thrown. */
function answers(...given: unknown[]) {
  return vi.fn(async () => {
    const next = given.length > 1 ? given.shift() : given[0];
    if (next instanceof Error) throw next;
    return next;
  });
}

async function outcome(...given: unknown[]) {
  const attempt = answers(...given);
  const onUnsure = vi.fn();
  const result = await settle(attempt, { onUnsure, ...atOnce }).catch((error: unknown) => error);
  return { result, attempts: attempt.mock.calls.length, unsure: onUnsure.mock.calls.length };
}

test('what is answered at once is never in doubt', async () => {
  expect(await outcome('done')).toEqual({ result: 'done', attempts: 1, unsure: 0 });
  const refused = problem('no_place');
  expect(await outcome(refused)).toEqual({ result: refused, attempts: 1, unsure: 0 });
  const away = problem('unreachable', true);
  expect(await outcome(away)).toEqual({ result: away, attempts: 1, unsure: 0 });
});

test('what is not known is asked until it is', async () => {
  expect(await outcome(unknown, unknown, 'done')).toEqual({ result: 'done', attempts: 3, unsure: 1 });
  const refused = problem('no_place');
  expect(await outcome(unknown, refused)).toEqual({ result: refused, attempts: 2, unsure: 1 });
});

test.each(['rate_limited', 'store_unavailable', 'unreachable'] as const)('%s is no answer', async (type) => {
  expect(await outcome(unknown, problem(type, true), 'done')).toEqual({ result: 'done', attempts: 3, unsure: 1 });
});

test.each(['unauthenticated', 'forbidden', 'disconnected'] as const)('after %s nobody will know', async (type) => {
  expect(await outcome(unknown, problem(type))).toEqual({ result: unknown, attempts: 2, unsure: 1 });
});

test('patience has an end', async () => {
  expect(await outcome(unknown)).toEqual({ result: unknown, attempts: 5, unsure: 1 });
});
