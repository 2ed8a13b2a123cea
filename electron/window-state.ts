import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';
import type { World } from './world.ts';

const stored = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(320),
  height: z.number().int().min(240),
  maximized: z.boolean(),
});
type Stored = z.infer<typeof stored>;

const usual = { width: 1280, height: 840 };
/** So much of a window must lie on a screen for its owner to find it. */
const leastSeen = 64;

/** Where the window was when it was closed; a screen that is gone is not opened on. */
export class WindowState {
  readonly #file: string;
  readonly #world: Pick<World, 'electron' | 'log'>;

  constructor(file: string, world: Pick<World, 'electron' | 'log'>) {
    this.#file = file;
    this.#world = world;
  }

  /** What a new window begins with. */
  read(): { readonly bounds: Partial<Rectangle>; readonly maximized: boolean } {
    const last = this.#stored();
    if (last === null) return { bounds: usual, maximized: false };
    const { maximized, x, y, width, height } = last;
    const seen = this.#world.electron.screen
      .getAllDisplays()
      .some(
        ({ workArea: area }) =>
          x + width >= area.x + leastSeen &&
          x <= area.x + area.width - leastSeen &&
          y >= area.y &&
          y <= area.y + area.height - leastSeen,
      );
    return { bounds: seen ? { x, y, width, height } : { width, height }, maximized };
  }

  keep(window: BrowserWindow): void {
    const state: Stored = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(`${this.#file}.new`, JSON.stringify(state), { mode: 0o600 });
      renameSync(`${this.#file}.new`, this.#file);
    } catch {
      // A window that opens in the middle next time is no reason to trouble anybody.
      this.#world.log('window.state_not_kept');
    }
  }

  #stored(): Stored | null {
    try {
      return stored.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return null;
    }
  }
}
