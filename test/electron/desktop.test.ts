import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DesktopRig, type RunningApp } from './desktop-rig.ts';

let rig: DesktopRig;
let desk: RunningApp;

beforeAll(async () => {
  rig = await DesktopRig.open();
  desk = await rig.start();
}, 120_000);
afterAll(() => rig.close(), 60_000);

const password = 'rice and curry at noon';

describe('the first start', { timeout: 60_000 }, () => {
  it('opens a window that is closed to everything but the box', () => {
    expect(desk.electron.window.options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(desk.electron.window.visible).toBe(true);
  });

  it('leads to the set-up, which has the code already', async () => {
    const page = await desk.page();
    await page.getByLabel('Set-up code').waitFor();
    expect(await page.getByLabel('Set-up code').inputValue()).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/u);
    await page.getByLabel('Your name').fill('somchai');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.locator('#page-title').waitFor();
    expect(page.url()).not.toContain('setup=');
  });

  it('seals the key by the keyring: nothing in the folder opens the secrets', async () => {
    const box = join(rig.userData, 'box');
    expect(existsSync(join(box, 'master.key'))).toBe(false);
    const sealed = join(box, 'master.key.sealed');
    expect(await readFile(sealed, 'utf8')).toMatch(/^sealed /u);
    expect((await stat(sealed)).mode & 0o077).toBe(0);
  });
});

describe('while it runs', { timeout: 60_000 }, () => {
  it('closing the window leaves the box running, and says so once', async () => {
    desk.electron.window.close();
    desk.electron.window.close();
    expect(desk.electron.window.visible).toBe(false);
    expect(desk.electron.window.closed).toBe(false);
    expect(desk.electron.notices.map(({ title }) => title)).toEqual(['SEPSMS Box']);
    const page = await desk.page();
    expect((await fetch(new URL('/readyz', page.url()))).status).toBe(200);
    desk.electron.tray?.emit('click');
    expect(desk.electron.window.visible).toBe(true);
  });

  it('a second start brings the first to the front, and starts nothing', async () => {
    desk.electron.window.hide();
    desk.electron.app.emit('second-instance');
    expect(desk.electron.window.visible).toBe(true);
    const second = await rig.start({ second: true });
    expect(second.electron.app.quits).toBe(1);
    expect(second.electron.utilityProcess.all).toEqual([]);
    expect(second.electron.windows).toEqual([]);
  });

  it('the icon says how the box is; with a carrier the machine stays awake, and sending can be paused', async () => {
    const page = await desk.page();
    await desk.electron.trayReads('No carrier is connected');
    await page.evaluate(async () => {
      const headers = { 'content-type': 'application/json', 'x-requested-with': 'sepsms-box' };
      await fetch('/api/admin/carriers', { method: 'POST', headers, body: '{"kind":"simulator"}' });
    });
    await desk.electron.trayReads('All is well');
    expect(desk.electron.awake.size).toBe(1);
    desk.electron.press('Pause sending');
    await desk.electron.trayReads('Sending is paused');
    desk.electron.press('Resume sending');
    await desk.electron.trayReads('All is well');
  });

  it('after sleep the carriers are connected anew', async () => {
    desk.electron.powerMonitor.emit('resume');
    const { told } = desk.electron.utilityProcess.last;
    expect(told).not.toContainEqual({ type: 'wakeUp' });
    desk.timers.pass(5_000);
    expect(told.at(-1)).toEqual({ type: 'wakeUp' });
  });

  it('starts at sign-in when that is wished', async () => {
    const file = join(rig.home, '.config', 'autostart', 'sepsms-box.desktop');
    desk.electron.press('Start when I sign in');
    expect(await readFile(file, 'utf8')).toContain('Exec="/opt/SEPSMS Box/sepsms-box" --hidden\n');
    desk.electron.press('Start when I sign in');
    expect(existsSync(file)).toBe(false);
  });

  it('a server that dies is started again after a rest, and the window goes on where it was', async () => {
    const page = await desk.page();
    const before = page.url();
    process.kill(desk.electron.utilityProcess.last.pid ?? 0, 'SIGKILL');
    await desk.logged('host.state resting');
    expect(desk.electron.trayTip).toContain('The box does not run');
    await page.getByRole('alert').or(page.getByRole('status')).first().waitFor();
    expect(desk.electron.utilityProcess.all).toHaveLength(1);
    desk.timers.pass(1_000);
    await desk.logged('host.state running', 2);
    expect(desk.electron.utilityProcess.all).toHaveLength(2);
    expect(new URL(page.url()).pathname).toBe(new URL(before).pathname);
  });

  it('quitting stops the server in peace, and only then ends the app', async () => {
    let asked = 0;
    desk.electron.app.on('before-quit', () => {
      asked += 1;
    });
    desk.electron.app.quit();
    expect(desk.electron.app.quits).toBe(0);
    await desk.logged('host.state stopped');
    await desk.logged('server.ended 0 stopping');
    expect([asked, desk.electron.app.quits]).toEqual([2, 1]);
    expect(desk.electron.awake.size).toBe(0);
    expect(existsSync(join(rig.userData, 'box', 'box.json'))).toBe(false);
  });
});

describe('the next start', { timeout: 60_000 }, () => {
  it('signs the window in by a way that is gone from the address', async () => {
    desk = await rig.start();
    const page = await desk.page();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(page.url()).not.toContain('ticket');
    const who = await page.evaluate(async () => (await (await fetch('/api/admin/session')).json()) as unknown);
    expect(who).toMatchObject({ user: 'somchai', role: 'admin' });
    await desk.app.quit();
  });

  it('by the system at sign-in shows no window', async () => {
    desk = await rig.start({ argv: ['app', '--hidden'] });
    await desk.logged('host.state running');
    expect(desk.electron.windows).toEqual([]);
    await desk.app.quit();
  });

  it('says in words what is in the way, and tries again when asked', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => {
      other.listen(0, '127.0.0.1', resolve);
    });
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    desk = await rig.start({ port });
    await desk.logged('host.state failed');
    const page = await desk.page();
    await page.getByRole('heading', { name: 'The box does not run' }).waitFor();
    await page.getByText(String(port)).waitFor();
    expect(desk.electron.utilityProcess.all).toHaveLength(1);
    await new Promise((resolve) => {
      other.close(resolve);
    });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    await desk.app.quit();
  });

  it('in Thai speaks Thai', async () => {
    desk = await rig.start({ locale: 'th' });
    await desk.logged('host.state running');
    expect(desk.electron.trayMenu.map(({ label }) => label)).toContain('เปิด SEPSMS Box');
    await desk.app.quit();
  });

  it('makes no new key where the old one cannot be had: it would open nothing', async () => {
    desk = await rig.start();
    desk.electron.keyring.lose();
    await desk.app.quit();
    const lost = await rig.start({ keyring: desk.electron.keyring });
    await lost.logged('host.state failed');
    expect(lost.electron.utilityProcess.all).toEqual([]);
    await (await lost.page()).getByText('cannot be read from the system’s keyring').waitFor();
    await lost.app.quit();
  });
});
