import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { furnish } from './furnish.ts';
import { tabTo, typeInto } from './keyboard.ts';
import { goWithin } from './every-page.ts';
import { signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  await furnish(box);
  page = await bench.page(box.address.url);
  await signIn(page, box, 'Dashboard');
}, 120_000);
afterAll(() => bench.close(), 60_000);

const path = () => new URL(page.url()).pathname;
const isFocused = (target: Locator) => target.evaluate((element) => element === document.activeElement);

describe('without a mouse', { timeout: 60_000 }, () => {
  it('the first Tab leads past the navigation, into the page', async () => {
    await page.keyboard.press('Tab');
    expect(await isFocused(page.getByRole('link', { name: 'Skip to content' }))).toBe(true);
    await page.keyboard.press('Enter');
    expect(await isFocused(page.getByRole('main'))).toBe(true);
  });

  it('a message is written and sent', async () => {
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    await page.keyboard.insertText('compose');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Compose', exact: true }).waitFor();
    await typeInto(page, page.getByLabel('To', { exact: true }), '081 234 5601, 081 234 5602');
    await typeInto(page, page.getByLabel('Text', { exact: true }), 'Ready to be fetched');
    await tabTo(page, page.getByRole('button', { name: 'Send to 2 numbers' }));
    await page.keyboard.press('Enter');
    await page.getByText('On its way to 2 numbers').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('the search goes by itself and gives the place back', async () => {
    await goWithin(page, 'messages');
    const row = page.getByRole('link', { name: 'Ready to be fetched' });
    await row.focus();
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Search' }).waitFor({ state: 'detached' });
    expect(await isFocused(row)).toBe(true);
  });

  it.each(['messages', 'keys', 'webhooks', 'carriers', 'accounts', 'users'])(
    'a row of %s opens by Enter, its panel closes by Escape, and the row has the focus again',
    async (list) => {
      await goWithin(page, list);
      const row = page.getByRole('main').locator('a[data-row]').first();
      await tabTo(page, row);
      await page.keyboard.press('Enter');
      await page.getByRole('complementary').last().getByRole('button').first().waitFor();
      expect(path()).not.toBe(`/${list}`);
      await page.keyboard.press('Escape');
      await page.waitForURL(`**/${list}`);
      await expect.poll(() => isFocused(row)).toBe(true);
      expect(bench.complaints).toEqual([]);
    },
  );
});
