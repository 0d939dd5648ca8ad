import { expect, test } from 'vitest';
import { doneWords, foreseenWords, hitBy, paramsOf, type Closing } from '../src/lib/house/closing';
import type { Booking } from '../src/lib/types';
import { booking, lucioles } from './samples';

const wednesday = '2026-11-25';
const zone = 'Europe/Paris';
const early = Date.parse('2026-11-25T05:00:00Z');

const whole: Closing = { facility: lucioles, from: wednesday, to: wednesday, periods: [], sections: [] };

function at(id: string, place: Partial<Booking['places'][number]> = {}, changes: Partial<Booking> = {}): Booking {
  const [usual] = booking().places;
  return booking({ id, ...changes, places: [{ ...usual!, ...place }] });
}

const hit = (closing: Closing, bookings: Booking[], now = early) => hitBy(closing, bookings, null, [zone, now]);

test('each child counts once, each service once, and a hold is given back', () => {
  const [usual] = booking().places;
  const twoHalves = booking({ id: 'both', places: [usual!, { ...usual!, id: 1, period: 'apres-midi' }] });
  const siblings = booking({ id: 'two', places: [usual!, { ...usual!, id: 1, child: 1 }] });
  const held = at('held', {}, { state: 'held' });
  const other = at('other', {}, { office: 'ailleurs' });
  const { children, held: holds, offices } = hit(whole, [twoHalves, siblings, held, other]);
  expect([children, holds, offices.length]).toEqual([4, 1, 2]);
});

test('only what is closed is hit, and nothing that is over or answered', () => {
  expect(hit({ ...whole, periods: ['apres-midi'] }, [at('morning')]).children).toBe(0);
  expect(hit({ ...whole, sections: ['grands'] }, [at('moyens', { section: 'moyens' })]).children).toBe(0);
  expect(hit({ ...whole, from: '2026-11-26', to: '2026-11-27' }, [at('before')]).children).toBe(0);
  expect(hit(whole, [at('came', { outcome: 'attended' }), at('none', { outcome: 'cancelled' })]).children).toBe(0);
  expect(hit(whole, [at('over')], Date.parse('2026-11-25T18:00:00Z')).children).toBe(0);
});

test('in words, before and after', () => {
  const three = { children: 3, held: 1, offices: ['a', 'b'] };
  expect(foreseenWords(three)).toBe(
    '3\u00a0enfants attendus, 2\u00a0services seront prévenus. 1\u00a0place retenue sera rendue.',
  );
  expect(foreseenWords({ children: 0, held: 0, offices: [] })).toBe('Personne n’est attendu.');
  expect(doneWords(three)).toBe('3\u00a0enfants ne viendront pas, 2\u00a0services sont prévenus');
  expect(doneWords({ children: 0, held: 2, offices: [] })).toBe('personne n’était attendu');
  const after = at('after', { outcome: 'cancelled' }, { state: 'cancelled_by_facility' });
  expect(hitBy(whole, [after], 'cancelled', [zone, early]).children).toBe(1);
});

test('what is told is no more than what was chosen', () => {
  expect(paramsOf(whole)).toEqual({ facility: lucioles.id, from: wednesday });
  expect(paramsOf({ ...whole, to: '2026-11-27', periods: ['matin'], sections: ['grands'] })).toEqual({
    facility: lucioles.id,
    from: wednesday,
    to: '2026-11-27',
    periods: ['matin'],
    sections: ['grands'],
  });
});
