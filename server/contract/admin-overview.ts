import { z } from 'zod';
import { viewer } from './admin-route.ts';
import { accountName } from './admin-shapes.ts';
import { isoTime } from './common.ts';
import { routeTable } from './route.ts';

const count = z.number().int();

/** Counted where it happened, in the hour in which it happened. Recipients, unless it says otherwise. */
export const overviewCounts = z.object({
  accepted: count,
  /** Handed over, all parts. */
  sent: count,
  delivered: count,
  failed: count,
  expired: count,
  blocked: count,
  cancelled: count,
  unknown: count,
  /** Parts that carriers took. */
  parts: count,
  /** Credits taken, and given back. */
  credits: count,
  refunded: count,
  /** One-time codes handed over, and milliseconds from asking for one to that; null when there were none. */
  codes: count,
  codeLatencyMs: count.nullable(),
  codeLatencyMaxMs: count.nullable(),
});
export type OverviewCounts = z.infer<typeof overviewCounts>;

export const overview = z.object({
  from: isoTime,
  /** One for each hour, the oldest first, those in which nothing happened included. */
  hours: z.array(
    overviewCounts.extend({
      hour: isoTime,
      /** Most recipients of the whole box that waited in it at one time. */
      queued: count,
      /** Longest that one of them had waited then, in milliseconds. */
      queueAgeMs: count,
    }),
  ),
  total: overviewCounts,
  /** Since midnight in the box's time zone. */
  today: overviewCounts,
  carriers: z.array(overviewCounts.extend({ carrierId: count, carrier: z.string() })),
  accounts: z.array(overviewCounts.extend({ account: z.string() })),
  queued: count,
  oldestQueuedMs: z.number().nullable(),
});
export type OverviewAnswer = z.infer<typeof overview>;

/** What the dashboard shows. */
export const adminOverviewRoutes = routeTable({
  overview: {
    method: 'GET',
    path: '/overview',
    access: viewer,
    summary: 'What the box did in the last hours, of one account or all',
    query: z.object({ hours: z.coerce.number().int().min(1).max(744).default(24), account: accountName }),
    answer: overview,
  },
});
