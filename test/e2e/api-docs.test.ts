import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../../server/contract/route.ts';
import { v2Routes } from '../../server/contract/v2.ts';
import type { RunningServer } from '../../server/index.ts';
import { demoOf, UiBench } from './ui-bench.ts';

let bench: UiBench;
let box: RunningServer;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  page = await bench.page('about:blank');
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`${box.address.url}/api/docs`);
}, 120_000);
afterAll(() => bench.close(), 60_000);

describe('the page of the API document', { timeout: 60_000 }, () => {
  it('lists every operation of the API, without a sign-in', async () => {
    await page.getByText('SEPSMS Box API').first().waitFor();
    for (const route of Object.values<Route>(v2Routes)) {
      await page.getByText(route.summary).first().waitFor();
      expect(await page.getByText(route.summary).count()).toBeGreaterThan(0);
    }
  });

  it('shows an operation with its fields, its scope and its refusals', async () => {
    await page.getByText(v2Routes.sendMessage.summary).first().click();
    await page.getByText('A sender name that is approved for the account.').first().waitFor();
    await page.getByText('sms:send', { exact: true }).first().waitFor();
    await page.getByRole('button', { name: '402', exact: true }).click();
    await page.getByText('credit.insufficient').first().waitFor();
    expect(new URL(page.url()).pathname).toBe('/api/docs');
  });

  it('sends a message with a key that is typed in', async () => {
    await page.getByText('Authentication', { exact: true }).click();
    await page.getByPlaceholder('api-token').fill(demoOf(box).apiKey);
    await page.getByRole('button', { name: 'SET' }).click();
    await page.getByText(v2Routes.sendMessage.summary).first().click();
    const answered = page.waitForResponse((response) => response.url().endsWith('/message/send'));
    await page.getByRole('button', { name: 'EXECUTE' }).click();
    expect(await (await answered).json()).toMatchObject({ result: { totalMsisdn: 2, status: 'pending' } });
    await page.getByText('Response Status').waitFor();
  });

  it('asks nobody but the box itself, by a policy that would not let it', async () => {
    expect(asked.length).toBeGreaterThanOrEqual(4);
    expect(asked.filter((url) => !url.startsWith(`${box.address.url}/`))).toEqual([]);
    const policy = (await fetch(`${box.address.url}/api/docs`)).headers.get('content-security-policy') ?? '';
    expect((await fetch(`${box.address.url}/api/docs?from=here`)).headers.get('content-type')).toMatch(/^text\/html/u);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
  });

  it('has broken no script and nothing of its own policy', () => {
    expect(bench.complaints).toEqual([]);
  });
});
