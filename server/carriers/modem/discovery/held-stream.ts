import type { ByteStream } from '../../../domain/ports.ts';
import type { PortLock } from './port-locks.ts';

/** A stream that gives its port back when it ends, however that is. */
export function holding(stream: ByteStream, lock: PortLock): ByteStream {
  let ended: string | null = null;
  let tell: ((reason: string) => void) | null = null;
  stream.onClose((reason) => {
    ended = reason;
    lock.release();
    tell?.(reason);
  });
  return {
    write: (bytes) => stream.write(bytes),
    onData: (receive) => stream.onData(receive),
    onClose: (closed) => {
      tell = closed;
      if (ended !== null) closed(ended);
    },
    close: async () => {
      try {
        await stream.close();
      } finally {
        lock.release();
      }
    },
  };
}
