import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { buildShellPages } from '../../electron/build/shell-pages.ts';
import { DesktopApp } from '../../electron/desktop-app.ts';
import type { Pending, Timers } from '../../electron/world.ts';
import { launchBrowser } from '../e2e/browser.ts';
import { builtPages } from '../e2e/pages.ts';
import { patience } from '../e2e/ui-bench.ts';
import { ElectronDouble, type DoubleKeyring } from './double/electron-double.ts';

/** Time that stands still until a test says otherwise. */
export class HandTimers implements Timers {
  #now = 0;
  #waiting: { readonly due: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): Pending {
    const one = { due: this.#now + ms, run };
    this.#waiting.push(one);
    return {
      cancel: () => {
        this.#waiting = this.#waiting.filter((other) => other !== one);
      },
    };
  }

  pass(ms: number): void {
    this.#now += ms;
    const due = this.#waiting.filter((one) => one.due <= this.#now);
    this.#waiting = this.#waiting.filter((one) => one.due > this.#now);
    for (const { run } of due) run();
  }
}

export interface AppOptions {
  readonly keyring?: DoubleKeyring;
  readonly second?: boolean;
  readonly locale?: string;
  readonly argv?: readonly string[];
  readonly port?: number;
  readonly platform?: NodeJS.Platform;
}

/** One app under test. */
export interface RunningApp {
  readonly app: DesktopApp;
  readonly electron: ElectronDouble;
  readonly timers: HandTimers;
  readonly log: string[];
  readonly context: BrowserContext;
  /** The page in the window. */
  page(): Promise<Page>;
  /** Resolves when the log has a line; asks the log at every line, never the clock. */
  logged(line: string, times?: number): Promise<void>;
}

/** A machine with one home: apps that are started one after the other find what the last one left. */
export class DesktopRig {
  readonly #browser: Browser;
  readonly #pages: string;
  readonly #shell: string;
  readonly #preload: string;
  readonly #running = new Set<DesktopApp>();
  readonly userData: string;
  readonly home: string;

  private constructor(browser: Browser, pages: string, shell: string, preload: string, home: string) {
    this.#browser = browser;
    this.#pages = pages;
    this.#shell = shell;
    this.#preload = preload;
    this.home = home;
    this.userData = join(home, 'app');
  }

  static async open(): Promise<DesktopRig> {
    const shell = await mkdtemp(join(tmpdir(), 'sepsms-shell-'));
    const home = await mkdtemp(join(tmpdir(), 'sepsms-home-'));
    const [browser, pages] = await Promise.all([launchBrowser(), builtPages(), buildShellPages(shell)]);
    return new DesktopRig(browser, pages, shell, await readFile(join(shell, 'preload.cjs'), 'utf8'), home);
  }

  async start(options: AppOptions = {}): Promise<RunningApp> {
    const { argv = [], port = 0, platform = 'linux', ...given } = options;
    const context = await this.#browser.newContext({ viewport: { width: 1000, height: 700 }, locale: 'en-GB' });
    context.setDefaultTimeout(patience);
    const preload = this.#preload;
    const electron = new ElectronDouble({ context, preload, userData: this.userData, home: this.home, ...given });
    const timers = new HandTimers();
    const { log, logged, write } = lines();
    const app = new DesktopApp({
      electron: electron.module,
      timers,
      log: (event, fields = {}) => write([event, ...Object.values(fields).map(String)].join(' ')),
      files: {
        serverProcess: fileURLToPath(new URL('../../electron/server-process.ts', import.meta.url)),
        preload: join(this.#shell, 'preload.cjs'),
        pages: this.#pages,
        faultPage: join(this.#shell, 'fault', 'fault.html'),
        icons: this.#shell,
      },
      platform,
      env: { SEPSMS_BOX_PORT: String(port) },
      argv,
    });
    this.#running.add(app);
    await app.run();
    return { app, electron, timers, log, logged, context, page: () => electron.window.webContents.page };
  }

  async close(): Promise<void> {
    for (const app of this.#running) await app.quit();
    await this.#browser.close();
    for (const dir of [this.home, this.#shell]) await rm(dir, { recursive: true, force: true });
  }
}

/** A log that can be waited on. */
function lines() {
  const log: string[] = [];
  let waiting: (() => void)[] = [];
  const count = (line: string) => log.filter((one) => one === line).length;
  return {
    log,
    write: (line: string) => {
      log.push(line);
      for (const look of waiting) look();
    },
    logged: (line: string, times = 1) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (count(line) < times) return;
          waiting = waiting.filter((one) => one !== look);
          resolve();
        };
        waiting.push(look);
        look();
      }),
  };
}
