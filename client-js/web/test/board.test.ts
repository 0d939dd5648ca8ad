import { expect, test, vi } from 'vitest';
import { Cells } from '../src/lib/board/cells.svelte';
import { Gathered } from '../src/lib/board/gathered';
import { Marks } from '../src/lib/board/marks.svelte';
import { clock } from '../src/lib/time/clock.svelte';
import { cell } from './samples';

test('a board takes the place of another, and a copy stays as it was', () => {
  const cells = new Cells();
  const [first, second] = [cell({ version: 1 }), cell({ version: 2 })];
  cells.replace(new Map([['a', first]]));
  const copy = cells.copy();
  cells.replace(new Map([['b', second]]));
  expect([cells.get('a'), cells.get('b')]).toEqual([undefined, second]);
  expect(copy).toEqual(new Map([['a', first]]));
  expect(cells.copy()).toEqual(new Map([['b', second]]));
});

test('the first change goes at once, a storm gathers', () => {
  vi.useFakeTimers();
  const passed: string[][] = [];
  const gathered = new Gathered<string>((items) => passed.push([...items]));
  gathered.add(['a']);
  gathered.add(['b']);
  gathered.add(['c', 'b']);
  expect(passed).toEqual([['a']]);
  vi.advanceTimersByTime(16);
  expect(passed).toEqual([['a'], ['b', 'c']]);
  gathered.add(['d']);
  gathered.stop();
  vi.advanceTimersByTime(100);
  expect(passed.length).toBe(2);
  vi.useRealTimers();
});

test('a ring at most every two seconds, a dot for a minute, one line for many', () => {
  vi.useFakeTimers();
  clock.set(Date.now());
  const cells = new Cells();
  const keys = Array.from({ length: 13 }, (_, index) => `cell ${index}`);
  for (const key of keys) cells.set(key, cell());
  const marks = new Marks(cells);
  marks.add(['cell 0'], () => '');
  const ring = marks.newest(['cell 0', 'cell 1']);
  expect(ring?.ring).toBe(true);
  vi.advanceTimersByTime(1_000);
  marks.add(['cell 0'], () => '');
  expect(marks.newest(['cell 0'])).toBe(ring);
  marks.add(keys, () => 'Les Lucioles a mis ses places à jour.');
  expect(marks.summary).toBe('Les Lucioles a mis ses places à jour.');
  expect(marks.newest(['cell 1'])?.ring).toBe(false);
  vi.advanceTimersByTime(70_000);
  expect(marks.newest(keys)).toBeUndefined();
  expect(marks.summary).toBe('');
  vi.useRealTimers();
});
