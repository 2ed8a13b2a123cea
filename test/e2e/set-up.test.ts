import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
    await page.getByRole('heading', { name: 'Messages' }).waitFor();
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByText('Administrator').waitFor();

    const stranger = await bench.page(box.address.url);
    await stranger.getByRole('heading', { name: 'Sign in to your box' }).waitFor();
    expect(bench.complaints).toEqual([]);
  });
});
