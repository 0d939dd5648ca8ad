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
  const { WebSocket } = (await import(/* @vite-ignore */ name)) as { WebSocket: WebSocketClass };
  return WebSocket;
}

/** Takes the address of the server as well (`http://localhost:8080`). */
export function socketUrl(url: string): string {
  const { protocol: scheme, host, pathname, search } = new URL(url);
  const secure = scheme === 'https:' || scheme === 'wss:';
  return `${secure ? 'wss' : 'ws'}://${host}${pathname === '/' ? '/ws' : pathname}${search}`;
}
