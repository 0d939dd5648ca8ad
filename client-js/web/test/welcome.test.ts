import { expect, test } from 'vitest';
import { changesOf, troubleIn, typedOf } from '../src/lib/house/welcome';
import { lucioles } from './samples';

test('only what is another than before is changed', () => {
  const typed = typedOf(lucioles);
  expect(changesOf(lucioles, typed)).toEqual({});
  expect(changesOf(lucioles, { ...typed, access: ` ${typed.access} ` })).toEqual({});
  expect(changesOf(lucioles, { ...typed, bring: ' Doudou \n\nDoudou\nCarnet de santé' })).toEqual({
    bring: ['Doudou', 'Carnet de santé'],
  });
  expect(changesOf(lucioles, { ...typed, arriveUntil: '09:30', reservedFloor: '3' })).toEqual({
    arriveUntil: '09:30',
    reservedFloor: 3,
  });
  const limited = { ...lucioles, arriveUntil: '09:30' };
  expect(changesOf(limited, { ...typedOf(limited), arriveUntil: '' })).toEqual({ arriveUntil: null });
});

test('what cannot be recorded says why, by field', () => {
  const typed = typedOf(lucioles);
  expect(troubleIn(typed)).toEqual({});
  expect(troubleIn({ ...typed, phone: '' })).toEqual({});
  expect(Object.keys(troubleIn({ ...typed, phone: '03 53', reservedFloor: '', bring: 'x'.repeat(201) }))).toEqual([
    'phone',
    'bring',
    'reservedFloor',
  ]);
  expect(Object.keys(troubleIn({ ...typed, bring: Array.from({ length: 31 }, (_, i) => i).join('\n') }))).toEqual([
    'bring',
  ]);
});
