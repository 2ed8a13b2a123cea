import { z } from 'zod';
import { viewer } from './admin-route.ts';
import { accountName } from './admin-shapes.ts';
import { routeTable } from './route.ts';
import { historyFilters } from './v2-message-shapes.ts';

/** A line for each message, or for each number of each message. */
export const exportKinds = ['message', 'recipient'] as const;
export type ExportKind = (typeof exportKinds)[number];

const asked = {
  ...historyFilters,
  /** Only the message with this reference number. */
  refNo: z.string().max(64).optional(),
  account: accountName,
  each: z.enum(exportKinds).default('message'),
};

/**
 * Messages as CSV, in slices that whoever asks puts one behind the other: so an export of millions holds nothing in the box
 * between two calls, tells how far it has come, can be paused, stopped, and gone on with after a lost connection.
 */
export const adminExportRoutes = routeTable({
  exportStart: {
    method: 'GET',
    path: '/exports/messages',
    access: viewer,
    summary: 'Begin an export of messages: the first line of the file, and its name',
    query: z.object(asked),
    answer: z.object({
      /** With the mark of UTF-8 before it. */
      head: z.string(),
      fileName: z.string(),
    }),
    audit: { each: 'shown', status: 'shown' },
  },
  exportSlice: {
    method: 'GET',
    path: '/exports/messages/slice',
    access: viewer,
    summary: 'The next lines of an export, newest messages first',
    query: z.object({ ...asked, cursor: z.string().max(128).optional() }),
    answer: z.object({
      /** Whole lines; there may be none, and yet more to come. */
      csv: z.string(),
      lines: z.number().int(),
      /** How far the walk through the history has come, from 0 to 1. */
      done: z.number().min(0).max(1),
      nextCursor: z.string().nullable(),
    }),
  },
});
