import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { buildBox } from '../../server/app.ts';
import type { ModemMachine } from '../../server/carriers/modem/discovery/machine.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import type { RunningServer } from '../../server/index.ts';
import { launchBrowser } from './browser.ts';
import { builtPages } from './pages.ts';

/** Milliseconds that anything on a page may take on a busy machine. */
export const patience = 15_000;

export interface BoxOptions {
  readonly demo: boolean;
  /** What is plugged in; left out, it is what the machine of the test has. */
  readonly machine?: ModemMachine;
}

/** A built UI, a browser and boxes on free ports; everything that was begun is ended by `close`. */
export class UiBench {
  /** Where the built pages lie. */
  readonly pagesDir: string;
  readonly #browser: Browser;
  readonly #ends: (() => Promise<unknown>)[] = [];
  /** What browsers complained about: broken scripts and everything that the pages' policy refused. */
  readonly complaints: string[] = [];

  private constructor(pagesDir: string, browser: Browser) {
    this.pagesDir = pagesDir;
    this.#browser = browser;
  }

  static async open(): Promise<UiBench> {
    const [pagesDir, browser] = await Promise.all([builtPages(), launchBrowser()]);
    return new UiBench(pagesDir, browser);
  }

  /** A box with its own data; with `demo` it has a user, a key, credits and a simulated modem. */
  async box(options: BoxOptions): Promise<RunningServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'sepsms-box-ui-'));
    const box = await this.boxAt(dataDir, 0, options);
    this.#ends.push(() => rm(dataDir, { recursive: true, force: true }));
    return box;
  }

  async boxAt(dataDir: string, port: number, { demo, machine }: BoxOptions): Promise<RunningServer> {
    const options = { dataDir, host: '127.0.0.1', port, logLevel: 'error', uiDir: this.pagesDir, demo } as const;
    const box = await buildBox(options, {
      clock: systemClock,
      random: systemRandom,
      ...(machine === undefined ? {} : { machine }),
    });
    this.#ends.unshift(() => box.stop());
    return box;
  }

  async page(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width: 1280, height: 800 },
      locale: 'en-GB',
      reducedMotion: 'reduce',
      ...options,
    });
    context.setDefaultTimeout(patience);
    const page = await context.newPage();
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !isExpected(message.text())) this.complaints.push(message.text());
    });
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    for (const end of this.#ends) await end();
  }
}

/** Browsers report every answer that is an error, among them the one that leads to the sign-in. */
function isExpected(text: string): boolean {
  return text.startsWith('Failed to load resource');
}

/** What a demonstration box has made ready, or a failure that says so. */
export function demoOf(box: RunningServer): {
  readonly apiKey: string;
  readonly user: string;
  readonly password: string;
} {
  if (box.demo === null) throw new Error('The box is not a demonstration box');
  return box.demo;
}

/** Signs the page's browser in without the form, and opens a page. */
export async function signIn(
  page: Page,
  box: RunningServer,
  until: 'Dashboard' | 'Messages' = 'Messages',
): Promise<void> {
  await openSession(page, box, demoOf(box));
  await page.goto(`${box.address.url}/${until === 'Dashboard' ? '' : 'messages'}`);
  await page.getByRole('heading', { name: until, exact: true }).waitFor();
}

/** Gives the page's browser the session of a user; what is open in it does not know yet. */
export async function openSession(
  page: Page,
  box: RunningServer,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<void> {
  const answer = await page.request.post(`${box.address.url}/api/admin/session`, {
    headers: { 'x-requested-with': 'sepsms-box' },
    data: { user, password },
  });
  if (!answer.ok()) throw new Error(`The box let nobody in: ${await answer.text()}`);
}

/** Signs in by the form, as people do. */
export async function signInByForm(
  page: Page,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
}

/** Sends as a program does, through the public API. The key of a box that was restarted is that of its first run. */
export async function sendMessage(
  box: RunningServer,
  text: string,
  recipients: readonly string[],
  apiKey = demoOf(box).apiKey,
): Promise<string> {
  const response = await fetch(`${box.address.url}/api/v2/message/send`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': apiKey },
    body: JSON.stringify({ origin: 'SEPSMS', message: text, recipients }),
  });
  const body = await response.text();
  const uuid = /"uuid":"([0-9a-f-]{36})"/u.exec(body)?.[1];
  if (uuid === undefined) throw new Error(`The box refused the message: ${body}`);
  return uuid;
}
