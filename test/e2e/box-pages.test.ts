import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { furnish, markup } from './furnish.ts';
import { demoOf, signInByForm, UiBench } from './ui-bench.ts';

/** Kilobytes of compressed scripts that a reader fetches before the dashboard stands. */
const mostFirstLoad = 350;

let bench: UiBench;
let box: RunningServer;
let page: Page;
const scripts = new Set<string>();

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  await furnish(box);
  page = await bench.page('about:blank');
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('.js')) scripts.add(pathname);
  });
  await page.goto(box.address.url);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name });
const row = (text: string) => page.getByRole('row').filter({ hasText: text });
const go = (path: string) => page.goto(`${box.address.url}/${path}`);

describe('the pages of the box itself', { timeout: 60_000 }, () => {
  it('fetch few scripts before the dashboard stands', async () => {
    await signInByForm(page, demoOf(box));
    const sizes = [...scripts].map((path) => gzipSync(readFileSync(join(bench.pagesDir, path))).length);
    expect(scripts.size).toBeGreaterThan(2);
    expect(sizes.reduce((sum, size) => sum + size, 0) / 1024).toBeLessThan(mostFirstLoad);
    const all = readdirSync(join(bench.pagesDir, 'assets')).filter((name) => name.endsWith('.js'));
    expect(all.length).toBeGreaterThan(scripts.size + 10);
  });

  it('show markup in texts and names as the text that it is', async () => {
    for (const path of ['messages', 'keys', 'accounts', 'credits/orders']) {
      await go(path);
      await row(markup).first().waitFor();
    }
    await go('messages');
    await page.getByRole('link', { name: `Hello ${markup}` }).click();
    await page.getByRole('complementary').getByText(markup).waitFor();
    expect(await page.title()).toBe('SEPSMS Box');
    expect(bench.complaints).toEqual([]);
  });

  it('add credits, which the ledger then tells of, and complete an order', async () => {
    await go('credits?account=Main');
    await button('Add credits').click();
    await dialog('Add credits').getByLabel('Credits', { exact: true }).fill('1,500');
    await dialog('Add credits').getByLabel('Note').fill('Invoice 7');
    await dialog('Add credits').getByRole('button', { name: 'Add credits' }).click();
    await row('Invoice 7').getByText('+1,500').waitFor();
    await page.getByRole('link', { name: 'Orders', exact: true }).click();
    await button('Complete').click();
    await dialog('Complete order 1?').getByRole('button', { name: 'Complete' }).click();
    await row('Order 1').getByText('Completed').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('make an account, and change its terms', async () => {
    await go('accounts/-/new');
    await page.getByLabel('Name', { exact: true }).fill('Sales');
    await button('Create account').click();
    await page.getByLabel('Warn below').fill('50');
    await button('Save').click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await row('Sales').getByText('Active').waitFor();
    await button('Suspend').click();
    await dialog('Suspend Sales?').getByRole('button', { name: 'Suspend' }).click();
    await row('Sales').getByText('Suspended').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('ask before a form with changes is left, by a link and by the way back', async () => {
    await go('users');
    await page.getByRole('link', { name: 'New user' }).click();
    await page.getByLabel('Name', { exact: true }).fill('nobody yet');
    await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    await dialog('Leave without saving?').getByRole('button', { name: 'Stay' }).click();
    await page.goBack();
    await dialog('Leave without saving?').waitFor();
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('nobody yet');
    await button('Leave').click();
    await page.getByLabel('Name', { exact: true }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/users');
  });

  it('make a user, give another role and take the user away', async () => {
    await go('users/-/new');
    await page.getByLabel('Name', { exact: true }).fill('somchai');
    await page.getByLabel('First password', { exact: true }).fill('rice and curry');
    await button('Create user').click();
    await page.getByRole('complementary', { name: 'User', exact: true }).getByLabel('Administrator').check();
    await row('somchai').getByText('Administrator').waitFor();
    await button('Remove').click();
    await dialog('Remove somchai?').getByRole('button', { name: 'Remove' }).click();
    await row('somchai').waitFor({ state: 'detached' });
    expect(bench.complaints).toEqual([]);
  });

  it('change a setting, and put it back to what it usually is', async () => {
    await go('settings/sending');
    await page.getByLabel('Most parts').fill('many');
    await button('Save').click();
    await page.getByText('A whole number from 1 to 255').waitFor();
    await page.getByLabel('Most parts').fill('4');
    await button('Save').click();
    await button('use that').click();
    await button('use that').waitFor({ state: 'detached' });
    expect(await page.getByLabel('Most parts').inputValue()).toBe('10');
    expect(bench.complaints).toEqual([]);
  });

  it('change the own password, and go on', async () => {
    await go('profile');
    await page.getByLabel('Your password now').fill('not the password');
    await page.getByLabel('New password').fill('curry and rice at noon');
    await button('Change password').click();
    await page.getByRole('alert').getByText('The name or the password is wrong.').waitFor();
    await page.getByLabel('Your password now').fill(box.demo?.password ?? '');
    await button('Change password').click();
    await page.getByText('Your password is changed').waitFor();
    await page.getByText('This device').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('are found by the search: a page, a number, a message', async () => {
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search' }).fill('blockl');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Blocklist' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('089 876 5432');
    await page.keyboard.press('Enter');
    await row('To several').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    expect(new URL(page.url()).search).toContain('msisdn=');
  });

  it('show a viewer nothing that a viewer may not do', async () => {
    const viewer = await bench.page(box.address.url);
    await signInByForm(viewer, { user: 'viola', password: 'only looks at things' });
    const names = await viewer.getByRole('navigation').getByRole('link').allTextContents();
    expect(names).not.toContain('Compose');
    expect(names).not.toContain('Users');
    for (const path of ['keys', 'carriers', 'credits', 'blocklist', 'webhooks']) {
      await viewer.goto(`${box.address.url}/${path}`);
      await viewer
        .getByRole('table')
        .or(viewer.getByRole('heading', { level: 2 }))
        .first()
        .waitFor();
      expect([
        path,
        await viewer
          .getByRole('main')
          .getByRole('button', { name: /^(?:Add|New|Block|Order)/u })
          .count(),
      ]).toEqual([path, 0]);
    }
  });
});
