import type * as electronMain from 'electron';

/** What the app takes from Electron; tests hand in a double of it. */
export type Electron = Pick<
  typeof electronMain,
  | 'app'
  | 'BrowserWindow'
  | 'dialog'
  | 'ipcMain'
  | 'Menu'
  | 'nativeImage'
  | 'Notification'
  | 'powerMonitor'
  | 'powerSaveBlocker'
  | 'safeStorage'
  | 'screen'
  | 'session'
  | 'shell'
  | 'Tray'
  | 'utilityProcess'
>;

/** Something that will happen, and need not. */
export interface Pending {
  cancel(): void;
}

/** Time, handed in so that tests turn it by hand. */
export interface Timers {
  /** Milliseconds since an arbitrary start; never goes back. */
  now(): number;
  /** Calls `run` once after `ms` milliseconds. */
  after(ms: number, run: () => void): Pending;
}

/** Lines for whoever looks at why the app does what it does; nothing personal. */
export type Log = (event: string, fields?: Readonly<Record<string, string | number | boolean>>) => void;

/** Where the parts of the built app lie; absolute. */
export interface AppFiles {
  /** The program of the server's process. */
  readonly serverProcess: string;
  /** The script that stands between pages and the app. */
  readonly preload: string;
  /** Folder of the built admin pages. */
  readonly pages: string;
  /** The page that is shown while the box does not run. */
  readonly faultPage: string;
  /** Folder with the icons. */
  readonly icons: string;
}

/** Everything that the app takes from outside. */
export interface World {
  readonly electron: Electron;
  readonly timers: Timers;
  readonly log: Log;
  readonly files: AppFiles;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}
