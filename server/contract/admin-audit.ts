import { z } from 'zod';
import { roles } from '../domain/roles.ts';
import { admin, page } from './admin-route.ts';
import { isoTime, paging } from './common.ts';
import { routeTable } from './route.ts';

export const auditItem = z.object({
  /** Rows are numbered from 1 without a gap. */
  id: z.number().int(),
  at: isoTime,
  /** A user, `command line`, or `nobody` before a sign-in. */
  who: z.string(),
  role: z.enum(roles).nullable(),
  address: z.string(),
  /** Name of the operation. */
  operation: z.string(),
  /** What it was done to, such as `carriers/3/enable`. */
  target: z.string(),
  /** Its input without secrets, texts and full numbers. */
  detail: z.string(),
  /** `done`; `failed`; `unknown` when the box ended meanwhile; else the code of the refusal. */
  outcome: z.string(),
  hash: z.string(),
});
export type AuditItem = z.infer<typeof auditItem>;

const filters = {
  user: z.string().min(1).max(64).optional(),
  operation: z.string().min(1).max(64).optional(),
  /** At or after this time, ISO 8601. */
  from: z.string().min(1).max(64).optional(),
  /** Before this time. */
  to: z.string().min(1).max(64).optional(),
};

/** What people did at the box. */
export const adminAuditRoutes = routeTable({
  audit: {
    method: 'GET',
    path: '/audit',
    access: admin,
    summary: 'What people did, newest first',
    query: paging(500, 50).extend(filters),
    answer: page(auditItem),
  },
  auditEntry: {
    method: 'GET',
    path: '/audit/rows/{id}',
    access: admin,
    summary: 'One row of the audit log',
    params: z.object({ id: z.coerce.number().int().positive() }),
    answer: auditItem,
  },
  auditExport: {
    method: 'GET',
    path: '/audit/export',
    access: admin,
    summary: 'The same as a CSV file',
    query: z.object(filters),
    download: true,
    answer: z.string(),
    audit: { operation: 'shown' },
  },
  auditVerify: {
    method: 'GET',
    path: '/audit/verify',
    access: admin,
    summary: 'Whether the log is whole, by its chain of hashes; also against a row whose hash was noted elsewhere',
    query: z
      .object({
        row: z.coerce.number().int().positive().optional(),
        hash: z
          .string()
          .regex(/^[0-9a-fA-F]{16,64}$/u, 'give 16 to 64 hex digits')
          .optional(),
      })
      .refine(({ row, hash }) => (row === undefined) === (hash === undefined), 'row and hash go together'),
    answer: z.object({
      ok: z.boolean(),
      /** Rows that the log has. */
      rows: z.number().int(),
      /** Hash of the last one. */
      hash: z.string(),
      /** The first row at which something is wrong. */
      row: z.number().int().nullable(),
      /** Whether that row was added, is missing, was changed, or the log was written anew from it on. */
      cause: z.enum(['added', 'missing', 'changed', 'rewritten']).nullable(),
      problem: z.string().nullable(),
      /** When it was looked at. */
      at: isoTime,
    }),
  },
});
