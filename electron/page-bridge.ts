import type { IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import type { World } from './world.ts';

/** What the page for faults may ask of the app. Nothing else in the app listens to pages. */
export interface FaultDesk {
  /** What it shows. */
  describe(): { readonly title: string; readonly message: string; readonly action: string; readonly busy: boolean };
  retry(): void;
}

interface BridgeOptions {
  readonly world: Pick<World, 'electron' | 'log'>;
  readonly desk: FaultDesk;
  /** Whether a call comes from the page for faults, in the app's own window, and from no frame inside it. */
  readonly isFaultPage: (frame: { readonly url: string } | null) => boolean;
}

const nothing = z.tuple([]);

/** Listens to the page for faults; a call from anywhere else, or with anything in it, is refused. */
export class PageBridge {
  readonly #options: BridgeOptions;

  constructor(options: BridgeOptions) {
    this.#options = options;
  }

  start(): void {
    const { world, desk } = this.#options;
    const { ipcMain } = world.electron;
    ipcMain.handle('fault:describe', (event, ...args: unknown[]) => this.#checked(event, args, () => desk.describe()));
    ipcMain.handle('fault:retry', (event, ...args: unknown[]) => this.#checked(event, args, () => desk.retry()));
  }

  stop(): void {
    const { ipcMain } = this.#options.world.electron;
    for (const channel of ['fault:describe', 'fault:retry']) ipcMain.removeHandler(channel);
  }

  #checked<T>(event: IpcMainInvokeEvent, args: readonly unknown[], run: () => T): T {
    const frame = event.senderFrame;
    const own = frame !== null && frame === event.sender.mainFrame && this.#options.isFaultPage(frame);
    if (!own || !nothing.safeParse(args).success) {
      this.#options.world.log('call.refused');
      throw new Error('Not allowed.');
    }
    return run();
  }
}
