import { PlacetteProblem } from '@placette/client';
import { expect, test } from 'vitest';
import { belowWords } from '../src/lib/house/below-words';
import { tell } from '../src/lib/app/problems';
import { missing, presentText, troubleOf as troubleAt } from '../src/lib/booking/trouble';
import { cell } from './samples';

const now = Date.parse('2026-11-24T16:00:00Z');
const troubleOf = (error: unknown, byOffice = false) => troubleAt(error, byOffice, now);

function problem(type: PlacetteProblem['type'], more: { field?: string; retryAfterMs?: number } = {}) {
  return new PlacetteProblem(type, { title: 'Titre du serveur.', detail: '', status: 409, temporary: false, ...more });
}

test('a place that is gone calls for others', () => {
  expect(troubleOf(problem('no_place'))).toMatchObject({ text: 'Cette place vient d’être prise.', gone: true });
  expect(troubleOf(problem('hold_expired')).gone).toBe(true);
  expect(troubleOf(problem('kept_for_vip')).gone).toBe(true);
});

test('the last place in the hands of another may come back', () => {
  expect(troubleOf(problem('reserved_by_hold', { retryAfterMs: 200_000 })).text).toBe(
    'Un autre service réserve la dernière place. Elle peut se libérer dans 4\u00a0min.',
  );
});

test('the hold in the way ends one way or the other, and the minutes pass', () => {
  const told = { ...missing(''), ...troubleOf(problem('reserved_by_hold', { retryAfterMs: 200_000 }), true) };
  expect(presentText(told, 'held', now + 90_000)).toBe(
    'Votre service retient déjà la dernière place. Elle peut se libérer dans 2\u00a0min.',
  );
  expect(presentText(told, 'held', now + 200_000)).toBe('Votre service retient déjà la dernière place.');
  expect(presentText(told, 'full', now + 90_000)).toBe('Cette place vient d’être prise.');
  expect(presentText(told, 'free', now + 90_000)).toBe('La place est de nouveau libre.');
  expect(presentText(missing('Autre chose.'), 'full', now)).toBe('Autre chose.');
});

test.each([
  ['caseRef', 'case-ref'],
  ['contact.phone', 'parent-phone'],
  ['places[0].arrive', 'arrive'],
  ['children[0].ageMonths', 'age'],
  ['places[0].section', ''],
])('the parameter %s is corrected in « %s »', (field, control) => {
  expect(troubleOf(problem('invalid_params', { field })).control).toBe(control);
});

test('a case that has the slot already is a matter of the case', () => {
  expect(troubleOf(problem('duplicate_booking')).control).toBe('case-ref');
});

test('why a count cannot go below what is taken', () => {
  expect(belowWords(cell({ open: 2, vip: 1, other: 1 }), 1)).toBe(
    'Deux réservations sont confirmées sur ce créneau. Pour descendre à 1, annulez d’abord avec le service concerné.',
  );
  expect(belowWords(cell({ open: 1, vip: 1, held: 1 }), 0)).toContain('Une réservation est confirmée ou en cours');
});

test('what happened is told in words fit to show', () => {
  expect(tell(problem('closed'))).toBe('Titre du serveur.');
  expect(tell(new TypeError('x is undefined'))).not.toContain('undefined');
});
