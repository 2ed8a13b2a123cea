import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { demoOf, patience, sendMessage, signInByForm, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  page = await bench.page(box.address.url);
}, 120_000);
afterAll(() => bench.close(), 60_000);

/** The list's line that holds a text. */
function line(text: string) {
  return page.getByRole('row').filter({ hasText: text });
}

describe('the first page of the box', { timeout: 60_000 }, () => {
  it('lets nobody in with a wrong password, and says so', async () => {
    await page.getByLabel('Name', { exact: true }).fill('nobody');
    await page.getByLabel('Password', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toBe('The name or the password is wrong.');
  });

  it('teaches the first step while there is no message', async () => {
    await signInByForm(page, demoOf(box));
    await page.getByRole('navigation').getByRole('link', { name: 'Messages' }).click();
    await page.getByRole('heading', { name: 'Send your first message' }).waitFor();
    const command = page.getByRole('figure', { name: 'A command to send a message' });
    expect(await command.textContent()).toContain(`curl ${box.address.url}/api/v2/message/send`);
  });

  it('shows a message the moment it is sent and follows it until it is delivered', async () => {
    await sendMessage(box, 'สวัสดี Hello 您好', ['0812345678']);
    await line('สวัสดี Hello 您好').waitFor();
    await line('สวัสดี Hello 您好').getByText('Delivered').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
  });

  it('opens a message at its own address, with its facts and the timeline of its recipient', async () => {
    const uuid = await sendMessage(box, 'Your order is ready', ['0898765432']);
    await page.getByRole('link', { name: 'Your order is ready' }).click();
    expect(new URL(page.url()).pathname).toBe(`/messages/${uuid}`);
    const panel = page.getByRole('complementary', { name: 'Message', exact: true });
    await panel.getByText(uuid).waitFor();
    await panel.getByText('+66 89 876 5432').waitFor();
    const timeline = panel.getByRole('list', { name: 'What happened' });
    await timeline.getByText('Accepted', { exact: true }).waitFor();
    await timeline.getByText('Handed over', { exact: true }).waitFor();
    await timeline.getByText('Final', { exact: true }).waitFor();
    await panel.getByText('Delivered', { exact: true }).first().waitFor();
  });

  it('opens the same message from its address alone, and closes it with Escape', async () => {
    await page.reload();
    await page.getByRole('list', { name: 'What happened' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('list', { name: 'What happened' }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).pathname).toBe('/messages');
  });

  it('walks the list by keyboard', async () => {
    await page.getByRole('link', { name: 'Your order is ready' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const panel = page.getByRole('complementary', { name: 'Message', exact: true });
    await panel.getByText('สวัสดี Hello 您好').waitFor();
    expect(await page.locator('[aria-current="true"]').textContent()).toBe('สวัสดี Hello 您好');
    await page.keyboard.press('Escape');
  });

  it('speaks Thai and Chinese, and remembers it', async () => {
    await page.getByRole('button', { name: 'Language' }).click();
    await page.getByRole('menuitemradio', { name: 'ไทย' }).click();
    await page.getByRole('heading', { name: 'ข้อความ' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'ข้อความ' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('th');
    await page.getByRole('button', { name: 'ภาษา' }).click();
    await page.getByRole('menuitemradio', { name: '繁體中文' }).click();
    await page.getByRole('heading', { name: '訊息' }).waitFor();
    await page.getByRole('button', { name: '語言' }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
  });

  it('turns dark from the same tokens, and back', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('menuitemradio', { name: 'Dark' }).click();
    await expect.poll(ground, { timeout: patience }).not.toBe(light);
    await page.getByRole('button', { name: 'Appearance' }).click();
    await page.getByRole('menuitemradio', { name: 'Light' }).click();
    await expect.poll(ground, { timeout: patience }).toBe(light);
  });

  it('tells the health of the box in words', async () => {
    await page.getByRole('button', { name: 'Health of the box: All is well' }).click();
    const card = page.getByRole('dialog');
    await card.getByText('Nothing is waiting').waitFor();
    expect(await card.textContent()).toContain('Simulated modemReady');
    await page.keyboard.press('Escape');
  });

  it('signs out, and shows nothing to the next person', async () => {
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in to your box' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in to your box' }).waitFor();
    expect(await page.getByText('Your order is ready').count()).toBe(0);
  });

  it('has broken no script and nothing of its own policy', () => {
    expect(bench.complaints).toEqual([]);
  });
});
