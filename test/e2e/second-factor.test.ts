import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode, totpStep } from '../../server/platform/totp.ts';
import type { RunningServer } from '../../server/index.ts';
import { demoOf, signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;
let secret = '';
let recovery: readonly string[] = [];

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  page = await bench.page(box.address.url);
  await signIn(page, box, 'Dashboard');
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const code = () => page.getByLabel('Code', { exact: false });

/** What the app on the phone shows: that of the next step, for each is taken only once. */
const codeOf = (ahead: number) => totpCode(fromBase32(secret), totpStep(Date.now()) + ahead);

function fromBase32(text: string): Uint8Array {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = Array.from(text.replaceAll(/\s/gu, ''))
    .map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Uint8Array.from(bits.match(/.{8}/gu) ?? [], (byte) => Number.parseInt(byte, 2));
}

async function signOutAndIn(): Promise<void> {
  await button('Your account').click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  const { user, password } = demoOf(box);
  await page.getByLabel('Name', { exact: true }).fill(user);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await button('Sign in').click();
  await code().waitFor();
}

describe('the code of an app besides the password', { timeout: 60_000 }, () => {
  it('is turned on by a QR code, with codes for the day the phone is lost', async () => {
    await page.goto(`${box.address.url}/profile`);
    await button('Turn on').click();
    const dialog = page.getByRole('dialog', { name: 'Sign-in code' });
    await dialog.getByLabel('Your password now').fill(demoOf(box).password);
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    secret = (await dialog.getByRole('figure', { name: 'Secret for the app' }).locator('pre').textContent()) ?? '';
    await dialog.getByLabel('Code', { exact: false }).last().fill(codeOf(0));
    await dialog.getByRole('button', { name: 'Turn on' }).click();
    const kept = page.getByRole('figure', { name: 'Recovery codes' }).locator('pre');
    recovery = ((await kept.textContent()) ?? '').split('\n');
    expect(recovery.length).toBeGreaterThanOrEqual(8);
    await button('I have kept them').click();
    await button('New recovery codes').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('is asked for at the sign-in, and a wrong one is refused', async () => {
    await signOutAndIn();
    await code().fill('000000');
    await button('Sign in').click();
    await page.getByRole('alert').waitFor();
    await code().fill(codeOf(1));
    await button('Sign in').click();
    // Back at the page that was left.
    await button('New recovery codes').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('is replaced by a recovery code, once each', async () => {
    await signOutAndIn();
    await code().fill(recovery[0] ?? '');
    await button('Sign in').click();
    await page.getByText(`${recovery.length - 1} recovery codes are left.`).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
