import { closeSync, constants, openSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { noticingHangUp } from '../../../../server/carriers/modem/serial/hang-up.ts';
import { openPtyPair, whyNoPty, type PtyPair } from '../../../fakes/pty.ts';

const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: reading from a port that closes: ${noPty}`);

let pair: PtyPair;
let fd: number;

/** As the driver's ports are made: the descriptor does not block, and the poller is gone after a close. */
function polledPort() {
  const port = {
    fd: fd as number | null,
    polled: 0,
    poller: {
      once: () => {
        port.polled += 1;
      },
    },
    read: (): Promise<{ bytesRead: number; buffer: Buffer }> => Promise.reject(new Error('replaced')),
  };
  noticingHangUp(port);
  return port;
}

describe.skipIf(noPty !== null)('a port that is closed while a read is under way', () => {
  beforeEach(() => {
    pair = openPtyPair();
    fd = openSync(pair.slavePath, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY);
  });

  afterEach(() => {
    closeSync(fd);
    pair.close();
  });

  test('ends the read as cancelled and never asks the poller, which is freed by then', async () => {
    const port = polledPort();
    const reading = (port.read as (...parts: readonly unknown[]) => Promise<unknown>)(Buffer.alloc(8), 0, 8);
    port.fd = null;
    await expect(reading).rejects.toMatchObject({ canceled: true });
    expect(port.polled).toBe(0);
  });

  test('and one that stays open waits for the next bytes', async () => {
    const port = polledPort();
    const polled = Promise.withResolvers<void>();
    port.poller.once = () => polled.resolve();
    void (port.read as (...parts: readonly unknown[]) => Promise<unknown>)(Buffer.alloc(8), 0, 8);
    await expect(polled.promise).resolves.toBeUndefined();
  });
});
