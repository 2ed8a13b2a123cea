import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { darkRules, findings, phoneRules } from './axe.ts';
import { everyAddress, goWithin, resize } from './every-page.ts';
import { furnish } from './furnish.ts';
import { signIn, UiBench } from './ui-bench.ts';

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 800 };

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  await furnish(box);
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const turn = (of: Page, scheme: 'light' | 'dark') =>
  of.evaluate((name) => document.documentElement.setAttribute('data-mantine-color-scheme', name), scheme);

/** What is found in the page as it stands, in both themes and widths; its frame is the same on every page. */
async function everything(of: Page, where: 'all' | 'page'): Promise<Record<string, string[]>> {
  const light = await findings(of, [], where);
  await turn(of, 'dark');
  const dark = await findings(of, darkRules, where);
  await turn(of, 'light');
  await resize(of, phone.width);
  const onPhone = await findings(of, [], where);
  await turn(of, 'dark');
  const onPhoneInDark = await findings(of, [], where);
  await turn(of, 'light');
  await of.setViewportSize(desktop);
  return { light, dark, onPhone, onPhoneInDark };
}

const nothing = { light: [], dark: [], onPhone: [], onPhoneInDark: [] };

describe('nobody is kept out, in light and dark, at a desk and on a phone', { timeout: 60_000 }, () => {
  it.each(everyAddress)('/%s', async (address) => {
    await goWithin(page, address);
    expect(await everything(page, address === '' ? 'all' : 'page')).toEqual(nothing);
  });

  it('nor at the sign-in', async () => {
    const stranger = await bench.page(box.address.url);
    await stranger.getByRole('heading', { name: 'Sign in to your box' }).waitFor();
    expect(await everything(stranger, 'all')).toEqual(nothing);
  });

  it('nor by the navigation of a phone', async () => {
    await page.setViewportSize(phone);
    await page.getByRole('button', { name: 'Open navigation' }).click();
    await page.getByRole('dialog').getByRole('link', { name: 'Messages' }).waitFor();
    expect(await findings(page, phoneRules)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('and what would keep somebody out is found', async () => {
    await page.evaluate(() => {
      const wrong = document.createElement('div');
      wrong.innerHTML = '<button></button><p class="pale">Hardly to be read</p>';
      const style = document.createElement('style');
      style.textContent = '.pale { color: rgb(128 128 128 / 30%) }';
      document.body.append(wrong, style);
    });
    const rules = (await findings(page, [...phoneRules, ...darkRules])).map((finding) => finding.split(':')[0]);
    expect(rules).toEqual(expect.arrayContaining(['button-name', 'color-contrast']));
  });
});
