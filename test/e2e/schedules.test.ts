import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { AdminSession } from './furnish.ts';
import { signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  const admin = await AdminSession.open(box);
  await admin.call('POST', '/groups', { name: 'Regulars' });
  await admin.call('POST', '/contacts', { msisdn: '0812345601', name: 'Ann', groups: [1] });
  await admin.call('POST', '/templates', { name: 'Menu', text: 'Today: {name}, noodles' });
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name });
const next = () => page.getByRole('region', { name: 'Next times' }).getByRole('listitem');

describe('what is sent again and again', { timeout: 60_000 }, () => {
  it('is made in plain words, with its next times as they are chosen', async () => {
    await page.goto(`${box.address.url}/schedules`);
    await page.getByRole('main').getByRole('link', { name: 'New schedule' }).first().click();
    await page.getByLabel('Name', { exact: true }).fill('Menu of the day');
    await next().filter({ hasText: '09:00' }).nth(4).waitFor();
    await page.getByLabel('How often').selectOption('On days of the week');
    for (const day of ['Monday', 'Tuesday', 'Thursday', 'Friday']) await page.getByLabel(day).uncheck();
    await page.getByLabel('Time', { exact: true }).fill('10:45');
    await next()
      .filter({ hasText: /Wed.*10:45/u })
      .nth(4)
      .waitFor();
    await page.getByLabel('Groups', { exact: true }).selectOption('Regulars (1)');
    await page.getByLabel('Template', { exact: true }).selectOption('Menu');
    await page.getByRole('region', { name: 'Preview' }).getByText('Today: Ann, noodles').waitFor();
    await button('Create schedule').click();
    await page.getByRole('heading', { name: 'Menu of the day' }).waitFor();
    await page.getByText('Wed at 10:45').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('is sent now besides its times, which is told with its outcome', async () => {
    await button('Send now').click();
    await dialog('Send Menu of the day now?').getByText('It goes to 1 number.').waitFor();
    await dialog('Send Menu of the day now?').getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
    await page.getByRole('link', { name: /^Schedule \d/u }).click();
    const runs = page.getByRole('list', { name: 'What became of its times' });
    await runs.getByText('By hand').waitFor();
    await runs.getByRole('link', { name: 'Campaign' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('is changed and paused', async () => {
    await page.getByRole('link', { name: 'Change', exact: true }).click();
    await page.getByLabel('How often').selectOption('Cron expression');
    await page.getByLabel('Cron expression', { exact: true }).fill('61 9 * * *');
    await page.getByRole('region', { name: 'Next times' }).getByRole('alert').waitFor();
    await page.getByLabel('Cron expression', { exact: true }).fill('0 7 * * *');
    await next().filter({ hasText: '07:00' }).nth(4).waitFor();
    await button('Save').click();
    await page.getByText('Every day at 07:00').waitFor();
    await button('Pause').click();
    await page.getByText('Its times pass until it is resumed.').first().waitFor();
    await button('Resume').click();
    await page.getByText('Every day at 07:00').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('stands in the calendar, which is walked by keyboard', async () => {
    await page.getByRole('link', { name: 'Schedules', exact: true }).last().click();
    await page.getByRole('link', { name: 'Calendar', exact: true }).click();
    const grid = page.getByRole('table', { name: 'Calendar' });
    const days = grid.getByRole('button', { name: /, 1 time$/u });
    await days.first().waitFor();
    const today = grid.getByRole('button', { pressed: true });
    await today.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    const reached = new URL(page.url()).searchParams.get('day');
    const wanted = new Date();
    wanted.setDate(wanted.getDate() + 8);
    expect(Number(reached?.slice(8))).toBe(wanted.getDate());
    await page.getByRole('main').getByRole('link', { name: 'Menu of the day' }).first().waitFor();
    await page.setViewportSize({ width: 390, height: 800 });
    await grid.waitFor({ state: 'hidden' });
    await page.getByRole('main').getByRole('link', { name: 'Menu of the day' }).first().click();
    await page.setViewportSize({ width: 1280, height: 800 });
    await button('Remove').click();
    await dialog('Remove Menu of the day?').getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'Schedule your first text' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
