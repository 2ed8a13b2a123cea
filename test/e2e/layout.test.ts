import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../renderer/i18n/translate.ts';
import type { RunningServer } from '../../server/index.ts';
import { everyAddress, goWithin, resize, settled } from './every-page.ts';
import { furnish, markup } from './furnish.ts';
import { cutOff, injected, stickingOut, unspoken } from './looks.ts';
import { sendMessage, signIn, UiBench } from './ui-bench.ts';

const long = 'A rather long message with-an-unbreakable-word-that-goes-on-and-on-and-on-and-on-and-on';

let bench: UiBench;
let box: RunningServer;
let page: Page;
let message: string;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  await furnish(box);
  message = await sendMessage(box, `${long} ${markup}`, ['0812345678', '0898765432']);
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

/** What is wrong with the page that is open, at each width. */
async function faults(widths: readonly number[]): Promise<string[]> {
  const found: string[] = [];
  for (const width of widths) {
    await resize(page, width);
    const here = [...(await stickingOut(page)), ...(await cutOff(page))];
    found.push(...here.map((fault) => `${width}: ${fault}`));
  }
  return found;
}

describe.each(languages)('every page in %s', { timeout: 60_000 }, (language) => {
  beforeAll(async () => {
    await page.evaluate((kept) => localStorage.setItem('sepsms-language', kept), language);
    await page.goto(`${box.address.url}/messages`);
    await settled(page);
  }, 60_000);

  it.each([...everyAddress, 'messages/{message}'])('/%s fits, speaks it, and shows markup as text', async (address) => {
    await goWithin(page, address.replace('{message}', message));
    expect(await faults(language === 'en' ? [390, 1024, 1440] : [390])).toEqual([]);
    expect(await unspoken(page, language)).toEqual([]);
    expect(await injected(page)).toEqual([]);
    expect(bench.complaints).toEqual([]);
  });
});

describe('what is looked for', () => {
  it('is found where it is wrong', async () => {
    await page.setViewportSize({ width: 1024, height: 800 });
    await page.evaluate(() => {
      const wrong = document.createElement('div');
      wrong.innerHTML = `<button class="cut">A name that is far too long for it</button>
        <select class="cut"><option>A choice that is far too long for it</option></select>
        <div class="scroll"><p class="wide">Sticks out</p></div>
        <div class="cut"><button class="wide">Behind the edge</button></div><p>nav.inbox</p><p>Sign in to your box</p>
        <time>3 min ago</time><img src="x">`;
      document.querySelector('main')?.append(wrong);
      const style = document.createElement('style');
      style.textContent =
        '.cut { width: 60px; overflow: hidden; white-space: nowrap; padding: 0 } ' +
        '.wide { width: 2000px } .scroll { overflow: auto }';
      document.head.append(style);
    });
    expect((await cutOff(page)).map((fault) => fault.slice(0, 14))).toEqual(['BUTTON "A name', 'SELECT "A choi']);
    const out = (await stickingOut(page)).join();
    expect(out).toContain('scroll scrolls to 2000');
    expect(out).toContain('BUTTON "Behind the edge" is cut off');
    expect(await unspoken(page, 'zh-Hant')).toEqual(
      expect.arrayContaining(['key nav.inbox', 'English Sign in to your box', 'time 3 min ago']),
    );
    expect(await injected(page)).toHaveLength(1);
  });
});

describe('on a phone', { timeout: 60_000 }, () => {
  it('the navigation opens, and closes by Escape', async () => {
    await page.evaluate(() => localStorage.setItem('sepsms-language', 'en'));
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${box.address.url}/messages`);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Messages' }).waitFor();
    expect(await stickingOut(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(bench.complaints).toEqual([]);
  });
});
