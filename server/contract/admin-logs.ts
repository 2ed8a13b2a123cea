import { z } from 'zod';
import { admin } from './admin-route.ts';
import { isoTime } from './common.ts';
import { routeTable } from './route.ts';

export const logLevel = z.enum(['debug', 'info', 'warn', 'error']);

export const logItem = z.object({
  /** Place in the order of all lines since the box was started. */
  seq: z.number().int(),
  at: isoTime,
  level: logLevel,
  /** What it comes from: the first part of the event's name. */
  part: z.string(),
  event: z.string(),
  fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type LogItem = z.infer<typeof logItem>;

/** What the box has logged; never texts, full numbers, codes or secrets. */
export const adminLogsRoutes = routeTable({
  logs: {
    method: 'GET',
    path: '/logs',
    access: admin,
    summary: 'The latest lines of the log, newest first',
    query: z.object({
      /** This level or a worse one. */
      level: logLevel.optional(),
      part: z.string().min(1).max(64).optional(),
      text: z.string().min(1).max(200).optional(),
      limit: z.coerce.number().int().min(1).max(1_000).default(300),
    }),
    answer: z.object({
      items: z.array(logItem),
      /** Parts that have lines, for a choice. */
      parts: z.array(z.string()),
      /** Whether there are older lines of the kind. */
      more: z.boolean(),
      /** Why the log cannot be kept in files; null while it can. */
      problem: z.string().nullable(),
    }),
  },
  logsDownload: {
    method: 'GET',
    path: '/logs/file',
    access: admin,
    summary: 'All that is kept of the log, one JSON object a line',
    download: true,
    answer: z.string(),
    audit: {},
  },
});
