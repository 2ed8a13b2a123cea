import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mayShow } from '../../electron/guards.ts';
import { DesktopRig, type RunningApp } from './desktop-rig.ts';
import { Preventable } from './double/windows.ts';

let rig: DesktopRig;
let desk: RunningApp;
let page: Page;
let origin: string;

beforeAll(async () => {
  rig = await DesktopRig.open();
  desk = await rig.start();
  page = await desk.page();
  await page.getByLabel('Set-up code').waitFor();
  ({ origin } = new URL(page.url()));
}, 120_000);
afterAll(() => rig.close(), 60_000);

describe('the window stays with the box', { timeout: 60_000 }, () => {
  it.each(['https://evil.example/', 'http://localhost:9/', 'http://127.0.0.1:9/', 'http://127.0.0.1.evil.example/'])(
    'when a page would go to %s',
    async (address) => {
      const refused = desk.log.filter((line) => line === 'navigation.refused').length;
      await page.evaluate((to) => location.assign(to), address);
      await desk.logged('navigation.refused', refused + 1);
      expect(new URL(page.url()).origin).toBe(origin);
    },
  );

  it.each(['file:///etc/passwd', 'javascript:document.title="x"', 'data:text/html,hello'])(
    'when a page would go to %s, which the browser itself or its policy refuses',
    async (address) => {
      await page.evaluate((to) => location.assign(to), address);
      await page.reload();
      expect(new URL(page.url()).origin).toBe(origin);
      expect(await page.title()).not.toBe('x');
    },
  );

  it('when its own server would send it elsewhere', () => {
    const away = new Preventable('https://evil.example/');
    desk.electron.window.webContents.emit('will-redirect', away);
    const home = new Preventable(`${origin}/messages`);
    desk.electron.window.webContents.emit('will-redirect', home);
    expect([away.defaultPrevented, home.defaultPrevented]).toEqual([true, false]);
  });

  it('when an address asks to go on elsewhere', async () => {
    await page.goto(`${origin}/?next=https://evil.example/&redirect=//evil.example`);
    await page.getByLabel('Set-up code').waitFor();
    expect(new URL(page.url()).origin).toBe(origin);
  });

  it('and holds no frame and no web view', () => {
    const frame = new Preventable('https://evil.example/', false);
    desk.electron.window.webContents.emit('will-frame-navigate', frame);
    const view = new Preventable();
    desk.electron.window.webContents.emit('will-attach-webview', view);
    expect([frame.defaultPrevented, view.defaultPrevented]).toEqual([true, true]);
  });
});

describe('links to the outside', { timeout: 60_000 }, () => {
  it.each(['https://sepsms.example/help', 'mailto:help@sepsms.example'])('%s opens in its own program', async (to) => {
    await page.evaluate((address) => window.open(address), to);
    await expect.poll(() => desk.electron.openedOutside).toContain(to);
    expect(desk.electron.windows).toHaveLength(1);
  });

  it('a page of the box itself, such as the API document, opens in the browser', async () => {
    await page.evaluate(() => window.open('/api/docs'));
    await expect.poll(() => desk.electron.openedOutside).toContain(`${origin}/api/docs`);
    expect(new URL(page.url()).pathname).not.toBe('/api/docs');
  });

  it.each(['http://evil.example/', 'file:///etc/passwd', 'javascript:alert(1)', 'ms-settings:', 'smb://evil/share'])(
    '%s is opened by nothing',
    async (to) => {
      const refused = desk.log.filter((line) => line === 'link.refused').length;
      const before = desk.electron.openedOutside.length;
      await page.evaluate((address) => window.open(address), to);
      await desk.logged('link.refused', refused + 1);
      expect(desk.electron.openedOutside).toHaveLength(before);
      expect(desk.electron.windows).toHaveLength(1);
    },
  );
});

describe('what a page may ask for', () => {
  const asked = (permission: string, requestingUrl: string) =>
    new Promise<boolean>((resolve) => {
      desk.electron.session.request?.(null, permission, resolve, { requestingUrl });
    });

  it.each(['media', 'geolocation', 'notifications', 'midi', 'usb', 'serial', 'openExternal', 'clipboard-read'])(
    'is not %s',
    async (permission) => {
      expect(await asked(permission, `${origin}/`)).toBe(false);
      expect(desk.electron.session.check?.(null, permission, origin)).toBe(false);
    },
  );

  it('is copying by a button, for the box alone', async () => {
    expect(await asked('clipboard-sanitized-write', `${origin}/keys`)).toBe(true);
    expect(await asked('clipboard-sanitized-write', 'https://evil.example/')).toBe(false);
    expect(desk.electron.session.device?.()).toBe(false);
  });

  it('is nothing of the app: only the page for faults has a way to it', async () => {
    expect(await page.evaluate(() => Reflect.has(window, 'faults'))).toBe(false);
    const call = (channel: string) =>
      desk.electron
        .invoke({ url: `${origin}/` }, { url: `${origin}/` }, channel, [])
        .catch((error: unknown) => String(error));
    expect(await call('fault:retry')).toContain('Not allowed');
    expect(await call('fault:describe')).toContain('Not allowed');
    expect(desk.electron.utilityProcess.all).toHaveLength(1);
  });
});

describe('an address is the box’s own', () => {
  const allowed = { origin: () => 'http://127.0.0.1:8580', faultPage: 'file:///app/fault/fault.html' };

  it.each([
    ['http://127.0.0.1:8580/', true],
    ['http://127.0.0.1:8580/messages?q=1#x', true],
    ['file:///app/fault/fault.html', true],
    ['http://127.0.0.1:8581/', false],
    ['https://127.0.0.1:8580/', false],
    ['http://localhost:8580/', false],
    ['http://127.0.0.1:8580@evil.example/', false],
    ['http://user@127.0.0.1:8580/', false],
    ['http://127.0.0.1:8580.evil.example/', false],
    ['file:///app/fault/fault.html?x', false],
    ['file:///app/fault/../fault/other.html', false],
    ['about:blank', false],
    ['', false],
    ['/messages', false],
  ])('%j: %s', (address, own) => {
    expect(mayShow(address, allowed)).toBe(own);
  });

  it('while no box runs there is only the page for faults', () => {
    expect(mayShow('http://127.0.0.1:8580/', { ...allowed, origin: () => null })).toBe(false);
  });
});
