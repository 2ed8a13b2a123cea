import { z } from 'zod';
import { columnUses, rowProblems } from '../domain/import-columns.ts';
import { languages } from '../domain/languages.ts';
import { done, items, operator, viewer } from './admin-route.ts';
import { accountName } from './admin-shapes.ts';
import { idParam, isoTime, nullableTime } from './common.ts';
import { routeTable } from './route.ts';

export const importStates = ['reading', 'ready', 'running', 'paused', 'done', 'cancelled'] as const;

export const importEncodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-874'] as const;
export const importDelimiters = [',', ';', '\t', '|'] as const;

const columnUse = z.object({
  /** `field`: a value for templates, under the name `field`. */
  use: z.enum(columnUses),
  field: z
    .string()
    .regex(/^[\p{L}_][\p{L}\p{M}\p{Nd}_]{0,63}$/u, 'letters, digits and _ only')
    .nullable()
    .default(null),
});

export const importRow = z.object({
  /** Line of the file; its first is 1. */
  line: z.number().int(),
  cells: z.array(z.string()),
  msisdn: z.string().nullable(),
  /** Why the line is left out; null when it is not. */
  problem: z.enum(rowProblems).nullable(),
  /** For `duplicate`: the first line with the number. */
  sameAs: z.number().int().nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

export const importItem = z.object({
  id: z.number().int(),
  account: z.string(),
  fileName: z.string(),
  kind: z.enum(['csv', 'xlsx']),
  /** How a file of text was read; null for a workbook. */
  encoding: z.enum(importEncodings).nullable(),
  /** What stands between its values. */
  delimiter: z.enum(importDelimiters).nullable(),
  /** Whether its first line was taken for names of the columns; null where that is not known. */
  hasHeader: z.boolean().nullable(),
  /** `ready` to be looked at and started, `running`, `paused`; `done` and `cancelled` are its end. */
  state: z.enum(importStates),
  columns: z.array(columnUse.extend({ header: z.string() })),
  groups: z.array(z.number().int()),
  /** What happens to contacts that are there already: new values win, or they stay as they are. */
  existing: z.enum(['update', 'skip']),
  /** Lines of data in the file, and those of them that are left out. */
  rows: z.number().int(),
  problems: z.number().int(),
  /** How many of them for which reason. */
  problemKinds: z.object({
    missing_number: z.number().int(),
    bad_number: z.number().int(),
    duplicate: z.number().int(),
  }),
  /** Lines that are done, of `rows`. */
  doneRows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  createdBy: z.string(),
  createdAt: isoTime,
  startedAt: nullableTime,
  finishedAt: nullableTime,
  /** The first lines. */
  samples: z.array(importRow),
});
export type ImportItem = z.infer<typeof importItem>;

const act = (path: string, summary: string) =>
  ({
    method: 'POST',
    path: `/imports/{id}/${path}`,
    access: operator,
    summary,
    params: idParam,
    answer: importItem,
  }) as const;

/** Files that become contacts: uploaded, looked at, then taken in while pages may close and the box may restart. */
export const adminImportsRoutes = routeTable({
  imports: {
    method: 'GET',
    path: '/imports',
    access: viewer,
    summary: 'Imports of an account, newest first',
    query: z.object({
      account: accountName,
      limit: z.coerce.number().int().min(1).max(100).default(20),
      cursor: z.coerce.number().int().positive().optional(),
    }),
    answer: items(importItem).extend({ nextCursor: z.string().nullable() }),
  },
  importUpload: {
    method: 'POST',
    path: '/imports',
    access: operator,
    summary: 'Upload a CSV or XLSX file, as the body; the answer shows what was understood',
    query: z.object({
      account: accountName,
      fileName: z.string().trim().min(1).max(200).default('contacts'),
      /** What it is read for: to become contacts, or to be sent to; only the former are listed. */
      purpose: z.enum(['contacts', 'sending']).default('contacts'),
    }),
    upload: true,
    answer: importItem,
  },
  import: {
    method: 'GET',
    path: '/imports/{id}',
    access: viewer,
    summary: 'One import, with its progress',
    params: idParam,
    answer: importItem,
  },
  importSet: {
    method: 'PATCH',
    path: '/imports/{id}',
    access: operator,
    summary: 'Say what the columns are, and which groups the contacts go to; before it starts',
    params: idParam,
    body: z.object({
      /** One for each column of the file, in their order. */
      columns: z.array(columnUse).max(100).optional(),
      groups: z.array(z.number().int().positive()).max(50).optional(),
      existing: z.enum(['update', 'skip']).optional(),
    }),
    answer: importItem,
  },
  importRows: {
    method: 'GET',
    path: '/imports/{id}/rows',
    access: viewer,
    summary:
      'Lines of an import; with problems=true only those that are left out, and why; with problem those with that one',
    params: idParam,
    query: z.object({
      problems: z.enum(['true', 'false']).default('false'),
      problem: z.enum(rowProblems).optional(),
      limit: z.coerce.number().int().min(1).max(500).default(100),
      cursor: z.coerce.number().int().positive().optional(),
    }),
    answer: items(importRow).extend({ nextCursor: z.string().nullable() }),
  },
  importReport: {
    method: 'GET',
    path: '/imports/{id}/report',
    access: operator,
    summary: 'The lines that are left out, with the reason and their cells, as a CSV file to mend',
    params: idParam,
    query: z.object({ problem: z.enum(rowProblems).optional(), language: z.enum(languages).default('en') }),
    audit: {},
    download: true,
    answer: z.string(),
  },
  importStart: act('start', 'Begin to take the lines in, or go on after a pause'),
  importPause: act('pause', 'Hold an import that is running'),
  importCancel: act('cancel', 'End an import; contacts that were taken in stay'),
  importRemove: {
    method: 'DELETE',
    path: '/imports/{id}',
    access: operator,
    summary: 'Forget an import that is not running; contacts stay',
    params: idParam,
    answer: done,
  },
});
