import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { sendMessage, signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  await sendMessage(box, 'From a program', ['0812345678']);
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { name, exact: true });

describe('what an administrator does', { timeout: 60_000 }, () => {
  it.each([
    'Dashboard',
    'Compose',
    'Messages',
    'Sender names',
    'Blocklist',
    'Links',
    'API keys',
    'Webhooks',
    'Carriers',
  ])('the navigation leads to %s', async (name) => {
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await heading(name).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('writes a message, sees its parts, and sends it', async () => {
    await page.goto(`${box.address.url}/compose`);
    await page.getByLabel('To', { exact: true }).fill('0812345601, 0812345602');
    await page.getByLabel('Text', { exact: true }).fill('สวัสดีจากร้าน');
    await page.getByText('Unicode', { exact: true }).waitFor();
    await button('Send to 2 numbers').click();
    await page.getByText('On its way to 2 numbers').waitFor();
    await page.goto(`${box.address.url}/messages`);
    await page.getByRole('row').filter({ hasText: 'สวัสดีจากร้าน' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('makes an API key, which is shown once, and revokes it', async () => {
    await page.goto(`${box.address.url}/keys/new`);
    await page.getByLabel('Name', { exact: true }).fill('Till');
    await button('Create key').click();
    await page.getByText('This is the only time the key is shown. Copy it now.').waitFor();
    await page
      .getByText(/sk_sep_\w{20}/u)
      .first()
      .waitFor();
    await button('I have kept it').click();
    await page.getByRole('link', { name: 'Till' }).click();
    await button('Revoke').click();
    await page.getByRole('dialog', { name: 'Revoke Till?' }).getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('Till is revoked').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('blocks a number and unblocks it', async () => {
    await page.goto(`${box.address.url}/blocklist`);
    await button('Block numbers').first().click();
    await page.getByLabel('Numbers', { exact: true }).fill('0899999999');
    await button('Block 1 number').click();
    await page.getByText('1 number blocked').waitFor();
    await page.getByRole('row').filter({ hasText: '+66 89 999 9999' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
