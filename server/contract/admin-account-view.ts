import { z } from 'zod';
import { viewer } from './admin-route.ts';
import { overviewCounts } from './admin-overview.ts';
import { accountItem } from './admin-shapes.ts';
import { isoTime, name, nullableTime } from './common.ts';
import { routeTable } from './route.ts';

const count = z.number().int();

/** One account with all that belongs to it, as numbers; the lists of each have operations of their own. */
export const accountView = accountItem.extend({
  createdAt: isoTime,
  contacts: count,
  groups: count,
  templates: count,
  /** Those that are good, and when any of them was last used. */
  keys: count,
  keyLastUsedAt: nullableTime,
  senders: z.object({ approved: count, requested: count, rejected: count }),
  webhooks: z.object({ active: count, inactive: count }),
  /** Waiting for approval or for their credits. */
  openOrders: count,
  /** Not yet done or cancelled, of the last hundred. */
  openCampaigns: count,
  activeSchedules: count,
  today: overviewCounts,
  last30Days: overviewCounts,
});
export type AccountView = z.infer<typeof accountView>;

/** What pages show of one account. */
export const adminAccountViewRoutes = routeTable({
  account: {
    method: 'GET',
    path: '/accounts/{name}',
    access: viewer,
    summary: 'One account with what belongs to it',
    params: z.object({ name }),
    answer: accountView,
  },
});
