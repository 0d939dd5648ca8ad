import type { Page } from '@playwright/test';

interface Tap {
  method: string;
  /** Of a refusal in the place of each answer; empty: the answers are kept back. */
  refusal: string;
  kept: (() => void)[];
  open: boolean;
}

/** The answers to one method on their way into a page: kept back, or turned into refusals. */
export class Wire {
  private constructor(private readonly page: Page) {}

  /** Keeps them back until `release`. To be called before the page is opened. */
  static holding(page: Page, method: string): Promise<Wire> {
    return Wire.#on(page, method, '');
  }

  /** As if the server refused, with this title. To be called before the page is opened. */
  static refusing(page: Page, method: string, title: string): Promise<Wire> {
    return Wire.#on(page, method, title);
  }

  /** Those that were kept back go on, and later ones too. */
  async release(): Promise<void> {
    await this.page.evaluate(() => {
      const { tap } = window as unknown as { tap: Tap };
      tap.open = true;
      for (const send of tap.kept.splice(0)) send();
    });
  }

  static async #on(page: Page, method: string, refusal: string): Promise<Wire> {
    await page.addInitScript(tapSockets, { method, refusal });
    return new Wire(page);
  }
}

/** Runs in the page, before anything of its own. */
function tapSockets({ method, refusal }: { method: string; refusal: string }): void {
  const tap: Tap = { method, refusal, kept: [], open: false };
  Object.assign(window, { tap });
  const asked = new Set<unknown>();

  function refused(id: unknown): MessageEvent {
    const type = 'urn:placette:problem:forbidden';
    const data = { type, title: refusal, status: 403, detail: refusal, temporary: false };
    return new MessageEvent('message', { data: JSON.stringify({ id, error: { code: -32000, message: type, data } }) });
  }

  window.WebSocket = class extends WebSocket {
    override send(frame: string): void {
      const call = JSON.parse(frame);
      if (call.method === tap.method) asked.add(call.id);
      super.send(frame);
    }

    override addEventListener(kind: string, listener: EventListenerOrEventListenerObject | null): void {
      const hear = listener as (event: Event) => void;
      if (kind !== 'message') return super.addEventListener(kind, hear);
      super.addEventListener(kind, (event: Event) => {
        const { id } = JSON.parse((event as MessageEvent).data);
        if (tap.open || !asked.has(id)) hear(event);
        else if (refusal) hear(refused(id));
        else tap.kept.push(() => hear(event));
      });
    }
  };
}
