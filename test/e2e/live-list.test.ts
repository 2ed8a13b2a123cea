import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoOf, sendMessage, signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
beforeAll(async () => {
  bench = await UiBench.open();
}, 120_000);
afterAll(() => bench.close(), 60_000);

describe('the live list', { timeout: 60_000 }, () => {
  it('announces new messages to a reader further down, and shows them on a press', async () => {
    const box = await bench.box({ demo: true });
    for (let index = 1; index <= 20; index += 1) await sendMessage(box, `Earlier message ${index}`, ['0812345678']);
    const page = await bench.page(box.address.url, { viewport: { width: 1024, height: 500 } });
    await signIn(page, box);
    const last = page.getByRole('link', { name: 'Earlier message 1', exact: true });
    await last.scrollIntoViewIfNeeded();
    const before = await last.boundingBox();
    await sendMessage(box, 'News one', ['0812345678']);
    await sendMessage(box, 'News two', ['0812345678']);
    const news = page.getByRole('button', { name: '2 new' });
    await news.waitFor();
    expect(await page.getByRole('link', { name: 'News one' }).count()).toBe(0);
    expect(await last.boundingBox()).toEqual(before);
    await news.click();
    await page.getByRole('link', { name: 'News two' }).waitFor();
    const order = await page.getByRole('link', { name: /^News/u }).allTextContents();
    expect(order).toEqual(['News two', 'News one']);
    await news.waitFor({ state: 'detached' });
  });

  it('says when the box is away and catches up when it is back', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'sepsms-box-ui-'));
    const first = await bench.boxAt(dataDir, 0, { demo: true });
    const page = await bench.page(first.address.url);
    await signIn(page, first);
    await sendMessage(first, 'Before the break', ['0812345678']);
    await page.getByRole('row').filter({ hasText: 'Before the break' }).getByText('Delivered').waitFor();
    await first.stop();
    await page.getByText('The box does not answer.').waitFor();
    const second = await bench.boxAt(dataDir, first.address.port, { demo: false });
    // Some come before the page has noticed that the box is back, others after.
    const texts = ['First after the break', 'Second after the break', 'Third after the break'];
    for (const text of texts) await sendMessage(second, text, ['0812345678'], demoOf(first).apiKey);
    await page.getByText('The box does not answer.').waitFor({ state: 'detached' });
    await sendMessage(second, 'Last after the break', ['0812345678'], demoOf(first).apiKey);
    for (const text of [...texts, 'Last after the break']) {
      await page.getByRole('row').filter({ hasText: text }).getByText('Delivered').waitFor();
    }
    expect(await page.getByRole('link', { name: /the break$/u }).allTextContents()).toEqual([
      'Last after the break',
      ...texts.toReversed(),
      'Before the break',
    ]);
    await second.stop();
    await rm(dataDir, { recursive: true, force: true });
  });
});
