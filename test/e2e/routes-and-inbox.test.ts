import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { FarEnd } from '../fakes/far-end.ts';
import { AdminSession } from './furnish.ts';
import { sendMessage, signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;
let admin: AdminSession;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  admin = await AdminSession.open(box);
  await admin.call('POST', '/carriers', { kind: 'simulator', name: 'SIM 2' });
  page = await bench.page(box.address.url);
  await signIn(page, box, 'Dashboard');
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
const link = (name: string): Locator => page.getByRole('link', { name, exact: true });
const panel = (): Locator => page.getByRole('complementary');
const rows = (label: string): Locator => page.getByRole('list', { name: label, exact: true }).getByRole('listitem');
const dialog = (name: string): Locator => page.getByRole('dialog', { name });

describe('the routes page', { timeout: 60_000 }, () => {
  it('takes a new route, and says it as a sentence', async () => {
    await link('Routes').click();
    await page.getByRole('heading', { name: 'No route yet' }).waitFor();
    await link('New route').first().click();
    await panel().getByLabel('Name').fill('Codes');
    await panel().getByLabel('Kind of message').selectOption({ label: 'One-time codes' });
    await panel().getByLabel('Numbers that begin with').fill('081, +886');
    await button('New route').click();
    await panel().getByText('Choose at least one carrier').waitFor();
    const add = panel().getByRole('combobox', { name: 'Add a carrier…' });
    await add.selectOption({ label: 'Simulated modem' });
    await add.selectOption({ label: 'SIM 2' });
    await button('Move SIM 2 up').click();
    await button('New route').click();
    await rows('Routes').getByText('One-time codes to +6681, +886 → SIM 2, then Simulated modem').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('warns of a route that nothing reaches, until it is moved by its button', async () => {
    await link('New route').click();
    await panel().getByLabel('Name').fill('All');
    await panel().getByRole('combobox', { name: 'Add a carrier…' }).selectOption({ label: 'Simulated modem' });
    await button('New route').click();
    await rows('Routes').getByText('All messages → Simulated modem').waitFor();
    await button('Move All up').click();
    await rows('Routes').nth(1).getByText('Never reached').waitFor();
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('Move All down');
    await rows('Routes').getByTitle('Drag to another place').nth(1).dragTo(rows('Routes').first());
    await page.getByText('Never reached').waitFor({ state: 'detached' });
    expect(await rows('Routes').first().textContent()).toContain('Codes');
    expect(bench.complaints).toEqual([]);
  });

  it('tells which way a message would go, and why not by another', async () => {
    await link('Try a message').click();
    await panel().getByLabel('To the number').fill('081 234 5678');
    await button('Which way?').click();
    await panel().getByText('It is about other messages').waitFor();
    await panel().getByText('By the route All').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('says who takes the messages of a route before it removes it', async () => {
    await rows('Routes').first().getByRole('link').click();
    await button('Remove route').click();
    await dialog('Remove Codes?').getByText('All · All messages').waitFor();
    await dialog('Remove Codes?').getByRole('button', { name: 'Remove route' }).click();
    await expect.poll(() => rows('Routes').count()).toBe(1);
    expect(bench.complaints).toEqual([]);
  });
});

describe('the inbox', { timeout: 60_000 }, () => {
  it('shows what comes in, answers it, and blocks who wrote it until that is taken back', async () => {
    const around = {
      url: box.address.url,
      admin: async (method: string, path: string, body: unknown) => ({
        body: (await admin.call(method, path, body)) as Readonly<Record<string, unknown>>,
      }),
    };
    const far = await FarEnd.of(around, systemClock);
    await link('Inbox').click();
    expect(await far.text('66898765432', 'Are you open?')).toBe(200);
    await page.getByText('1 unread').waitFor();
    await page.getByRole('row').filter({ hasText: 'Are you open?' }).getByRole('link').click();
    await page.getByText('1 unread').waitFor({ state: 'detached' });
    await panel().getByRole('textbox', { name: 'Answer' }).fill('Until six.');
    await button('Send answer').click();
    await page.getByText('Your answer is on its way').waitFor();
    await button('Block sender').click();
    await dialog('Block +66 89 876 5432?').getByRole('button', { name: 'Block sender' }).click();
    await panel().getByText('This number is on the blocklist of Main').waitFor();
    expect(await button('Send answer').count()).toBe(0);
    await button('Unblock').click();
    await button('Send answer').waitFor();
    expect(bench.complaints).toEqual([]);
  });
});

describe('the keyword rules', { timeout: 60_000 }, () => {
  it('take a new rule, with the answer as a phone shows it', async () => {
    await link('Inbox').click();
    await link('Keyword rules').click();
    await page.getByRole('listitem').filter({ hasText: 'puts the number on the blocklist' }).waitFor();
    await link('New rule').first().click();
    await panel().getByLabel('Name').fill('Prices');
    await panel().getByLabel('The text', { exact: true }).selectOption({ label: 'has a keyword in it' });
    await panel().getByLabel('Keywords', { exact: true }).fill('price, ราคา');
    await button('New rule').click();
    await panel().getByText('Say what is to be done').waitFor();
    await panel().getByLabel('Answer', { exact: true }).fill('You asked for {text}');
    await panel().getByText('You asked for price', { exact: true }).waitFor();
    await button('New rule').click();
    await rows('Keyword rules').getByText('answers “You asked for {text}”').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('tell what would happen with a text, and change order and state', async () => {
    await link('Try a text').click();
    await panel().getByLabel('From', { exact: true }).fill('081 234 5678');
    await panel().getByLabel('Text', { exact: true }).fill('What is the price?');
    await button('What happens?').click();
    await panel().getByText('You asked for What is the price?').waitFor();
    await panel().getByText('Would be sent').waitFor();
    await rows('Keyword rules').first().getByRole('link').click();
    await panel().getByLabel('Switched on').uncheck({ force: true });
    await button('Save').click();
    await rows('Keyword rules').getByText('Off', { exact: true }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});

describe('the messages page', { timeout: 60_000 }, () => {
  it('writes what its filters show to a file, with a line for each number', async () => {
    await sendMessage(box, 'To two', ['0812345678', '0898765432']);
    await link('Messages').click();
    await page.getByRole('searchbox', { name: 'Number, uuid or reference' }).fill('081 234 5678');
    await page.keyboard.press('Enter');
    await page.getByRole('row').filter({ hasText: 'Until six.' }).waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'To two' }).waitFor();
    await button('Export').click();
    await dialog('Export messages').getByLabel('each number, with what became of it').check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog('Export messages').getByRole('button', { name: 'Begin' }).click(),
    ]);
    await dialog('Export messages').getByText('1 line is written.').waitFor();
    expect(download.suggestedFilename()).toMatch(/^recipients-.*\.csv$/u);
    const file = readFileSync(await download.path(), 'utf8');
    expect(file).toContain('"66812345678"');
    expect(file.trimEnd().split('\r\n')).toHaveLength(2);
    expect(bench.complaints).toEqual([]);
  });
});
