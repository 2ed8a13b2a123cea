import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { sendMessage, signIn, UiBench } from './ui-bench.ts';

const text = 'A rather long message with-an-unbreakable-word-that-goes-on-and-on-and-on-and-on-and-on';
const titles = { en: 'Messages', th: 'ข้อความ', 'zh-Hant': '訊息' } as const;

let bench: UiBench;
let box: RunningServer;
let page: Page;
let context: BrowserContext;
let uuid: string;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  uuid = await sendMessage(box, text, ['0812345678', '0898765432']);
  page = await bench.page(box.address.url);
  context = page.context();
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

/** Parts of the page that stick out at the side, by what they are. */
async function stickingOut(): Promise<string[]> {
  return await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1)
      .map((element) => `${element.tagName} ${element.textContent.slice(0, 40)}`),
  );
}

describe('the pages fit', { timeout: 60_000 }, () => {
  it.each([
    [390, 'en'],
    [390, 'th'],
    [390, 'zh-Hant'],
    [1024, 'en'],
    [1024, 'th'],
    [1440, 'zh-Hant'],
  ] as const)('%i pixels in %s, list and panel', async (width, language) => {
    await page.setViewportSize({ width, height: 800 });
    await page.evaluate((kept) => localStorage.setItem('sepsms-language', kept), language);
    await page.goto(`${box.address.url}/messages`);
    await page.getByRole('heading', { name: titles[language] }).waitFor();
    await page.getByRole('link', { name: text }).waitFor();
    expect(await stickingOut()).toEqual([]);
    await page.goto(`${box.address.url}/messages/${uuid}`);
    await page.getByText('+66 89 876 5432').waitFor();
    expect(await stickingOut()).toEqual([]);
  });

  it('390 pixels with the navigation open, and closes it by Escape', async () => {
    await context.addInitScript(() => localStorage.setItem('sepsms-language', 'en'));
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${box.address.url}/messages`);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Messages' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(bench.complaints).toEqual([]);
  });
});
