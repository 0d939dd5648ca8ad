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
  signal?: AbortSignal;
  /** What is posted. */
  body?: string;
  /** What is there already, by its name. */
  etag?: string | undefined;
  /** What has come so far, and of how much (bytes of text); not called where bodies cannot be read in pieces. */
  onProgress?: ((received: number, total: number | undefined) => void) | undefined;
}

export interface HttpAnswer {
  /** Undefined: what is there already. */
  text: string | undefined;
  etag: string | undefined;
}

/** Asks the server once; broken with its problem, or as a lost connection. */
export async function request({
  url,
  bearer,
  fetch = globalThis.fetch,
  body,
  etag,
  ...more
}: HttpRequest): Promise<HttpAnswer> {
  const patience = new Patience(more.silenceMs, more.signal);
  const headers = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
    ...(etag !== undefined && { 'if-none-match': etag }),
  };
  const method = body === undefined ? 'GET' : 'POST';
  try {
    const response = await fetch(url, {
      method,
      headers,
      signal: patience.signal,
      ...(body !== undefined && { body }),
    });
    const text = await textOf(response, (received) => {
      patience.renew();
      const total = Number(response.headers.get('placette-size')) || undefined;
      if (response.ok) more.onProgress?.(received, total);
    });
    const isKnown = response.status === 304;
    if (!response.ok && !isKnown) throw refusal(response.status, text);
    return { text: isKnown ? undefined : text, etag: response.headers.get('etag') ?? undefined };
  } catch (error) {
    throw error instanceof PlacetteProblem ? error : new ConnectionLost();
  } finally {
    patience.end();
  }
}

/** Ends a request over which nothing comes any more: what comes counts, however slow it is. */
class Patience {
  readonly #controller = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly silenceMs: number,
    private readonly outer?: AbortSignal,
  ) {
    outer?.addEventListener('abort', this.#abort);
    if (outer?.aborted) this.#abort();
    this.renew();
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#abort, this.silenceMs);
  }

  end(): void {
    clearTimeout(this.#timer);
    this.outer?.removeEventListener('abort', this.#abort);
  }

  readonly #abort = (): void => this.#controller.abort();
}

async function textOf(response: Response, heard: (received: number) => void): Promise<string> {
  const reader = response.body?.getReader?.();
  if (!reader) return response.text();
  const decoder = new TextDecoder();
  let text = '';
  let received = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    heard((received += value.length));
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
