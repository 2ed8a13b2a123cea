import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tabTo, typeInto } from './keyboard.ts';
import { UiBench } from './ui-bench.ts';

let bench: UiBench;
beforeAll(async () => {
  bench = await UiBench.open();
}, 120_000);
afterAll(() => bench.close(), 60_000);

describe('the set-up of a new box', { timeout: 60_000 }, () => {
  it('makes the first administrator with the code from the console, once', async () => {
    const box = await bench.box({ demo: false });
    const page = await bench.page(box.address.url);
    await page.getByRole('heading', { name: 'Welcome. Let us set up your box' }).waitFor();

    await page.getByRole('button', { name: 'Create administrator' }).click();
    expect(await page.getByText('Fill this in.').count()).toBe(2);
    expect(await page.getByText('Use at least 10 characters.').count()).toBe(1);

    await page.getByLabel('Set-up code').fill('not the code');
    await page.getByLabel('Your name').fill('สมชาย');
    await page.getByLabel('Password', { exact: true }).fill('rice and curry at noon');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.getByRole('alert').getByText('This is not the set-up code.').waitFor();

    await page.getByLabel('Set-up code').fill(box.setupCode ?? '');
    await page.getByRole('button', { name: 'Create administrator' }).click();
    await page.getByRole('heading', { name: 'Set up your box' }).waitFor();
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByText('Administrator').waitFor();

    const stranger = await bench.page(box.address.url);
    await stranger.getByRole('heading', { name: 'Sign in to your box' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });

  it('leads from an empty box to the first message delivered, by keyboard alone', async () => {
    const box = await bench.box({ demo: false });
    const page = await bench.page(box.address.url);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await typeInto(page, page.getByLabel('Set-up code'), box.setupCode ?? '');
    await typeInto(page, page.getByLabel('Your name'), 'Ann');
    await typeInto(page, page.getByLabel('Password', { exact: true }), 'rice and curry at noon');
    await page.keyboard.press('Enter');

    await tabTo(page, button('Use a simulated modem'));
    await page.keyboard.press('Enter');
    await page.getByText('Simulator', { exact: true }).waitFor();

    await typeInto(page, page.getByLabel('Name', { exact: true }), 'MY SHOP');
    await page.keyboard.press('Enter');
    await page.getByText('MY SHOP', { exact: true }).waitFor();

    await tabTo(page, button('Begin with 1,000 credits'));
    await page.keyboard.press('Enter');
    await page.getByText('1,000 credits are there.').waitFor();

    await typeInto(page, page.getByLabel('Your phone number'), '081 234 5678');
    await tabTo(page, button('Send the first message'));
    await page.keyboard.press('Enter');
    const news = page.getByRole('status').filter({ hasText: '+66 81 234 5678' });
    await news.getByText('Delivered').waitFor();

    await tabTo(page, page.getByRole('main').getByRole('link', { name: 'Go to the dashboard' }).first());
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Dashboard' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
