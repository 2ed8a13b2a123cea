import { read } from 'node:fs';

/** What the port of a Unix binding is made of; others are of another make and need no help. */
interface PolledPort {
  /** Null once it is closed. */
  readonly fd: number | null;
  readonly poller: { once(event: 'readable', call: (error: unknown) => void): unknown };
  read(buffer: Buffer, offset: number, length: number): Promise<{ bytesRead: number; buffer: Buffer }>;
}

const nothingYet = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

/**
 * Makes a port notice its end. A tty that was hung up, as that of an unplugged USB modem is, reads as empty for ever; the
 * binding takes that for "nothing yet" and reads again at once, so an end in the middle of incoming bytes would keep a
 * processor busy and tell nobody. Here it is an error, which the stream takes for the disconnection that it is.
 */
export function noticingHangUp(port: unknown): unknown {
  if (!isPolled(port)) return port;
  port.read = (buffer, offset, length) => readOrEnd(port, buffer, offset, length);
  return port;
}

async function readOrEnd(
  port: PolledPort,
  buffer: Buffer,
  offset: number,
  length: number,
): Promise<{ bytesRead: number; buffer: Buffer }> {
  for (;;) {
    const bytesRead = await tryRead(openFd(port), buffer, offset, length);
    if (bytesRead === 0) throw new Error('the modem hung up');
    if (bytesRead !== null) return { bytesRead, buffer };
    // Closed while the read was under way: its poller is freed memory now, and asking it would end the process.
    openFd(port);
    await readable(port);
  }
}

/** Throws what the stream takes for a cancelled read when the port was closed. */
function openFd(port: PolledPort): number {
  if (port.fd === null) throw Object.assign(new Error('the port is closed'), { canceled: true });
  return port.fd;
}

/** How many bytes came; null when there are none yet. */
function tryRead(fd: number, buffer: Buffer, offset: number, length: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    read(fd, buffer, offset, length, null, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else if (nothingYet.has(error.code ?? '')) resolve(null);
      else reject(error);
    });
  });
}

function readable({ poller }: PolledPort): Promise<void> {
  return new Promise((resolve, reject) => {
    poller.once('readable', (error) => {
      if (error instanceof Error) reject(error);
      else resolve();
    });
  });
}

function isPolled(port: unknown): port is PolledPort {
  return typeof port === 'object' && port !== null && 'fd' in port && 'poller' in port && 'read' in port;
}
