import { beforeEach, expect, test, vi } from 'vitest';
import { PlacetteProblem } from '@placette/client';

const focused: string[] = [];
const element = (name: string) => ({ focus: () => focused.push(name) }) as unknown as HTMLElement;
const page = { activeElement: null as unknown, body: element('body'), querySelector: () => element('h1') };
vi.stubGlobal('document', page);

const { Action } = await import('../src/lib/app/action.svelte');
const { announcer } = await import('../src/lib/app/announcer.svelte');

const refusal = new PlacetteProblem('no_place', { title: "C'est pris", detail: '', status: 409, temporary: false });

beforeEach(() => {
  focused.length = 0;
  page.activeElement = page.body;
  announcer.clear();
});

test('what is tapped twice is done once', async () => {
  const action = new Action();
  let finish!: () => void;
  const call = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  const first = action.run(call);
  expect(action.busy).toBe(true);
  expect(await action.run(call)).toBe(false);
  finish();
  expect(await first).toBe(true);
  expect(action.busy).toBe(false);
  expect(call).toHaveBeenCalledTimes(1);
});

test('what is done is said, and the reader goes on from somewhere', async () => {
  const said = (count: number) => `${count} places`;
  await new Action().run(async () => 2, { said, focus: () => element('next') });
  expect(announcer.text.trim()).toBe('2 places');
  expect(focused).toEqual(['next', 'h1']);
  page.activeElement = element('button');
  focused.length = 0;
  await new Action().run(async () => 2);
  expect(focused).toEqual([]);
});

test('what is refused is told in print, and forgotten at the next attempt', async () => {
  const action = new Action();
  expect(await action.run(() => Promise.reject(refusal), { said: 'Fait.' })).toBe(false);
  expect(action.refused).toBe('C’est pris.');
  expect(announcer.text).toBe('');
  await action.run(async () => {});
  expect(action.refused).toBe('');
});
