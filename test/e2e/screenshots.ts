/**
 * `npm run screenshots`: every page of a box that a shop has furnished, at three widths, in every language and both
 * themes, into `screenshots/`. `--only messages,keys` takes some addresses, `--width`, `--language`, `--theme` one of
 * each; `--readme` takes the one picture that README.md shows.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { languages } from '../../renderer/i18n/translate.ts';
import { everyAddress, goWithin, settled } from './every-page.ts';
import { openShop, owner, type ShopBox } from './shop-box.ts';
import { openSession, UiBench } from './ui-bench.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    width: { type: 'string' },
    language: { type: 'string' },
    theme: { type: 'string' },
    readme: { type: 'boolean', default: false },
  },
});
const house = join(import.meta.dirname, '..', '..');
const folder = join(house, 'screenshots');
const heights: Readonly<Record<number, number>> = { 390: 844, 1024: 768, 1440: 900 };
const chosen = <T extends string | number>(all: readonly T[], wanted: string | undefined) =>
  all.filter((one) => wanted === undefined || String(one) === wanted);

/** The panel of a message with the story of its first recipient. */
async function addressOfStory(page: Page, { box, message }: ShopBox): Promise<string> {
  const answer = await page.request.get(`${box.address.url}/api/admin/messages/${message}/recipients`);
  const txId = /"txId":"([^"]+)"/u.exec(await answer.text())?.[1] ?? '';
  return `messages/${message}/${txId}`;
}

async function signedIn(bench: UiBench, { box }: ShopBox, scheme: 'light' | 'dark', language: string): Promise<Page> {
  const page = await bench.page('about:blank', {
    colorScheme: scheme,
    timezoneId: 'Asia/Bangkok',
    viewport: { width: 1440, height: 900 },
  });
  await openSession(page, box, owner);
  await page.context().addInitScript((kept) => localStorage.setItem('sepsms-language', kept), language);
  await page.goto(box.address.url);
  await settled(page);
  return page;
}

async function take(page: Page, path: string, address: string): Promise<void> {
  await goWithin(page, address);
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path });
}

async function takeAll(bench: UiBench, shop: ShopBox): Promise<number> {
  let taken = 0;
  mkdirSync(folder, { recursive: true });
  for (const theme of chosen(['light', 'dark'] as const, values.theme)) {
    for (const language of chosen(languages, values.language)) {
      const page = await signedIn(bench, shop, theme, language);
      const wanted =
        values.only === undefined ? [...everyAddress, await addressOfStory(page, shop)] : values.only.split(',');
      for (const width of chosen([390, 1024, 1440], values.width)) {
        await page.setViewportSize({ width, height: heights[width] ?? 900 });
        for (const address of wanted) {
          const name = address.replace(shop.message, 'one').replaceAll(/[^\w-]+/gu, '_') || 'dashboard';
          await take(page, join(folder, `${name}-${width}-${language}-${theme}.png`), address);
          taken += 1;
        }
      }
      await page.context().close();
    }
  }
  return taken;
}

const bench = await UiBench.open();
const shop = await openShop(bench.pagesDir);
try {
  if (values.readme) {
    const page = await signedIn(bench, shop, 'light', 'en');
    await take(page, join(house, 'docs', 'first-page.png'), await addressOfStory(page, shop));
    process.stdout.write('docs/first-page.png\n');
  } else {
    process.stdout.write(`${await takeAll(bench, shop)} pictures in ${folder}\n`);
  }
  for (const complaint of bench.complaints) process.stdout.write(`The browser complains: ${complaint}\n`);
} finally {
  await bench.close();
  await shop.stop();
}
