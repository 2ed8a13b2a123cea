import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser.close();
});

describe('the browser of the tests', () => {
  it('launches, runs scripts and lays out Thai, Chinese and Latin text', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 400 } });
    await page.setContent('<h1>ส่งข้อความ</h1><h2>簡訊</h2><p>Messages</p><script>document.title = 1 + 1</script>');
    expect(await page.title()).toBe('2');
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('ส่งข้อความ');
    const box = await page.getByRole('heading', { level: 1 }).boundingBox();
    expect(box?.height).toBeGreaterThan(20);
    const blank = await browser.newPage({ viewport: { width: 390, height: 400 } });
    const [drawn, empty] = [await page.screenshot(), await blank.screenshot()];
    expect(drawn.length).toBeGreaterThan(empty.length);
  });
});
