import type { Electron, Pending, Timers } from './world.ts';

interface PowerOptions {
  readonly world: { readonly electron: Pick<Electron, 'powerMonitor' | 'powerSaveBlocker'>; readonly timers: Timers };
  /** The machine has slept, and its network and USB are likely there again. */
  readonly onResume: () => void;
  /** The system goes down. */
  readonly onShutdown: () => void;
}

/** Networks and USB need a moment after sleep. */
const settleMs = 5_000;

/** Sleep and end of the machine; and no sleep while a carrier is up, for a box that sleeps sends nothing. */
export class PowerWatch {
  readonly #options: PowerOptions;
  #blocker: number | null = null;
  #soon: Pending | undefined;

  constructor(options: PowerOptions) {
    this.#options = options;
  }

  start(): void {
    const { world, onResume, onShutdown } = this.#options;
    world.electron.powerMonitor.on('resume', () => {
      this.#soon?.cancel();
      this.#soon = world.timers.after(settleMs, onResume);
    });
    // Typed for the systems that have it; the event lets the app end in peace first.
    world.electron.powerMonitor.on('shutdown', () => onShutdown());
  }

  /** Keeps the machine from falling asleep by itself; its screen may go dark. */
  keepAwake(wanted: boolean): void {
    const { powerSaveBlocker } = this.#options.world.electron;
    if (wanted && this.#blocker === null) this.#blocker = powerSaveBlocker.start('prevent-app-suspension');
    if (!wanted && this.#blocker !== null) {
      powerSaveBlocker.stop(this.#blocker);
      this.#blocker = null;
    }
  }

  stop(): void {
    this.#soon?.cancel();
    this.keepAwake(false);
  }
}
