import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roleFor } from '../../renderer/layout/access.ts';
import { navGroups } from '../../renderer/layout/nav-map.ts';
import { placeOf } from '../../renderer/router/routes.ts';
import type { RunningServer } from '../../server/index.ts';
import { everyAddress, goWithin, settled } from './every-page.ts';
import { AdminSession, furnish } from './furnish.ts';
import { actsOf } from './role-acts.ts';
import { demoOf, openSession, UiBench } from './ui-bench.ts';

const ranks = ['viewer', 'operator', 'admin'] as const;
type Role = (typeof ranks)[number];

let bench: UiBench;
let box: RunningServer;
const pages = new Map<Role, Page>();
/** What the box refused to a page, which it should not have asked. */
const refusals: string[] = [];

beforeAll(async () => {
  bench = await UiBench.open();
  box = await bench.box({ demo: true });
  const admin = await furnish(box);
  await admin.call('POST', '/users', { name: 'otto', password: 'sends every morning', role: 'operator' });
  const people = {
    viewer: { user: 'viola', password: 'only looks at things' },
    operator: { user: 'otto', password: 'sends every morning' },
    admin: demoOf(box),
  };
  for (const role of ranks) {
    const page = await bench.page('about:blank');
    page.on('response', (answer) => {
      if (answer.status() === 403)
        refusals.push(`${role}: ${answer.request().method()} ${new URL(answer.url()).pathname}`);
    });
    // Everybody has another session, as the administrator has.
    if (role !== 'admin') await AdminSession.open(box, people[role]);
    await openSession(page, box, people[role]);
    await page.goto(box.address.url);
    await settled(page);
    pages.set(role, page);
  }
}, 120_000);
afterAll(() => bench.close(), 60_000);

function pageOf(role: Role): Page {
  const page = pages.get(role);
  if (page === undefined) throw new Error(`Nobody is signed in as ${role}`);
  return page;
}

/** Opens an address: whether the role is turned away, else what it is offered. */
async function lookAt(page: Page, address: string) {
  await goWithin(page, address);
  const turnedAway = (await page.getByRole('heading', { name: /^This needs the role/u }).count()) > 0;
  return { turnedAway, acts: turnedAway ? [] : await offered(page) };
}

/** Names of what can be pressed on the page, without the things that they are about; what is listed is no act. */
async function offered(page: Page): Promise<readonly string[]> {
  const names = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main :is(button, a[href])')]
      .filter((element) => !element.matches('li a'))
      .filter((element) => element.checkVisibility() && !element.matches(':disabled'))
      .map((element) => (element.getAttribute('aria-label') ?? element.textContent).trim()),
  );
  const acts = names.map((name) =>
    name
      .replace(/^(Move|Take) (?!out of)[\s\S]+ (up|down|out|out of the group)$/u, '$1 … $2')
      .replace(/^Take out of [\s\S]+$/u, 'Take out of …')
      .replace(/: [\s\S]*$/u, ''),
  );
  return [...new Set(acts)];
}

const without = (some: readonly string[], others: readonly string[]) =>
  some.filter((name) => !others.includes(name)).toSorted();

describe('each role', { timeout: 60_000 }, () => {
  it.each(everyAddress)('/%s offers what the role may do, and no more', async (address) => {
    const needed = ranks.indexOf(roleFor(placeOf(`/${address.split('?')[0] ?? ''}`)));
    const views = await Promise.all(ranks.map((role) => lookAt(pageOf(role), address)));
    expect(views.map(({ turnedAway }) => turnedAway)).toEqual(ranks.map((_, rank) => rank < needed));
    const seen = views.slice(needed).map(({ acts }) => acts);
    const more = seen.slice(1).map((names, index) => without(names, seen[index] ?? []));
    const [forOperator, forAdmin] = needed === 1 ? [[], more[0] ?? []] : [more[0] ?? [], more[1] ?? []];
    expect({ operator: forOperator, admin: forAdmin }).toEqual(actsOf(address));
    expect(refusals).toEqual([]);
  });

  it.each(ranks)('%s is led to every page of the role, and to no other', async (role) => {
    const page = pageOf(role);
    await goWithin(page, '');
    const links = page.getByRole('navigation').first().getByRole('link');
    const places = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    const led = places.map((href) => placeOf(href)).filter((place) => place.page !== 'unknown');
    expect(led.filter((place) => ranks.indexOf(roleFor(place)) > ranks.indexOf(role))).toEqual([]);
    const entries = navGroups.flatMap(({ entries: some }) => some);
    const own = entries.filter((entry) => ranks.indexOf(entry.role) <= ranks.indexOf(role));
    expect(led.map((place) => place.page)).toEqual(own.map((entry) => entry.page));
  });
});
