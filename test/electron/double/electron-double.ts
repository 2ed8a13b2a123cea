import { EventEmitter } from 'node:events';
import type { BrowserContext } from 'playwright-core';
import type { Electron } from '../../../electron/world.ts';
import { UtilityProcesses } from './utility-process.ts';
import { DoubleSession, DoubleWindow, Preventable } from './windows.ts';

interface DoubleOptions {
  readonly context: BrowserContext;
  /** The built script between pages and app. */
  readonly preload: string;
  readonly userData: string;
  readonly home: string;
  readonly locale?: string;
  /** Whether another app runs already. */
  readonly second?: boolean;
  /** How secrets are sealed; `none` has no keyring. */
  readonly keyring?: DoubleKeyring;
}

interface MenuEntry {
  readonly label?: string;
  readonly type?: string;
  readonly enabled?: boolean;
  readonly checked?: boolean;
  readonly click?: (item: { readonly checked: boolean }) => void;
}

type Handler = (event: unknown, ...args: unknown[]) => unknown;

/** A system's keyring: seals by a password of its own, which can get lost. */
export class DoubleKeyring {
  readonly backend: 'gnome_libsecret' | 'basic_text';
  #password = 'first';

  constructor(backend: 'gnome_libsecret' | 'basic_text' = 'gnome_libsecret') {
    this.backend = backend;
  }

  /** The keyring is a new one: what was sealed before stays sealed. */
  lose(): void {
    this.#password = 'another';
  }
  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(true);
  }
  getSelectedStorageBackend(): string {
    return this.backend;
  }
  encryptStringAsync(text: string): Promise<Buffer> {
    return Promise.resolve(Buffer.from(`sealed ${this.#password} ${Buffer.from(text).toString('base64')}`));
  }
  decryptStringAsync(sealed: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    const [, password, text = ''] = sealed.toString().split(' ');
    if (password !== this.#password) return Promise.reject(new Error('Cannot be unsealed'));
    return Promise.resolve({ result: Buffer.from(text, 'base64').toString(), shouldReEncrypt: false });
  }
}

class DoubleApp extends EventEmitter {
  readonly options: DoubleOptions;
  /** How often the app has really ended. */
  quits = 0;
  login: { openAtLogin: boolean } = { openAtLogin: false };

  constructor(options: DoubleOptions) {
    super();
    this.options = options;
  }
  requestSingleInstanceLock(): boolean {
    return this.options.second !== true;
  }
  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  getLocale(): string {
    return this.options.locale ?? 'en-GB';
  }
  getPath(name: string): string {
    return name === 'home' ? this.options.home : name === 'exe' ? '/opt/SEPSMS Box/sepsms-box' : this.options.userData;
  }
  getLoginItemSettings() {
    return this.login;
  }
  setLoginItemSettings(settings: { openAtLogin: boolean }): void {
    this.login = settings;
  }
  quit(): void {
    const event = new Preventable();
    this.emit('before-quit', event);
    if (event.defaultPrevented) return;
    this.quits += 1;
    this.emit('quit');
  }
}

/** The `electron` module for tests: its windows are real pages, its utility processes real processes; the rest remembers. */
export class ElectronDouble {
  readonly app: DoubleApp;
  readonly session = new DoubleSession();
  readonly windows: DoubleWindow[] = [];
  readonly utilityProcess = new UtilityProcesses();
  readonly powerMonitor = new EventEmitter();
  readonly openedOutside: string[] = [];
  readonly notices: { readonly title: string; readonly body: string; readonly click: () => void }[] = [];
  readonly awake = new Set<number>();
  readonly keyring: DoubleKeyring;
  trayMenu: readonly MenuEntry[] = [];
  trayTip = '';
  tray: EventEmitter | null = null;
  #menuWatchers: (() => void)[] = [];
  readonly #handlers = new Map<string, Handler>();
  readonly #options: DoubleOptions;
  #blockers = 0;

  constructor(options: DoubleOptions) {
    this.#options = options;
    this.app = new DoubleApp(options);
    this.keyring = options.keyring ?? new DoubleKeyring();
  }

  /** The window that was opened last. */
  get window(): DoubleWindow {
    const last = this.windows.at(-1);
    if (last === undefined) throw new Error('No window was opened');
    return last;
  }

  /** A press on an entry of the menu of the icon. */
  press(label: string): void {
    const entry = this.trayMenu.find((one) => one.label === label);
    if (entry?.click === undefined || entry.enabled === false) throw new Error(`${label} cannot be pressed`);
    entry.click({ checked: entry.checked !== true });
  }

  /** Resolves when the first line of the icon's menu reads so; every new menu is looked at. */
  trayReads(line: string): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.trayMenu[0]?.label !== line) return;
        this.#menuWatchers = this.#menuWatchers.filter((one) => one !== look);
        resolve();
      };
      this.#menuWatchers.push(look);
      look();
    });
  }

  /** A call over the channels of the app, as from a frame. */
  async invoke(
    frame: { readonly url: string },
    main: { readonly url: string },
    channel: string,
    args: readonly unknown[],
  ) {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`Nobody listens to ${channel}`);
    return await handler({ senderFrame: frame, sender: { mainFrame: main } }, ...args);
  }

  /** What the app takes as Electron. */
  get module(): Electron {
    const seen = {
      tray: (tray: EventEmitter | null) => {
        this.tray = tray;
      },
      tip: (text: string) => {
        this.trayTip = text;
      },
      menu: (entries: readonly MenuEntry[]) => {
        this.trayMenu = entries;
        for (const look of this.#menuWatchers) look();
      },
      notice: (notice: (typeof this.notices)[number]) => this.notices.push(notice),
    };
    const windowWorld = {
      context: this.#options.context,
      session: this.session,
      preload: this.#options.preload,
      invoke: (frame: { readonly url: string }, channel: string, args: readonly unknown[]) =>
        this.invoke(frame, this.window.webContents.mainFrame, channel, args),
      opened: (window: DoubleWindow) => this.windows.push(window),
    };
    const module = {
      app: this.app,
      BrowserWindow: class extends DoubleWindow {
        constructor(options: Readonly<Record<string, unknown>>) {
          super(windowWorld, options);
        }
      },
      ipcMain: {
        handle: (channel: string, handler: Handler) => this.#handlers.set(channel, handler),
        removeHandler: (channel: string) => this.#handlers.delete(channel),
      },
      Menu: { buildFromTemplate: (entries: readonly MenuEntry[]) => entries, setApplicationMenu: () => {} },
      nativeImage: { createFromPath: (path: string) => path },
      Notification: class extends EventEmitter {
        static isSupported(): boolean {
          return true;
        }
        readonly #said: { readonly title: string; readonly body: string };
        constructor(said: { readonly title: string; readonly body: string }) {
          super();
          this.#said = said;
        }
        show(): void {
          seen.notice({ ...this.#said, click: () => this.emit('click') });
        }
      },
      powerMonitor: this.powerMonitor,
      powerSaveBlocker: {
        start: () => {
          this.#blockers += 1;
          this.awake.add(this.#blockers);
          return this.#blockers;
        },
        stop: (id: number) => this.awake.delete(id),
      },
      safeStorage: this.keyring,
      screen: { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] },
      shell: {
        openExternal: (address: string) => {
          this.openedOutside.push(address);
          return Promise.resolve();
        },
      },
      Tray: class extends EventEmitter {
        constructor() {
          super();
          seen.tray(this);
        }
        setToolTip(text: string): void {
          seen.tip(text);
        }
        setContextMenu(entries: readonly MenuEntry[]): void {
          seen.menu(entries);
        }
        destroy(): void {
          seen.tray(null);
        }
      },
      utilityProcess: this.utilityProcess,
    };
    // A double has what the app uses; its form is that of the app's own tests.
    return module as unknown as Electron;
  }
}
