import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { xlsx } from '../fakes/xlsx.ts';
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
  for (const [n, name] of ['Ann', 'Ben', 'Cat'].entries())
    await admin.call('POST', '/contacts', { msisdn: `081234560${n}`, name, groups: [1] });
  await admin.call('POST', '/blocklist', { numbers: ['0812345602'] });
  await admin.call('POST', '/templates', { name: 'Greeting', text: 'Good day {name}' });
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name });
const menu = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true });
const preview = () => page.getByRole('region', { name: 'Preview' });

describe('one text to many', { timeout: 60_000 }, () => {
  it('goes to a group, with the name of each, after a look at what it will be', async () => {
    await page.goto(`${box.address.url}/campaigns/new?group=1`);
    await page.getByRole('list', { name: 'Chosen groups' }).getByText('Regulars').waitFor();
    await page.getByLabel('Begin with a template').selectOption('Greeting');
    await preview().getByText('Good day Ann', { exact: true }).waitFor();
    await preview().getByText('1 number is on the blocklist and left out.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Hello all');
    await button('Review and send').click();
    await dialog('Send Hello all?').getByText('It goes to 2 numbers.').waitFor();
    await dialog('Send Hello all?').getByRole('button', { name: 'Send now' }).click();
    await page.getByRole('heading', { name: 'Hello all' }).waitFor();
    await page.getByRole('progressbar', { name: 'Progress' }).waitFor();
    await page.getByRole('region', { name: 'Progress' }).getByText('3 of 3 handed over').waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('is done again for a later time, paused and taken back', async () => {
    await page.getByRole('link', { name: 'Duplicate' }).click();
    await page.getByRole('list', { name: 'Chosen groups' }).getByText('Regulars').waitFor();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('Good day {name}');
    await page.getByLabel('Name', { exact: true }).fill('Hello later');
    await page.getByLabel('Later', { exact: true }).check();
    await button('Review and send').click();
    await dialog('Send Hello later?').getByRole('button', { name: 'Schedule' }).click();
    await page
      .getByRole('region', { name: 'Progress' })
      .getByText('0 of 3 handed over')
      .or(page.getByText('1 of 3 handed over'))
      .waitFor();
    await button('Pause').click();
    await dialog('Pause Hello later?').getByText('2 numbers are not sent to yet.').waitFor();
    await dialog('Pause Hello later?').getByRole('button', { name: 'Pause' }).click();
    await button('Cancel campaign').click();
    await dialog('Cancel Hello later?').getByRole('button', { name: 'Cancel campaign' }).click();
    await page.getByText('Cancelled', { exact: true }).first().waitFor();
    await page.getByRole('link', { name: 'Campaigns' }).last().click();
    await page.getByRole('row').filter({ hasText: 'Hello later' }).waitFor();
    await page.getByLabel('State', { exact: true }).selectOption('Done');
    await page.getByRole('row').filter({ hasText: 'Hello later' }).waitFor({ state: 'detached' });
    expect(bench.complaints).toEqual([]);
  });

  it('is read from a spreadsheet in compose, which then makes a campaign', async () => {
    await menu('Compose').click();
    expect(await button('Send').isDisabled()).toBe(true);
    await page.getByLabel('Numbers from a CSV or Excel file').setInputFiles({
      name: 'guests.xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: xlsx([
        ['phone', 'table'],
        ['0812345610', 7],
        [812345611, 9],
        ['x', 1],
      ]),
    });
    await page.getByText('guests.xlsx').waitFor();
    await page.getByLabel('Text', { exact: true }).fill('Your table: ');
    await button('{table}').click();
    await preview().getByText('Your table: 9').waitFor();
    await preview().getByText('1 is no possible number: line 4').waitFor();
    await page.getByText('The rows of a file go out as a campaign').waitFor();
    await button('Send to 2 numbers').click();
    await page.getByRole('heading', { name: 'Your table: {table}' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('has more numbers than a form should hold as a file', async () => {
    await menu('Compose').click();
    const numbers = Array.from({ length: 10_001 }, (_, n) => String(812_300_000 + n).padStart(10, '0'));
    await page.getByLabel('To', { exact: true }).evaluate((field, text) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', text);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, numbers.join('\n'));
    await page.getByRole('group', { name: 'To' }).getByText('10,001 rows').waitFor();
    await page.getByLabel('Text', { exact: true }).fill('Hello');
    await preview().getByText('up to 10,001').first().waitFor();
    await button('Without the file').click();
    await page.getByLabel('Text', { exact: true }).fill('');
    expect(bench.complaints).toEqual([]);
  });

  it('is offered plain signs while it is typed, and begins with what a link brings', async () => {
    await page.goto(`${box.address.url}/compose?to=0812345699`);
    expect(await page.getByLabel('To', { exact: true }).inputValue()).toBe('0812345699');
    await page.getByLabel('Text', { exact: true }).fill('It’s here 🎉');
    await page.getByText('Unicode', { exact: true }).waitFor();
    await button('Replace').click();
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe("It's here");
    await page.getByText('GSM-7', { exact: true }).waitFor();
    await button('Send to 1 number').click();
    await page.getByText('On its way to 1 number').waitFor();
    await page.getByRole('complementary', { name: 'Message' }).getByText("It's here").waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
