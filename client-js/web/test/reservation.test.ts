import { PlacetteProblem, type ProblemType } from '@placette/client';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Booking } from '../src/lib/types';
import type { Part, Target } from '../src/lib/booking/parts';
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
const at = (facility: string) => ({ facility, date: '2026-11-25', period: 'matin' });
const lucky = at('genlis-lucioles');
const mill = at('varanges-moulin');
const part = ({ facility, ...slot }: Target): Part => ({
  facility,
  places: [{ ...slot, section: 'moyens', child: 0 }],
});

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
  const holding = reservation.hold([part(lucky)]);
  expect(reservation.state).toBe('holding');
  answer({ booking: held('1') });
  await holding;
  expect(reservation.state).toBe('held');
  expect(reservation.holds(lucky)).toBe(true);

  reservation.file.caseRef = 'G-1';
  reservation.file.purpose = 'training';
  change.mockReturnValueOnce(new Promise((resolve) => (answer = resolve)));
  const confirming = reservation.confirm();
  expect(reservation.state).toBe('confirming');
  answer({ booking: booking({ id: '1' }) });
  await confirming;
  expect(reservation.state).toBe('confirmed');
  expect(reservation.file.caseRef).toBe('');
});

test('a place that is refused', async () => {
  answers({ 'booking.hold': problem('no_place') });
  await reservation.hold([part(lucky)]);
  expect(reservation.state).toBe('refused');
  expect(reservation.trouble).toMatchObject({ gone: true, about: lucky });
});

test('what is chosen is taken from nobody, and a second tap takes it back', () => {
  reservation.choose(lucky);
  reservation.choose(mill);
  reservation.choose(lucky);
  expect(reservation.chosen).toEqual([mill]);
  expect(reservation.state).toBe('draft');
  expect(change).not.toHaveBeenCalled();
});

test('a second place is asked about first, and taken before the first is given back', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.hold([part(lucky)]);
  reservation.choose(mill);
  expect(calls()).toEqual(['booking.hold']);
  expect(reservation.asksFirst).toBe(true);
  expect(reservation.holds(lucky)).toBe(true);

  answers({ 'booking.hold': { booking: held('2', mill.facility) }, 'booking.release': {} });
  await reservation.hold([part(mill)]);
  expect(reservation.holds(mill)).toBe(true);
  expect(reservation.chosen).toEqual([]);
  expect(change).toHaveBeenLastCalledWith('booking.release', { booking: '1' });
});

test('a second place beside the first is held with it, and confirmed with it', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.hold([part(lucky)]);
  answers({ 'booking.hold': { booking: held('2', mill.facility, { expiresAt: '2026-11-24T16:04:00Z' }) } });
  await reservation.hold([part(mill)], true);
  expect(reservation.open.map(({ id }) => id)).toEqual(['1', '2']);
  expect(reservation.holds(lucky) && reservation.holds(mill)).toBe(true);
  expect(calls()).not.toContain('booking.release');

  Object.assign(reservation.file, { caseRef: 'G-1', purpose: 'training' });
  change.mockImplementation(async (_: string, { booking: id }: { booking: string }) => {
    if (id === '2') throw problem('hold_expired');
    return { booking: booking({ id, version: 5 }) };
  });
  await reservation.confirm();
  expect(reservation.bookings.map(({ state }) => state)).toEqual(['confirmed', 'held']);
  expect(reservation.state).toBe('held');
  expect(reservation.file.caseRef).toBe('G-1');
});

test('of several structures all are held, or none', async () => {
  change.mockImplementation(async (method: string, { facility }: { facility?: string }) => {
    if (facility === mill.facility) throw problem('no_place');
    return method === 'booking.hold' ? { booking: held('1') } : {};
  });
  await reservation.hold([part(lucky), part(mill)]);
  expect(calls()).toEqual(['booking.hold', 'booking.hold', 'booking.release']);
  expect(reservation.state).toBe('refused');
  expect(reservation.trouble).toMatchObject({ gone: true, about: mill });
});

test('a second place that is refused leaves the first as it is, under its own name', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.hold([part(lucky)]);
  answers({ 'booking.hold': problem('no_place') });
  await reservation.hold([part(mill)]);
  expect(reservation.state).toBe('held');
  expect(reservation.holds(lucky)).toBe(true);
  expect(reservation.open.map(({ id }) => id)).toEqual(['1']);
  expect(reservation.trouble).toMatchObject({ gone: true, about: mill });
  expect(calls()).not.toContain('booking.release');
});

test('a hold lapses with the time, and is confirmable still', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.hold([part(lucky)]);
  clock.set(start + 300_000);
  expect(reservation.state).toBe('lapsed');
  expect(reservation.isHeld).toBe(false);
  reservation.choose(mill);
  expect(reservation.asksFirst).toBe(false);
});

test('what became of the place is told once it can be known', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.hold([part(lucky)]);
  clock.set(start + 301_000);
  expect(reservation.lapsedWords).toBe('Les 5\u00a0minutes sont passées');
  expect(reservation.isSettling).toBe(true);
  clock.set(start + 304_000);
  expect(reservation.isSettling).toBe(false);
});

test('a place is kept for half an hour at most, and that is said', async () => {
  answers({ 'booking.hold': { booking: held('1', lucky.facility, { createdAt: '2026-11-24T16:00:00Z' }) } });
  await reservation.hold([part(lucky)]);
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
  await reservation.hold([part(lucky)]);
  reservation.hear([held('1', lucky.facility, { state: 'released', version: 2 })]);
  expect(reservation.state).toBe('draft');
  expect(reservation.trouble?.text).toBe('La place a été libérée sur une autre page.');
});

test('only what was answered is sent', async () => {
  answers({ 'booking.hold': { booking: held('1') } });
  need.known = false;
  need.ageText = '20';
  await reservation.hold([part(lucky)]);
  expect(change.mock.calls[0]![1]).toMatchObject({
    places: [expect.not.objectContaining({ meal: expect.anything() })],
  });
  expect(change.mock.calls[0]![1].children).toEqual([{ ageMonths: 20 }]);
  reservation.leave();
  need.meal = false;
  await reservation.hold([part(lucky)]);
  expect(change.mock.calls[1]![1].places[0].meal).toBe(false);
  need.clear();
});

test('what colleagues hold is told as theirs', async () => {
  reservation.hear([held('9')]);
  expect(reservation.isHeldByOffice(lucky)).toBe(true);
  expect(reservation.isHeldByOffice(mill)).toBe(false);
  answers({ 'booking.hold': problem('reserved_by_hold') });
  await reservation.hold([part(lucky)]);
  expect(reservation.trouble?.text).toBe('Votre service retient déjà la dernière place.');
  reservation.hear([held('9', lucky.facility, { office: 'another' })]);
  expect(reservation.isHeldByOffice(lucky)).toBe(false);
});

test('is found again after a reload, and its own hold is not a colleague', async () => {
  remembered.set('placette.holds', '["1"]');
  reservation.hear([held('1')]);
  expect(reservation.state).toBe('held');
  expect(reservation.isHeldByOffice(lucky)).toBe(false);
});

test('after a booking the next family starts clean; the same one may go on', async () => {
  need.say({ ageText: '20', arriveText: '8h15', known: true });
  answers({ 'booking.hold': { booking: held('1') }, 'booking.confirm': { booking: booking({ id: '1', version: 5 }) } });
  await reservation.hold([part(lucky)]);
  Object.assign(reservation.file, { caseRef: 'G-1', purpose: 'training' });
  await reservation.confirm();
  expect(reservation.state).toBe('confirmed');
  expect(need.isStarted).toBe(false);
  reservation.another();
  expect(need.said).toMatchObject({ ageText: '20', arriveText: '8h15', known: true });
  need.clear();
});

test('what is changed while a place is held is told not to be held', async () => {
  need.say({ ageText: '20', arriveText: '8h15', known: true });
  answers({ 'booking.hold': { booking: held('1') } });
  await reservation.hold([part(lucky)]);
  need.arriveText = '8 h 15';
  expect(reservation.isHeldOtherwise).toBe(false);
  need.arriveText = '9h';
  expect(reservation.isHeldOtherwise).toBe(true);
  need.clear();
  expect(reservation.isHeldOtherwise).toBe(false);
});

test('whoever signs out gives back what they hold', async () => {
  answers({ 'booking.hold': { booking: held('1') }, 'booking.release': problem('unreachable') });
  await reservation.hold([part(lucky)]);
  await reservation.giveBack();
  expect(calls()).toEqual(['booking.hold', 'booking.release']);
  expect(reservation.state).toBe('draft');
  await reservation.giveBack();
  expect(calls().length).toBe(2);
});
