import { EventEmitter } from 'node:events';
import type { BrowserContext, Page, Route } from 'playwright-core';

/** An event of Electron that can be prevented. */
export class Preventable {
  defaultPrevented = false;
  readonly url: string;
  readonly isMainFrame: boolean;

  constructor(url = '', isMainFrame = true) {
    this.url = url;
    this.isMainFrame = isMainFrame;
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

type PermissionRequest = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { readonly requestingUrl: string },
) => void;
type PermissionCheck = (contents: unknown, permission: string, origin: string) => boolean;

/** The session of the windows: it keeps what the app decides about permissions. */
export class DoubleSession {
  request: PermissionRequest | null = null;
  check: PermissionCheck | null = null;
  device: (() => boolean) | null = null;

  setPermissionRequestHandler(handler: PermissionRequest): void {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck): void {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.device = handler;
  }
}

export type Invoke = (frame: { readonly url: string }, channel: string, args: readonly unknown[]) => Promise<unknown>;

/** What windows need besides: a real browser, the built preload script, and the app's listeners. */
export interface WindowWorld {
  readonly context: BrowserContext;
  readonly session: DoubleSession;
  readonly preload: string;
  readonly invoke: Invoke;
  readonly opened: (window: DoubleWindow) => void;
}

type OpenHandler = (details: { readonly url: string }) => { readonly action: string };

/** The contents of a window: a real page of Chromium, whose navigations are put to the app first. */
export class DoubleContents extends EventEmitter {
  readonly session: DoubleSession;
  /** The page, once it is there. */
  readonly page: Promise<Page>;
  /** As in Electron one object for the frame of the page; calls are judged by it. */
  readonly mainFrame = { url: '' };
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  /** Addresses that the app itself loads; they are not put to it. */
  readonly #own = new Set<string>();

  constructor(world: WindowWorld) {
    super();
    this.session = world.session;
    this.page = this.#make(world);
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.page;
    this.#own.add(withoutFragment(address));
    await page.goto(address);
  }

  /** What is sent to a page that is just leaving reaches nobody, as in Electron. */
  send(channel: string): void {
    const tell = async () => {
      const page = await this.page;
      await page.evaluate((name) => globalThis.dispatchEvent(new Event(`double:${name}`)), channel);
    };
    tell().catch(() => {});
  }

  async #make(world: WindowWorld): Promise<Page> {
    const page = await world.context.newPage();
    page.on('framenavigated', (frame) => {
      if (frame === page.mainFrame()) this.mainFrame.url = frame.url();
    });
    await page.exposeBinding('doubleInvoke', (source, channel: string, args: unknown[]) =>
      world.invoke(source.frame === page.mainFrame() ? this.mainFrame : { url: source.frame.url() }, channel, args),
    );
    await page.exposeBinding('doubleOpen', (_source, url: string) => this.#openHandler({ url }));
    await page.addInitScript(asElectron(world.preload));
    await page.route('**/*', (route) => this.#put(route));
    return page;
  }

  /** Puts a navigation to the app, and each redirect of it. */
  async #put(route: Route): Promise<void> {
    const request = route.request();
    if (!request.isNavigationRequest()) return await route.continue();
    const main = request.frame().parentFrame() === null;
    const own = this.#own.delete(withoutFragment(request.url()));
    if (!own && this.#refused(main ? 'will-navigate' : 'will-frame-navigate', request.url(), main)) {
      return await route.abort('aborted');
    }
    if (request.url().startsWith('file:')) return await route.continue();
    const answer = await route.fetch({ maxRedirects: 0 }).catch(() => null);
    if (answer === null) return await route.abort('failed');
    const to = answer.headers()['location'];
    if (to !== undefined && this.#refused('will-redirect', new URL(to, request.url()).href, main)) {
      return await route.abort('aborted');
    }
    await route.fulfill({ response: answer });
  }

  #refused(event: string, url: string, main: boolean): boolean {
    const preventable = new Preventable(url, main);
    this.emit(event, preventable);
    return preventable.defaultPrevented;
  }
}

function withoutFragment(address: string): string {
  return address.split('#')[0] ?? '';
}

/** The built preload script with what Electron would give it, and windows that are asked for by the page. */
function asElectron(preload: string): string {
  return `(() => {
    const require = () => ({
      contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
      ipcRenderer: {
        invoke: (channel, ...args) => window.doubleInvoke(channel, args),
        on: (channel, listener) => window.addEventListener('double:' + channel, () => listener({})),
      },
    });
    ${preload}
    window.open = (url) => { void window.doubleOpen(new URL(String(url), location.href).href); return null; };
    addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[target="_blank"]') : null;
      if (link === null) return;
      event.preventDefault();
      void window.doubleOpen(link.href);
    }, true);
  })();`;
}

/** A window: its page is real, its frame is told. */
export class DoubleWindow extends EventEmitter {
  readonly options: Readonly<Record<string, unknown>>;
  readonly webContents: DoubleContents;
  visible = false;
  focused = 0;
  minimized = false;
  closed = false;

  constructor(world: WindowWorld, options: Readonly<Record<string, unknown>>) {
    super();
    this.options = options;
    this.webContents = new DoubleContents(world);
    world.opened(this);
  }

  loadURL(address: string): Promise<void> {
    return this.webContents.loadURL(address);
  }
  show(): void {
    this.visible = true;
  }
  hide(): void {
    this.visible = false;
  }
  focus(): void {
    this.focused += 1;
  }
  restore(): void {
    this.minimized = false;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  maximize(): void {
    this.emit('maximize');
  }
  isMaximized(): boolean {
    return false;
  }
  getNormalBounds() {
    return { x: 40, y: 30, width: 1000, height: 700 };
  }

  /** As by the cross in its corner. */
  close(): void {
    const event = new Preventable();
    this.emit('close', event);
    if (event.defaultPrevented) return;
    this.closed = true;
    this.visible = false;
    void this.webContents.page.then((page) => page.close());
    this.emit('closed');
  }
}
