import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import type { PageName } from '../router/routes.ts';
import type { IconName } from '../ui/icon.tsx';

export interface NavEntry {
  readonly page: Exclude<PageName, 'welcome' | 'profile'>;
  readonly icon: IconName;
  /** Least role that has any use for the page. */
  readonly role: SessionInfo['role'];
}

export interface NavGroup {
  readonly name: 'send' | 'people' | 'build' | 'box';
  readonly entries: readonly NavEntry[];
}

/** Pages in their groups. A page is listed here when it exists. */
export const navGroups: readonly NavGroup[] = [
  {
    name: 'send',
    entries: [
      { page: 'dashboard', icon: 'dashboard', role: 'viewer' },
      { page: 'compose', icon: 'compose', role: 'operator' },
      { page: 'messages', icon: 'messages', role: 'viewer' },
      { page: 'campaigns', icon: 'megaphone', role: 'viewer' },
      { page: 'schedules', icon: 'calendar', role: 'viewer' },
      { page: 'inbox', icon: 'inbox', role: 'viewer' },
    ],
  },
  {
    name: 'people',
    entries: [
      { page: 'contacts', icon: 'contact', role: 'viewer' },
      { page: 'templates', icon: 'template', role: 'viewer' },
      { page: 'senders', icon: 'sender', role: 'viewer' },
      { page: 'blocklist', icon: 'shield', role: 'viewer' },
      { page: 'links', icon: 'link', role: 'viewer' },
    ],
  },
  {
    name: 'build',
    entries: [
      { page: 'keys', icon: 'key', role: 'viewer' },
      { page: 'webhooks', icon: 'webhook', role: 'viewer' },
    ],
  },
  {
    name: 'box',
    entries: [
      { page: 'carriers', icon: 'carrier', role: 'viewer' },
      { page: 'routes', icon: 'route', role: 'viewer' },
      { page: 'credits', icon: 'credits', role: 'viewer' },
      { page: 'accounts', icon: 'account', role: 'viewer' },
      { page: 'users', icon: 'users', role: 'admin' },
      { page: 'audit', icon: 'audit', role: 'admin' },
      { page: 'backups', icon: 'backup', role: 'admin' },
      { page: 'logs', icon: 'logs', role: 'admin' },
      { page: 'settings', icon: 'settings', role: 'viewer' },
    ],
  },
];
