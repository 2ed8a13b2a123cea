import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { furnish } from './furnish.ts';
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

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name });
const row = (text: string) => page.getByRole('row').filter({ hasText: text });
const panel = (name: string) => page.getByRole('complementary', { name, exact: true });
const menu = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true }).click();

/** Text of the file that an act of the reader saves. */
async function saved(act: () => Promise<void>): Promise<{ readonly name: string; readonly text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
}

describe('the audit page', { timeout: 60_000 }, () => {
  it('tells who did what, with what, and that the log is whole', async () => {
    await menu('Audit');
    await page.getByText('Verified up to row').waitFor();
    await page.getByLabel('What', { exact: true }).selectOption('Created a user');
    await row('Signed in').first().waitFor({ state: 'detached' });
    await row('Created a user').getByRole('link').click();
    await panel('Audit row').getByText('viola', { exact: true }).waitFor();
    await panel('Audit row').getByText('hidden', { exact: true }).waitFor();
    expect(new URL(page.url()).search).toBe('?operation=userCreate');
    const file = await saved(() => page.getByRole('link', { name: 'Export' }).click());
    expect(file.name).toBe('audit.csv');
    expect(file.text.split('\r\n').filter((line) => line.includes('"userCreate"'))).toHaveLength(1);
    expect(file.text).not.toContain('senderRequest');
  });

  it('holds the log against a seal that was noted', async () => {
    await button('What this means').click();
    const about = dialog('How the audit log protects itself');
    await about.getByLabel('Row that was noted').fill('1');
    await about.getByLabel('Seal that was noted').fill('0'.repeat(16));
    await about.getByRole('button', { name: 'Compare with a note' }).click();
    await about.getByText('The log was written anew at or before row 1').waitFor();
    await page.keyboard.press('Escape');
    await button('Verify now').click();
    await page.getByText('Whole', { exact: true }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
