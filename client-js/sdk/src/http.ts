import type { Problem } from './generated/messages.js';
import { ConnectionLost, PlacetteProblem } from './problem.js';

export type Fetch = typeof globalThis.fetch;

export interface HttpRequest {
  url: string;
  bearer: string | undefined;
  /** By default what is at hand. */
  fetch: Fetch | undefined;
  /** With nothing at all heard for so long, the answer counts as lost. */
  silenceMs: number;
  /** What is posted. */
  body?: string;
}

/** Asks the server once; broken with its problem, or as a lost connection. */
export async function request({ url, bearer, fetch, silenceMs, body }: HttpRequest): Promise<string> {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), silenceMs);
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
  };
  try {
    const response = await (fetch ?? globalThis.fetch)(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      signal: patience.signal,
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    if (!response.ok) throw refusal(response.status, text);
    return text;
  } catch (error) {
    throw error instanceof PlacetteProblem ? error : new ConnectionLost();
  } finally {
    clearTimeout(timer);
  }
}

/** A problem document is the server's; anything else is of what stands before it, or of another server. */
function refusal(status: number, text: string): Error {
  const document = asJson(text);
  if (document?.type) return PlacetteProblem.from(document);
  if (status >= 500) return new ConnectionLost();
  const detail = `HTTP ${status}, and no problem document: is this the address of a Placette server?`;
  return new PlacetteProblem('invalid_request', { title: elsewhere, detail, status, temporary: false });
}

const elsewhere = 'L’adresse n’est pas celle d’un serveur Placette.';

function asJson(text: string): Partial<Problem> | undefined {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    return undefined;
  }
}
