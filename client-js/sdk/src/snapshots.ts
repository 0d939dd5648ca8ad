import type { BoardGetParams, BoardGetResult } from './generated/messages.js';
import { request, type HttpRequest } from './http.js';

export type Ask = Omit<HttpRequest, 'url'>;

/** A board as it is, over HTTP: compressed, and its arrival can be seen. Without `board`: as it is known already. */
export async function readBoard(
  boards: string,
  { territory, from, days, facilities = [] }: BoardGetParams,
  ask: Ask,
): Promise<{ board?: BoardGetResult; etag: string | undefined }> {
  const chosen = facilities.map((facility) => `&facility=${facility}`).join('');
  const { text, etag } = await request({ ...ask, url: `${boards}${territory}?from=${from}&days=${days}${chosen}` });
  return { etag, ...(text !== undefined && { board: JSON.parse(text) as BoardGetResult }) };
}
