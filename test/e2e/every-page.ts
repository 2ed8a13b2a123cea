import type { PageName } from '../../renderer/router/routes.ts';
import type { Page } from 'playwright-core';

/**
 * Every page, and what opens beside its list or over it, by address in a box that `furnish` has filled. What holds for
 * all pages is proved along this list: a page without an entry does not compile.
 */
export const everyPage: Readonly<Record<PageName, readonly string[]>> = {
  dashboard: ['', '?period=7d', '?period=30d'],
  welcome: ['welcome'],
  compose: ['compose'],
  messages: ['messages'],
  campaigns: ['campaigns', 'campaigns/1', 'campaigns/new'],
  schedules: ['schedules', 'schedules/calendar', 'schedules/1', 'schedules/1/edit', 'schedules/new'],
  inbox: ['inbox', 'inbox/rules', 'inbox/rules/1', 'inbox/rules/new', 'inbox/rules/try'],
  contacts: [
    'contacts',
    'contacts/2',
    'contacts/2/edit',
    'contacts/new',
    'contacts/groups',
    'contacts/groups/2',
    'contacts/imports',
    'contacts/imports/new',
    'contacts/imports/1',
    'contacts/imports/2',
  ],
  templates: ['templates', 'templates/1', 'templates/new'],
  senders: ['senders', 'senders/new'],
  blocklist: ['blocklist'],
  links: ['links'],
  keys: ['keys', 'keys/1', 'keys/new'],
  webhooks: ['webhooks', 'webhooks/1', 'webhooks/new'],
  routes: ['routes', 'routes/1', 'routes/new', 'routes/try'],
  carriers: [
    'carriers',
    'carriers/1',
    'carriers/1/commands',
    'carriers/1/settings',
    'carriers/1/ready',
    'carriers/new',
    'carriers/new/modem',
    'carriers/new/smpp',
    'carriers/new/custom',
  ],
  credits: ['credits', 'credits/orders'],
  accounts: ['accounts', 'accounts/Main', 'accounts/-/new'],
  users: ['users', 'users/admin', 'users/-/new'],
  audit: ['audit', 'audit/1'],
  backups: ['backups'],
  logs: ['logs'],
  settings: ['settings', 'settings/guards'],
  profile: ['profile'],
};

export const everyAddress: readonly string[] = Object.values(everyPage).flat();

/** Waits until a page and everything on it has been read, and stands still. */
export async function settled(page: Page): Promise<void> {
  // On a phone a panel stands before the list and its title.
  await page.locator('#page-title').waitFor({ state: 'attached' });
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
  await atRest(page);
}

/** Waits until what moves has come to its end, such as a panel that slides in. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map(({ finished }) => finished));
  });
}

/** Makes the window another one, and waits until the page has been drawn in it. */
export async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 });
  // In the frame the page is told of it; what it then draws anew is drawn right after.
  await page.evaluate(
    () =>
      new Promise<void>((drawn) => {
        requestAnimationFrame(() => setTimeout(drawn));
      }),
  );
  await atRest(page);
}

/** Goes to another address without loading the pages anew, and waits until it is there. */
export async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState(history.state, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/${address}`);
  await settled(page);
}
