import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn, UiBench } from './ui-bench.ts';

let bench: UiBench;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  bench = await UiBench.open();
  const box = await bench.box({ demo: true });
  page = await bench.page(box.address.url);
  page.on('requestfinished', (request) => asked.push(request.url()));
  await signIn(page, box, 'Dashboard');
}, 120_000);
afterAll(() => bench.close(), 60_000);

/** Puts something into the page and waits until the browser has refused it: by which rule, and from where. */
const refused = (html: string) =>
  page.evaluate(async (text) => {
    const told = new Promise<{ rule: string; at: string }>((resolve) => {
      const hear = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) =>
        resolve({ rule: effectiveDirective, at: blockedURI });
      document.addEventListener('securitypolicyviolation', hear, { once: true });
    });
    // Written as a fragment of its own, for a script that comes by innerHTML is never run anyway.
    document.body.append(document.createRange().createContextualFragment(text));
    return await told;
  }, html);

/** A violation as the pages are told of it. */
const violation = (rule: string, at: string) => ({ rule, at });

describe('what gets into a page all the same', { timeout: 60_000 }, () => {
  it.each([
    ['a script in the page', '<script>document.title = "broken"</script>', violation('script-src-elem', 'inline')],
    ['a handler', '<img src="x" onerror="document.title = \'broken\'">', violation('script-src-attr', 'inline')],
    [
      'a script from elsewhere',
      '<script src="http://127.0.0.1:9/x.js"></script>',
      violation('script-src-elem', 'http://127.0.0.1:9/x.js'),
    ],
    ['a frame', '<iframe src="https://example.test/"></iframe>', violation('frame-src', 'https://example.test')],
  ])('%s does nothing, and is reported', async (_what, html, told) => {
    expect(await refused(html)).toEqual(told);
    expect(await page.title()).toBe('SEPSMS Box');
  });

  it('a text is not run as code, and is reported', async () => {
    const told = refused('<p>nothing</p>');
    // What the policy is there to refuse.
    // oxlint-disable-next-line typescript/no-implied-eval
    await page.evaluate(() => void setTimeout('document.title = "broken"'));
    expect(await told).toEqual(violation('script-src', 'eval'));
    expect(await page.title()).toBe('SEPSMS Box');
  });

  it('a form sends nothing elsewhere, and is reported', async () => {
    const told = refused('<form action="https://example.test/"><button id="send">Send</button></form>');
    await page.locator('#send').dispatchEvent('click');
    expect(await told).toEqual(violation('form-action', 'https://example.test/?'));
    expect(asked.filter((url) => url.startsWith('https:'))).toEqual([]);
  });

  it('stands in the console, where the test of any page would find it', () => {
    expect(bench.complaints.filter((text) => /Content Security Policy/u.test(text)).length).toBeGreaterThanOrEqual(5);
  });
});
