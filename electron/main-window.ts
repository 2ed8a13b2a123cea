import { pathToFileURL } from 'node:url';
import type { BrowserWindow } from 'electron';
import { guardContents, guardSession } from './guards.ts';
import type { HostState, ServerHost } from './server-host.ts';
import type { WindowState } from './window-state.ts';
import type { World } from './world.ts';

interface MainWindowOptions {
  readonly world: World;
  readonly host: Pick<ServerHost, 'state' | 'wayIn'>;
  readonly state: WindowState;
  /** The window was closed by its owner; the box goes on. */
  readonly onHidden: () => void;
  /** Windows ends the session: there is little time. */
  readonly onSessionEnd: () => void;
  /** Whether a close means the end, and not the tray. */
  readonly ending: () => boolean;
}

const leastWidth = 360;
const leastHeight = 480;

/** The one window of the app: the box's own pages while it runs, else the page that says why it does not. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | undefined;
  /** Where the window is, or is going. */
  #at: 'nowhere' | 'fault' | 'box' = 'nowhere';
  #guarded = false;
  /** Where the box was last; a page of it stays while it is started again. */
  #lastUrl: string | null = null;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  get faultPage(): string {
    return pathToFileURL(this.#options.world.files.faultPage).href;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    const window = this.#window ?? this.#open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** The page that fits how the server is. A box that comes back is asked by its own page, which stays. */
  follow(state: HostState): void {
    if (this.#window === undefined) return;
    if (state.name === 'running') void this.#enter(state.url);
    else if (state.name === 'failed' || (state.name === 'resting' && this.#at !== 'box')) void this.#explain();
    else if (this.#at === 'fault') this.#tellFault();
  }

  close(): void {
    this.#window?.close();
  }

  /** Whether a message came from the page for faults in this window. */
  isFaultPage(frame: { readonly url: string } | null): boolean {
    return frame?.url === this.faultPage;
  }

  #open(): BrowserWindow {
    const { world, state } = this.#options;
    const { bounds, maximized } = state.read();
    const window = new world.electron.BrowserWindow({
      ...bounds,
      minWidth: leastWidth,
      minHeight: leastHeight,
      show: false,
      backgroundColor: '#f8f9fe',
      title: 'SEPSMS Box',
      autoHideMenuBar: true,
      webPreferences: {
        preload: world.files.preload,
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
        allowRunningInsecureContent: false,
        safeDialogs: true,
        spellcheck: false,
        navigateOnDragDrop: false,
      },
    });
    this.#window = window;
    this.#at = 'nowhere';
    if (maximized) window.maximize();
    this.#guard(window);
    this.#listen(window);
    this.#first();
    return window;
  }

  #first(): void {
    const { state } = this.#options.host;
    if (state.name === 'running') void this.#enter(state.url);
    else void this.#explain();
  }

  #guard(window: BrowserWindow): void {
    const { world, host } = this.#options;
    const allowed = {
      origin: () => (host.state.name === 'running' ? host.state.url : this.#lastUrl),
      faultPage: this.faultPage,
    };
    guardContents(window.webContents, allowed, world);
    if (this.#guarded) return;
    this.#guarded = true;
    guardSession(window.webContents.session, allowed);
  }

  #listen(window: BrowserWindow): void {
    const { state, onHidden, onSessionEnd, ending } = this.#options;
    window.on('close', (event) => {
      state.keep(window);
      if (ending()) return;
      event.preventDefault();
      window.hide();
      onHidden();
    });
    window.on('closed', () => {
      this.#window = undefined;
    });
    window.on('query-session-end', () => onSessionEnd());
    window.on('session-end', () => onSessionEnd());
    window.webContents.on('render-process-gone', (_event, details) => {
      this.#options.world.log('page.gone', { reason: details.reason });
      if (details.reason !== 'clean-exit') this.#first();
    });
  }

  /** Goes to the box's pages by a way in that is good once; where the window is there already, its session goes on. */
  async #enter(url: string): Promise<void> {
    const again = this.#at === 'box' && this.#lastUrl === url;
    this.#lastUrl = url;
    if (again) return;
    this.#at = 'box';
    const { ticket, setupCode } = await this.#options.host.wayIn();
    const fragment = ticket === null ? (setupCode === null ? '' : `#setup=${setupCode}`) : `#ticket=${ticket}`;
    await this.#load(`${url}/${fragment}`);
  }

  async #explain(): Promise<void> {
    const here = this.#at === 'fault';
    this.#at = 'fault';
    if (here) this.#tellFault();
    else await this.#load(this.faultPage);
  }

  #tellFault(): void {
    this.#window?.webContents.send('fault:changed');
  }

  async #load(address: string): Promise<void> {
    try {
      await this.#window?.loadURL(address);
    } catch {
      // The way in must not get into a log: only that it failed.
      this.#options.world.log('page.not_loaded');
    }
  }
}
