import { PlacetteProblem, type ProblemType } from '@placette/client';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Booking } from '../src/lib/types';
import { booking, lucioles } from './samples';

const change = vi.hoisted(() => vi.fn());
vi.mock('../src/lib/app/session.svelte', () => ({
  session: { change, client: { call: change }, user: { offices: ['esco-genlis'] }, facility: () => lucioles },
}));
const remembered = new Map<string, string>();
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => remembered.get(key) ?? null,
  setItem: (key: string, value: string) => remembered.set(key, value),
  removeItem: (key: string) => remembered.delete(key),
});

const { reservation } = await import('../src/lib/booking/reservation.svelte');
const { clock } = await import('../src/lib/time/clock.svelte');
const { need } = await import('../src/lib/need/need.svelte');

const start = Date.parse('2026-11-24T16:00:00Z');
const at = (facility: string) => ({ facility, date: '2026-11-25', period: 'matin', section: 'moyens' });
const lucky = at('genlis-lucioles');
const mill = at('varanges-moulin');

function held(id: string, facility = lucky.facility, more: Partial<Booking> = {}): Booking {
  return booking({
    id,
    facility,
    state: 'held',
    version: 1,
    expiresAt: '2026-11-24T16:05:00Z',
    expiresInMs: 300_000,
    ...more,
  });
}

function problem(type: ProblemType) {
  return new PlacetteProblem(type, { title: '', detail: '', status: 409, temporary: false });
}

/** What each call is answered, by its method. */
function answers(given: Record<string, unknown>) {
  change.mockImplementation(async (method: string) => {
    const answer = given[method];
    if (answer instanceof Error) throw answer;
    return answer;
  });
}

const calls = () => change.mock.calls.map(([method]) => method);

beforeEach(() => {
  reservation.leave();
  reservation.hear([]);
  clock.set(start);
  change.mockReset();
});

test('from a draft to a booking', async () => {
  expect(reservation.state).toBe('draft');
  let answer!: (value: unknown) => void;
  change.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const holding = reservation.want(lucky);
  expect(reservation.state).toBe('holding');
  answer({ booking: held('1') });
  await holding;
  expect(reservation.state).toBe('held');
  expect(reservation.target).toEqual(lucky);

  reservation.caseRef = 'G-1';
  reservation.purpose = 'training';
  change.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const confirming = reservation.confirm();
  expect(reservation.state).toBe('confirming');
  answer({ booking: booking({ id: '1' }) });
  await confirming;
  expect(reservation.state).toBe('confirmed');
  expect(reservation.caseRef).toBe('');
});

test('a place that is refused', async () => {
  answers({ 'booking.hold': problem('no_place') });
  await reservation.want(lucky);
  expect(reservation.state).toBe('refused');
  expect(reservation.trouble).toMatchObject({ gone: true, about: lucky });
});

test('a second place is asked about first, and taken before the first is given back', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.want(lucky);
  await reservation.want(mill);
  expect(calls()).toEqual(['booking.hold']);
  expect(reservation.instead).toEqual(mill);
  expect(reservation.target).toEqual(lucky);

  answers({ 'booking.hold': { booking: held('2', mill.facility) }, 'booking.release': {} });
  await reservation.hold(mill);
  expect(reservation.target).toEqual(mill);
  expect(reservation.instead).toBeNull();
  expect(change).toHaveBeenLastCalledWith('booking.release', { booking: '1' });
});

test('a second place that is refused leaves the first as it is, under its own name', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.want(lucky);
  answers({ 'booking.hold': problem('no_place') });
  await reservation.hold(mill);
  expect(reservation.state).toBe('held');
  expect(reservation.target).toEqual(lucky);
  expect(reservation.booking?.id).toBe('1');
  expect(reservation.trouble).toMatchObject({ gone: true, about: mill });
  expect(calls()).not.toContain('booking.release');
});

test('a hold lapses with the time, and is confirmable still', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.want(lucky);
  clock.set(start + 300_000);
  expect(reservation.state).toBe('lapsed');
  expect(reservation.isHeld).toBe(false);
  await reservation.want(mill);
  expect(reservation.instead).toBeNull();
});

test('what became of the place is told once it can be known', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.want(lucky);
  clock.set(start + 301_000);
  expect(reservation.lapsedWords).toBe('Les 5\u00a0minutes sont passées');
  expect(reservation.isSettling).toBe(true);
  clock.set(start + 304_000);
  expect(reservation.isSettling).toBe(false);
});

test('a place is kept for half an hour at most, and that is said', async () => {
  answers({ 'booking.hold': { booking: held('1', lucky.facility, { createdAt: '2026-11-24T16:00:00Z' }) } });
  await reservation.want(lucky);
  expect(reservation.extensionMs).toBe(300_000);
  const at = (time: string, version: number) => ({
    booking: held('1', lucky.facility, { version, expiresAt: `2026-11-24T${time}Z`, expiresInMs: undefined }),
  });
  answers({ 'booking.extend': at('16:28:00', 2) });
  await reservation.extend();
  expect(reservation.extensionMs).toBe(120_000);
  answers({ 'booking.extend': at('16:30:00', 3) });
  await reservation.extend();
  expect(reservation.extensionMs).toBe(0);
  answers({ 'booking.extend': problem('too_late') });
  await reservation.extend();
  expect(reservation.trouble?.text).toBe('Une place est retenue 30\u00a0minutes au plus.');
});

test('a place that another page has let go is said to be gone', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.want(lucky);
  reservation.hear([held('1', lucky.facility, { state: 'released', version: 2 })]);
  expect(reservation.state).toBe('draft');
  expect(reservation.trouble?.text).toBe('La place a été libérée sur une autre page.');
});

test('only what was answered is sent', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  need.known = false;
  await reservation.want(lucky);
  expect(change.mock.calls[0]![1]).toMatchObject({
    places: [expect.not.objectContaining({ meal: expect.anything() })],
  });
  expect(change.mock.calls[0]![1].children).toEqual([{ ageMonths: 0 }]);
  reservation.leave();
  need.meal = false;
  await reservation.want(lucky);
  expect(change.mock.calls[1]![1].places[0].meal).toBe(false);
  need.clear();
});

test('what colleagues hold is told as theirs', async () => {
  reservation.hear([held('9')]);
  expect(reservation.isHeldByOffice(lucky)).toBe(true);
  expect(reservation.isHeldByOffice(mill)).toBe(false);
  answers({ 'booking.hold': problem('reserved_by_hold') });
  await reservation.want(lucky);
  expect(reservation.trouble?.text).toBe('Votre service retient déjà la dernière place.');
  reservation.hear([held('9', lucky.facility, { office: 'another' })]);
  expect(reservation.isHeldByOffice(lucky)).toBe(false);
});

test('is found again after a reload, and its own hold is not a colleague', async () => {
  remembered.set('placette.hold', '1');
  reservation.hear([held('1')]);
  expect(reservation.state).toBe('held');
  expect(reservation.isHeldByOffice(lucky)).toBe(false);
});

test('whoever signs out gives back what they hold', async () => {
  answers({ 'booking.hold': { booking: held('1') }, 'booking.release': problem('unreachable') });
  await reservation.want(lucky);
  await reservation.giveBack();
  expect(calls()).toEqual(['booking.hold', 'booking.release']);
  expect(reservation.state).toBe('draft');
  await reservation.giveBack();
  expect(calls().length).toBe(2);
});
