/** What the client needs of a WebSocket: the browser's own, Node's (from 22) or that of the package `ws`. */
export interface WebSocketLike {
  send(data: string): void;
  close(code?: number, reason?: string): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number; reason: string }) => void): void;
}

export type WebSocketClass = new (url: string, protocol: string) => WebSocketLike;

export const protocol = 'placette.v1';

/** The WebSocket that is at hand. */
export async function anyWebSocket(): Promise<WebSocketClass> {
  return (globalThis.WebSocket as WebSocketClass | undefined) ?? (await fromPackage());
}

async function fromPackage(): Promise<WebSocketClass> {
  // Under a name that bundlers do not follow: browsers never come here.
  const name = 'ws';
  try {
    const { WebSocket } = (await import(/* @vite-ignore */ name)) as { WebSocket: WebSocketClass };
    return WebSocket;
  } catch (cause) {
    const help = 'take Node 22 or later, `npm install ws`, or give a class as `webSocket`';
    throw new Error(`There is no WebSocket here: ${help}.`, { cause });
  }
}
