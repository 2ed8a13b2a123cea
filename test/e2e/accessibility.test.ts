import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '../../server/index.ts';
import { everyAddress, settled } from './every-page.ts';
import { furnish } from './furnish.ts';
import { signIn, UiBench } from './ui-bench.ts';

const axeSource = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');
const grave = ['serious', 'critical'];

let bench: UiBench;
let box: RunningServer;
let page: Page;

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  await furnish(box);
  page = await bench.page(box.address.url);
  await signIn(page, box);
}, 120_000);
afterAll(() => bench.close(), 60_000);

/**
 * What axe finds that keeps somebody out: its rule, and the elements.
 * @param rules all when none are named.
 */
async function findings(of: Page, rules: readonly string[] = []): Promise<string[]> {
  await of.evaluate(axeSource);
  const results = await of.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } };
    return (await axe.run(runOnly.length === 0 ? {} : { runOnly })).violations;
  }, rules);
  return results
    .filter(({ impact }) => impact !== null && grave.includes(impact))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join(' | ')}`,
    );
}

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

describe('nobody is kept out', { timeout: 120_000 }, () => {
  it.each(everyAddress)('/%s in light and dark', async (address) => {
    await page.goto(`${box.address.url}/${address}`);
    await settled(page);
    expect(await findings(page)).toEqual([]);
    // In the dark nothing else is different.
    await page.evaluate(() => document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'));
    expect(await findings(page, ['color-contrast'])).toEqual([]);
  });

  it('nor at the sign-in', async () => {
    const stranger = await bench.page(box.address.url);
    await stranger.getByRole('heading', { name: 'Sign in to your box' }).waitFor();
    expect(await findings(stranger)).toEqual([]);
  });
});
