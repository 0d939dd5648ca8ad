import { expect, test } from 'vitest';
import { phoneOf, placeLine, whoBooked } from '../src/lib/booking/booking-words';
import { changeWords } from '../src/lib/board/change-words';
import { booking, cell, lucioles } from './samples';

test('an arrival in one line', () => {
  const arrival = booking();
  expect(placeLine(arrival, lucioles, arrival.places[0]!)).toBe(
    'Mer. 25 matin, moyens · 20\u00a0mois · première venue · 8\u202fh\u202f15–11\u202fh\u202f45 · sans repas',
  );
});

test('without hours the half-day counts; of a meal nothing is said if nothing is known', () => {
  const known = booking({ known: true });
  const place = { ...known.places[0]!, arrive: null, leave: null, meal: null };
  expect(placeLine(known, lucioles, place)).toBe(
    'Mer. 25 matin, moyens · 20\u00a0mois · déjà venu · 8\u202fh–12\u202fh\u202f30',
  );
});

test('who booked, with a number to call', () => {
  const office = {
    id: 'esco-genlis',
    name: 'ESCO de Genlis',
    kind: 'esco',
    commune: '21292',
    phone: '0353010110',
  } as const;
  expect(whoBooked(booking(), office)).toBe('Claire Martin, ESCO de Genlis');
  expect(phoneOf(booking(), office)).toBe('0353010040');
  const silent = booking({ bookedBy: { name: 'Claire Martin' } });
  expect(phoneOf(silent, office)).toBe('0353010110');
});

test('changes of the board, for who wants them read aloud', () => {
  expect(changeWords([cell()], [lucioles], 'vip')).toBe('Les Lucioles, mer.\u00a025 matin, Moyens : 2\u00a0places');
  expect(changeWords([cell(), cell(), cell(), cell()], [lucioles], 'vip')).toBe('4 changements au tableau.');
});
