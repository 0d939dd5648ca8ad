/** A UUID of version 7 (RFC 9562): its first 48 bits are the time in ms, the others random. */
export function uuidv7(now: number = Date.now()): string {
  const bytes = randomBytes(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(now / 2 ** 32));
  view.setUint32(2, now % 2 ** 32);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function randomBytes(count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  // Node 18 has no global `crypto`. A key is no secret, it only must not meet another: Math.random will do
  // there.
  return globalThis.crypto?.getRandomValues(bytes) ?? bytes.map(() => Math.random() * 256);
}
