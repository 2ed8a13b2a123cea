import { access, constants, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../../domain/ports.ts';
import { delay } from '../../../platform/pause.ts';

/** How the files of the kernel are written; a test gives its own. */
export interface AuthorizedFiles {
  readonly mayWrite: (path: string) => Promise<boolean>;
  readonly write: (path: string, text: string) => Promise<void>;
}

const realFiles: AuthorizedFiles = {
  mayWrite: async (path) => {
    try {
      await access(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
  write: (path, text) => writeFile(path, text),
};

const socketName = /^\d+-\d+(?:\.\d+)*$/;
const offMs = 3_000;
const onTries = 3;

/**
 * Takes USB devices off the bus and back, as pulling the plug would, by the kernel's file `authorized` of the device. The
 * user needs the right to write it; the rules for udev that come with the box give it. Linux only.
 */
export class UsbPower {
  readonly #files: AuthorizedFiles;
  readonly #clock: Clock;

  constructor(clock: Clock, files: AuthorizedFiles = realFiles) {
    this.#clock = clock;
    this.#files = files;
  }

  /** Whether the device in this socket can be cycled by this user. */
  able(socket: string | null): Promise<boolean> {
    return socket !== null && socketName.test(socket) ? this.#files.mayWrite(fileOf(socket)) : Promise.resolve(false);
  }

  /** Off, and on again after some seconds. Rejects when it stays off, or did not go off. */
  async cycle(socket: string): Promise<void> {
    await this.#files.write(fileOf(socket), '0');
    for (let attempt = 1; ; attempt += 1) {
      await delay(this.#clock, offMs);
      try {
        await this.#files.write(fileOf(socket), '1');
        return;
      } catch (error) {
        // A device that is left off is worse than one that hangs.
        if (attempt >= onTries) throw error;
      }
    }
  }
}

function fileOf(socket: string): string {
  return join('/sys/bus/usb/devices', socket, 'authorized');
}
