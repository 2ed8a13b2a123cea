import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { AdminSession, markup } from './furnish.ts';
import { signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  page = await bench.page(box.address.url);
  await signIn(page, box, 'Dashboard');
}, 120_000);
afterAll(() => bench.close(), 60_000);

const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string) => page.getByRole('link', { name, exact: true });
const dialog = (name: string) => page.getByRole('dialog', { name });
const row = (text: string) => page.getByRole('row').filter({ hasText: text });
const panel = (name: string) => page.getByRole('complementary', { name, exact: true });
const field = (name: string) => page.getByLabel(name, { exact: true });

const file = [
  'name;mobile;extra;visit',
  'Anong;0812345678;x;1 Dec',
  `${markup};0898765432;y;2 Dec`,
  'Nobody;;z;',
  'Wrong;12;z;',
  'Again;0812345678;z;',
  ...Array.from({ length: 120 }, (_, n) => `Pupil ${n};${810_000_000 + n};;`),
].join('\n');

describe('the address book', { timeout: 60_000 }, () => {
  it('takes a file in after a look at it: columns, a group, the lines that are left out', async () => {
    await link('Contacts').click();
    await link('Import a file').first().click();
    const bytes = Buffer.from(file);
    await page
      .getByLabel('Choose a file', { exact: true })
      .and(page.locator('input'))
      .setInputFiles({ name: 'may.csv', mimeType: 'text/csv', buffer: bytes });
    await page.getByText('values between semicolons').waitFor();
    await field('What the column extra is').selectOption('Not used');
    await field('Name of the value in column visit').fill('next visit');
    await field('Name of the value in column visit').press('Enter');
    await page.locator('input[value="next_visit"]').waitFor();
    await button('New group').click();
    await dialog('New group').getByLabel('Name of the group').fill('May');
    await dialog('New group').getByRole('button', { name: 'Make the group' }).click();
    await button('Take out of May').waitFor();
    await button('Take 122 contacts in').click();
    await page.getByRole('heading', { name: 'Taken in' }).waitFor();
    expect(await page.getByRole('definition').allTextContents()).toEqual(expect.arrayContaining(['122', '0', '3']));

    await field('Why').selectOption('Number twice in the file (1)');
    await row('Same number as line 2').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), link('Download as CSV').click()]);
    expect(download.suggestedFilename()).toBe('may-problems.csv');
    expect(await readFile(await download.path(), 'utf8')).toContain('6,same number as line 2,Again,0812345678,z');
    await link('Show the group').click();
    await row('Anong').waitFor();
    await link(markup).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('adds a contact with a value, finds it by a Thai word, and changes it', async () => {
    await link('New contact').click();
    await field('Number').fill('12');
    await button('Save').click();
    await page.getByText('Write the whole number').waitFor();
    await field('Number').fill('083 456 7890');
    await field('Name').fill('คุณ สมชาย ใจดี');
    await button('Add a value').click();
    await field('Name of the value').fill('{นัด}');
    await field('Value').fill('1 ธ.ค.');
    await button('Save').click();
    await panel('Contact').getByText('{นัด}').waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    await field('Number or name').fill('สมช');
    await page.getByText('That is all.').waitFor();
    await row('Anong').waitFor({ state: 'detached' });
    await row('สมชาย').waitFor();
    await panel('Contact').getByRole('link', { name: 'Edit' }).click();
    await field('Note').fill(markup);
    await button('Save').click();
    await panel('Contact').getByText(markup).waitFor();
    expect(await panel('Contact').getByRole('link', { name: 'Send a message' }).getAttribute('href')).toContain(
      '/compose?to=66834567890',
    );
    expect(bench.complaints).toEqual([]);
  });

  it('puts chosen contacts into a group, and removes them after naming them', async () => {
    await panel('Contact').getByRole('button', { name: 'Close' }).click();
    await field('Choose คุณ สมชาย ใจดี').check();
    await page.getByRole('group', { name: 'With those chosen' }).getByLabel('Put into a group…').selectOption('May');
    await page.getByText('1 contact put into May').waitFor();
    await field('Group').selectOption('May');
    await button('Clear').waitFor();
    await field('Number or name').fill('');
    await row('Anong').waitFor();
    await field('Choose Anong').check();
    await field(`Choose ${markup}`).check();
    await button('Remove').click();
    const asking = dialog('Remove 2 contacts?');
    expect(await asking.getByText('Anong').textContent()).toContain(markup);
    await asking.getByRole('button', { name: 'Remove 2 contacts' }).click();
    await page.getByText('2 contacts removed').waitFor();
    await row('Anong').waitFor({ state: 'detached' });
    expect(bench.complaints).toEqual([]);
  });

  it('removes all that are found, also those that are not on the page yet, after their number is typed', async () => {
    await field('Choose all that are shown').check();
    await page.getByText('100 chosen').waitFor();
    await button('Choose all that are found').click();
    await page.getByText('121 chosen').waitFor();
    await button('Remove').click();
    const asking = dialog('Remove 121 contacts?');
    await asking.getByLabel('Type 121 to go on').fill('121');
    await asking.getByRole('button', { name: 'Remove 121 contacts' }).click();
    await page.getByRole('heading', { name: 'Nobody is found' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('renames a group, and removes it', async () => {
    await link('Groups').click();
    await link('May').click();
    await button('Rename').click();
    await dialog('Rename May').getByLabel('Name of the group').fill('June');
    await dialog('Rename May').getByRole('button', { name: 'Save' }).click();
    await panel('Group').getByRole('heading', { name: 'June' }).waitFor();
    await button('Remove the group').click();
    await dialog('Remove the group June?').getByRole('button', { name: 'Remove the group' }).click();
    await page.getByRole('heading', { name: 'No group yet' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});

describe('a viewer', { timeout: 60_000 }, () => {
  it('sees the address book and templates, and nothing to change them with', async () => {
    const admin = await AdminSession.open(box);
    await admin.call('POST', '/users', { name: 'viola', password: 'only looks at things', role: 'viewer' });
    await admin.call('POST', '/contacts', { msisdn: '0812345678', name: 'Anong' });
    await admin.call('POST', '/templates', { name: 'Hello', text: 'Dear {name}' });
    const viewer = await bench.page(`${box.address.url}/contacts`);
    await viewer.getByLabel('Name', { exact: true }).fill('viola');
    await viewer.getByLabel('Password', { exact: true }).fill('only looks at things');
    await viewer.keyboard.press('Enter');
    const main = viewer.getByRole('main');
    await main.getByRole('link', { name: 'Anong' }).click();
    await viewer.getByRole('complementary', { name: 'Contact' }).getByText('In no group').waitFor();
    const acts = /^(?:New|Import a|Export|Edit|Remove|Send|Keep|Save|Write)/u;
    const offered = async () => [
      ...(await main.getByRole('button', { name: acts }).allTextContents()),
      ...(await main.getByRole('link', { name: acts }).allTextContents()),
      ...(await main.getByRole('checkbox').allTextContents()),
    ];
    expect(await offered()).toEqual([]);
    await viewer.getByRole('link', { name: 'Templates', exact: true }).click();
    await main.getByRole('link', { name: 'Hello' }).click();
    await main.getByText('Dear {name}').first().waitFor();
    expect(await offered()).toEqual([]);
    expect(bench.complaints).toEqual([]);
  });
});

describe('templates', { timeout: 60_000 }, () => {
  it('are written with a preview, copied and removed', async () => {
    await link('Templates').click();
    await link('New template').first().click();
    await field('Name').fill('Visit');
    await field('Text').fill('Dear {name}, see you on {วันนัด}');
    const preview = page.getByRole('region', { name: 'Preview' });
    await preview.getByLabel('{name}').fill('Anong');
    await preview.getByLabel('{วันนัด}').fill('1 Dec');
    await preview.getByText('Dear Anong, see you on 1 Dec').waitFor();
    await preview.getByText('GSM-7').waitFor();
    await preview.getByLabel('{วันนัด}').fill('1 ธ.ค.');
    await preview.getByText('Thai, Chinese and emoji').waitFor();
    await field('Messages').uncheck();
    await field('One-time codes').check();
    await button('Keep the template').click();
    await page.getByText('must contain {code}').waitFor();
    await field('One-time codes').uncheck();
    await field('Messages').check();
    await button('Keep the template').click();
    await page.getByRole('heading', { name: 'Visit' }).waitFor();
    expect(await link('Write with it').getAttribute('href')).toContain('/compose?template=');

    await link('Duplicate').click();
    await button('Keep the template').click();
    await page.getByRole('heading', { name: 'Visit (copy)' }).waitFor();
    await button('Remove').click();
    await dialog('Remove the template Visit (copy)?').getByRole('button', { name: 'Remove' }).click();
    await field('Name or words of the text').fill('see you');
    await row('Hello').waitFor({ state: 'detached' });
    await row('Visit').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    expect(bench.complaints).toEqual([]);
  });
});
