import type { PageName } from '../../renderer/router/routes.ts';
import type { Page } from 'playwright-core';

/**
 * Every page, and what opens beside its list or over it, by address in a box that `furnish` has filled. What holds for
 * all pages is proved along this list: a page without an entry does not compile.
 */
export const everyPage: Readonly<Record<PageName, readonly string[]>> = {
  dashboard: [''],
  welcome: ['welcome'],
  compose: ['compose'],
  messages: ['messages'],
  inbox: ['inbox'],
  senders: ['senders', 'senders/new'],
  blocklist: ['blocklist'],
  links: ['links'],
  keys: ['keys', 'keys/1', 'keys/new'],
  webhooks: ['webhooks', 'webhooks/1', 'webhooks/new'],
  carriers: ['carriers', 'carriers/1', 'carriers/new'],
  routes: ['routes', 'routes/1', 'routes/new', 'routes/try'],
  credits: ['credits', 'credits/orders'],
  accounts: ['accounts', 'accounts/Main', 'accounts/-/new'],
  users: ['users', 'users/admin', 'users/-/new'],
  audit: ['audit', 'audit/1'],
  settings: ['settings', 'settings/guards'],
  profile: ['profile'],
};

export const everyAddress: readonly string[] = Object.values(everyPage).flat();

/** Waits until a page and everything on it has been read. */
export async function settled(page: Page): Promise<void> {
  await page.locator('#page-title').waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

/** Goes to another address without loading the pages anew, and waits until it is there. */
export async function goWithin(page: Page, address: string): Promise<void> {
  await page.evaluate((path) => {
    history.pushState(history.state, '', path);
    dispatchEvent(new PopStateEvent('popstate'));
  }, `/${address}`);
  await settled(page);
}
