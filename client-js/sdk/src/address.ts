/** The addresses of a server, from its own (`https://places.example`) or from its socket's (`wss://places.example/ws`). */
export interface Addresses {
  socket: string;
  rpc: string;
  /** Of what is named under it. */
  boards: string;
}

export function addressesOf(url: string): Addresses {
  const { protocol, host, pathname, search } = new URL(url);
  const s = protocol === 'https:' || protocol === 'wss:' ? 's' : '';
  const isSocket = protocol.startsWith('ws') && pathname !== '/';
  const folder = isSocket ? pathname.replace(/\/[^/]*$/, '') : pathname.replace(/\/$/, '');
  const http = `http${s}://${host}${folder}`;
  return {
    socket: `ws${s}://${host}${isSocket ? pathname : `${folder}/ws`}${search}`,
    rpc: `${http}/rpc`,
    boards: `${http}/boards/`,
  };
}
