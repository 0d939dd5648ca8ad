import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { addressesOf } from '../src/address.js';
import { fullJitter } from '../src/backoff.js';
import { addDays, cellKey, dayIn, freeFor, isStale, uuidv7 } from '../src/index.js';
import { nextMidnight } from '../src/clock.js';
import { usualTiming } from '../src/timing.js';
import { version } from '../src/version.js';
import { cellOf } from './scripted-server.js';

const at = (instant: string) => Date.parse(instant);

describe('back-off', () => {
  test('has ceilings from 0.5 to 20 s', () => {
    const backoff = fullJitter(usualTiming, () => 1);
    const ceilings = [0, 1, 2, 3, 4, 5, 6, 50].map(backoff);
    expect(ceilings).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000]);
  });

  test('has full jitter', () => {
    expect(fullJitter(usualTiming, () => 0)(3)).toBe(0);
    expect(fullJitter(usualTiming, () => 0.25)(3)).toBe(1000);
  });
});

describe('keys', () => {
  test('are UUIDs of version 7 that carry the time', () => {
    const key = uuidv7(at('2026-11-24T10:00:00Z'));
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(key.replace('-', '').slice(0, 12), 16)).toBe(at('2026-11-24T10:00:00Z'));
  });

  test('differ', () => {
    const keys = Array.from({ length: 1000 }, () => uuidv7());
    expect(new Set(keys).size).toBe(1000);
  });

  test('are made without a global crypto too', () => {
    vi.stubGlobal('crypto', undefined);
    expect(uuidv7()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(uuidv7()).not.toBe(uuidv7());
    vi.unstubAllGlobals();
  });
});

describe('the clock', () => {
  test("knows the day of a territory's zone", () => {
    expect(dayIn('Europe/Paris', at('2026-11-24T22:59:59Z'))).toBe('2026-11-24');
    expect(dayIn('Europe/Paris', at('2026-11-24T23:00:00Z'))).toBe('2026-11-25');
    expect(dayIn('Indian/Reunion', at('2026-11-24T20:00:00Z'))).toBe('2026-11-25');
  });

  test.each([
    ['a winter day', '2026-11-24T10:00:00Z', '2026-11-24T23:00:00Z'],
    ['the eve of the spring change', '2027-03-27T12:00:00Z', '2027-03-27T23:00:00Z'],
    ['the day of 23 hours', '2027-03-28T00:30:00Z', '2027-03-28T22:00:00Z'],
    ['the day of 25 hours', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z'],
  ])('finds the midnight that ends %s', (_, now, midnight) => {
    expect(nextMidnight('Europe/Paris', at(now))).toBe(at(midnight));
  });

  test('counts days over months and changes of the clock', () => {
    expect(addDays('2026-10-24', 9)).toBe('2026-11-02');
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  });
});

describe('a cell', () => {
  test('is named by facility, date, period and section', () => {
    expect(cellKey(cellOf(1))).toBe('lucioles/2026-11-25/matin/moyens');
  });

  test('has places for a kind of care, none where it is closed', () => {
    const cell = cellOf(1, { free: { vip: 3, other: 1 } });
    expect([freeFor(cell, 'vip'), freeFor(cell, 'other')]).toEqual([3, 1]);
    expect(freeFor({ ...cell, closed: true }, 'vip')).toBe(0);
  });

  test('is stale from its instant on, and if it was never confirmed', () => {
    const cell = cellOf(1, { staleAt: '2026-11-25T23:00:00Z' });
    expect(isStale(cell, at('2026-11-25T22:59:59Z'))).toBe(false);
    expect(isStale(cell, at('2026-11-25T23:00:00Z'))).toBe(true);
    expect(isStale({ ...cell, confirmedAt: null, staleAt: null }, 0)).toBe(true);
  });
});

test.each([
  ['http://localhost:8080', 'ws://localhost:8080/ws', 'http://localhost:8080/rpc'],
  ['https://places.example/', 'wss://places.example/ws', 'https://places.example/rpc'],
  ['https://example.org/places', 'wss://example.org/places/ws', 'https://example.org/places/rpc'],
  ['ws://localhost:8080', 'ws://localhost:8080/ws', 'http://localhost:8080/rpc'],
  ['wss://places.example/town/ws?x=1', 'wss://places.example/town/ws?x=1', 'https://places.example/town/rpc'],
])('the addresses behind %s', (url, socket, rpc) => {
  expect(addressesOf(url)).toEqual({ socket, rpc, boards: rpc.replace(/rpc$/, 'boards/') });
});

test("the version told to the server is the package's", () => {
  const { version: packaged } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(version).toBe(packaged);
});
