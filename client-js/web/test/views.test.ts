import { PlacetteProblem, type LiveStatus } from '@placette/client';
import { expect, test } from 'vitest';
import { staleSince, ViewState } from '../src/lib/app/views.svelte';

function live() {
  let told = () => {};
  return {
    status: 'loading' as LiveStatus,
    asOf: undefined as string | undefined,
    refusal: undefined as PlacetteProblem | undefined,
    on(_: 'status', listener: () => void) {
      told = listener;
      return () => (told = () => {});
    },
    become(status: LiveStatus, more: { asOf?: string; refusal?: PlacetteProblem } = {}) {
      Object.assign(this, { status, ...more });
      told();
    },
  };
}

test('nothing can be said of what is loading or refused', () => {
  const bookings = live();
  const view = new ViewState(bookings);
  expect(view).toMatchObject({ status: 'loading', isRead: false, refused: '' });
  bookings.become('live');
  expect(view.isRead).toBe(true);
  const refusal = new PlacetteProblem('forbidden', { title: 'Interdit', detail: '', status: 403, temporary: false });
  bookings.become('refused', { refusal });
  expect(view).toMatchObject({ status: 'refused', isRead: false, refused: 'Interdit.' });
  view.close();
});

test('what is stale is shown with its age; the oldest counts for the page', () => {
  const [board, bookings] = [live(), live()];
  const views = [new ViewState(board), new ViewState(bookings)];
  board.become('live');
  bookings.become('live');
  expect(staleSince()).toBeNull();
  board.become('stale', { asOf: '2026-11-24T16:02:00Z' });
  bookings.become('stale', { asOf: '2026-11-24T16:00:00Z' });
  expect(views.map(({ isRead }) => isRead)).toEqual([true, true]);
  expect(staleSince()).toBe(Date.parse('2026-11-24T16:00:00Z'));
  bookings.become('live');
  expect(staleSince()).toBe(Date.parse('2026-11-24T16:02:00Z'));
  for (const view of views) view.close();
  expect(staleSince()).toBeNull();
});
