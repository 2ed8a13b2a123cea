import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { AdminSession, furnish } from './furnish.ts';
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

describe('the page of backups', { timeout: 60_000 }, () => {
  it('makes one, with everything in it, and lets it be taken elsewhere', async () => {
    await menu('Backups');
    await page.getByRole('heading', { name: 'No backup yet' }).waitFor();
    await button('Back up now').first().click();
    const made = page.getByRole('row').filter({ hasText: 'By hand' });
    await made.getByRole('link').click();
    await page.getByText('Safe', { exact: true }).waitFor();
    await panel('Backup').getByText('2 accounts').waitFor();
    const file = await saved(() => panel('Backup').getByRole('link', { name: 'Download' }).click());
    expect(file.name).toMatch(/^box-\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.db$/u);
    expect(file.text.startsWith('SQLite format 3')).toBe(true);
    const command = await panel('Backup').getByRole('figure', { name: 'Command' }).innerText();
    expect(command).toContain(`/backups/${file.name} --data `);
  });

  it('plans them, says how one is put back, and removes one', async () => {
    await button('Schedule').click();
    const plan = dialog('Daily backup');
    await plan.getByLabel('Keep').fill('900');
    await plan.getByRole('button', { name: 'Save' }).click();
    await plan.getByText('A whole number from 1 to 365').waitFor();
    await plan.getByLabel('Keep').fill('7');
    await plan.getByLabel('Make a backup every day').click();
    await plan.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The schedule is paused.').waitFor();
    await button('How to restore').click();
    await dialog('How to restore').getByText('master.key').waitFor();
    await page.keyboard.press('Escape');
    await button('Remove').click();
    await dialog('Remove this backup?').getByText('It is the only one').waitFor();
    await dialog('Remove this backup?').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'No backup yet' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});

describe('the page of logs', { timeout: 60_000 }, () => {
  it('shows what the box notes as it comes, by part and text, and all of it as a file', async () => {
    await menu('Logs');
    const lines = page.getByRole('list', { name: 'Logs' }).getByRole('listitem');
    await lines.filter({ hasText: 'backup.removed' }).waitFor();
    await page.getByLabel('Part', { exact: true }).selectOption('audit');
    await lines.filter({ hasText: 'backup.removed' }).waitFor({ state: 'detached' });
    const before = await lines.count();
    await (await AdminSession.open(box)).call('POST', '/links', { hosts: ['new.example.com'] });
    await lines.nth(before).waitFor();
    await button('Pause').click();
    await page.getByText('Paused', { exact: true }).waitFor();
    await page.getByLabel('Text in the line').fill('no such words');
    await page.getByText('No line fits').waitFor();
    expect(new URL(page.url()).search).toBe('?part=audit&text=no+such+words');
    const file = await saved(() => page.getByRole('link', { name: 'Download' }).click());
    expect(file.name).toBe('sepsms-box.log');
    expect(file.text).toContain('"msg":"backup.made"');
    expect(bench.complaints).toEqual([]);
  });
});
