import axe from 'axe-core';
import type { Page } from 'playwright-core';

const grave = ['serious', 'critical'];
/** Rules whose answer may be another one on a phone, where menus fold, cells go and targets come closer. */
export const phoneRules: readonly string[] = [
  'aria-hidden-focus',
  'aria-required-children',
  'aria-required-parent',
  'button-name',
  'label',
  'link-name',
  'nested-interactive',
  'scrollable-region-focusable',
  'target-size',
];
/** In the dark nothing else is different. */
export const darkRules: readonly string[] = ['color-contrast'];

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/**
 * What axe finds that keeps somebody out: its rule, and the elements.
 * @param rules all of WCAG 2.2 AA and good practice when none are named.
 * @param where what is looked at: the page with its frame, or the page alone.
 */
export async function findings(
  page: Page,
  rules: readonly string[] = [],
  where: 'all' | 'page' = 'all',
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const results = await page.evaluate(
    async ([names, outside]) => {
      const { axe: inside } = globalThis as unknown as {
        axe: { run(context: unknown, options: unknown): Promise<{ violations: Violation[] }> };
      };
      const options = names.length === 0 ? { rules: { 'target-size': { enabled: true } } } : { runOnly: names };
      const { violations } = await inside.run(
        { exclude: outside },
        { ...options, resultTypes: ['violations'], iframes: false },
      );
      return violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary: failureSummary ?? '' })),
      }));
    },
    [rules, where === 'all' ? [] : ['div[data-narrow] > header', 'div[data-narrow] > aside']] as const,
  );
  return results
    .filter(({ impact }) => impact !== null && grave.includes(impact))
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join(' | ')}`,
    );
}
