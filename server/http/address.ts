import type { IncomingMessage } from 'node:http';

/** The caller's address; an IPv4 address in IPv6 clothes is shown plain. */
export function addressOf(request: IncomingMessage): string {
  const address = request.socket.remoteAddress ?? '';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
}
