import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import type { PageName, Place } from '../router/routes.ts';
import { navGroups } from './nav-map.ts';

type Role = SessionInfo['role'];

/** Who may make something new, where that is not every operator. */
const makers: Partial<Record<PageName, Role>> = {
  keys: 'admin',
  webhooks: 'admin',
  carriers: 'admin',
  routes: 'admin',
  inbox: 'admin',
  accounts: 'admin',
};

/** Least role that has any use for an address: that of its page, and for a form that makes something new its maker's. */
export function roleFor({ page, parts }: Place): Role {
  if (page === 'unknown') return 'viewer';
  if (page === 'welcome') return 'admin';
  const entry = navGroups.flatMap(({ entries }) => entries).find((one) => one.page === page);
  const least = entry?.role ?? 'viewer';
  return least === 'viewer' && parts.includes('new') ? (makers[page] ?? 'operator') : least;
}
