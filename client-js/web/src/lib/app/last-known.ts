// The last that this device has seen, for who opens the pages without a connection. Forgotten when its person signs out.

import type { BoardDump } from '@placette/client';

const store = 'placette-last-known';
const nameOf = (name: string) => `/last-known/${name}`;

/** Browsers keep this only for pages that came over a safe way. */
const cache = async (): Promise<Cache | null> => ('caches' in globalThis ? caches.open(store) : null);

export async function keepLast(name: string, value: unknown): Promise<void> {
  await (await cache())?.put(nameOf(name), new Response(JSON.stringify(value)));
}

/** null: nothing is kept, or it cannot be read. */
export async function readLast<Value>(name: string): Promise<Value | null> {
  try {
    const found = await (await cache())?.match(nameOf(name));
    return found ? ((await found.json()) as Value) : null;
  } catch {
    return null;
  }
}

/** Those that were kept, by their names. */
export async function readLastBoards(): Promise<Map<string, BoardDump>> {
  const boards = new Map<string, BoardDump>();
  for (const { url } of (await (await cache())?.keys()) ?? []) {
    const name = decodeURIComponent(new URL(url).pathname).slice(nameOf('').length);
    const board = name.startsWith('board-') ? await readLast<BoardDump>(name) : null;
    if (board) boards.set(name, board);
  }
  return boards;
}

export async function forgetLast(): Promise<void> {
  if ('caches' in globalThis) await caches.delete(store);
}
