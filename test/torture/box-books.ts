/** Reads the database of a stopped box, past the box's own code: the third book. */

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

const messageRow = z.object({
  id: z.number(),
  uuid: z.string(),
  account_id: z.number(),
  client_ref: z.string(),
  state: z.string(),
  credit: z.number(),
  first_recipient_id: z.number(),
  recipient_count: z.number(),
  open_count: z.number(),
  handed_count: z.number(),
  refunded_count: z.number(),
  queued_count: z.number(),
  sending_count: z.number(),
  sent_count: z.number(),
  success_count: z.number(),
  failed_count: z.number(),
  expired_count: z.number(),
  blocked_count: z.number(),
  cancelled_count: z.number(),
  unknown_count: z.number(),
});
const recipientRow = z.object({
  id: z.number(),
  message_id: z.number(),
  msisdn: z.string(),
  state: z.string(),
  segments: z.number(),
  credit: z.number(),
  refunded: z.number(),
  error_code: z.string().nullable(),
  finished_at: z.number().nullable(),
});
const submissionRow = z.object({ recipient_id: z.number(), part: z.number(), state: z.string() });
const accountRow = z.object({ id: z.number(), balance: z.number(), sum: z.number(), added: z.number() });

export type MessageRow = z.infer<typeof messageRow>;
export type RecipientRow = z.infer<typeof recipientRow>;

export const recipientStates = [
  'queued',
  'sending',
  'sent',
  'success',
  'failed',
  'expired',
  'blocked',
  'cancelled',
  'unknown',
] as const;

export interface BoxBooks {
  readonly integrity: string;
  readonly messages: readonly MessageRow[];
  readonly recipients: readonly RecipientRow[];
  readonly accounts: readonly z.infer<typeof accountRow>[];
  /** Rows of large requests that were never finished. */
  readonly staged: number;
  /** Hand-overs in the journal, by recipient and part: their states in order. */
  readonly journal: ReadonlyMap<string, readonly string[]>;
  /** Delivery reports that found no owner. */
  readonly orphans: number;
}

export function journalKey(recipientId: number, part: number): string {
  return `${recipientId}/${part}`;
}

export function readBooks(dataDir: string): BoxBooks {
  const db = new Database(join(dataDir, 'box.db'), { readonly: true, fileMustExist: true });
  try {
    const rows = <T>(schema: z.ZodType<T>, sql: string): T[] => z.array(schema).parse(db.prepare(sql).all());
    const count = (table: string): number =>
      rows(z.object({ n: z.number() }), `SELECT COUNT(*) AS n FROM ${table}`)[0]?.n ?? 0;
    const journal = new Map<string, string[]>();
    for (const row of rows(submissionRow, 'SELECT recipient_id, part, state FROM submission ORDER BY id')) {
      const key = journalKey(row.recipient_id, row.part);
      const states = journal.get(key);
      if (states === undefined) journal.set(key, [row.state]);
      else states.push(row.state);
    }
    return {
      integrity: z.string().parse(db.pragma('integrity_check', { simple: true })),
      messages: rows(messageRow, 'SELECT * FROM message ORDER BY id'),
      recipients: rows(recipientRow, 'SELECT * FROM recipient ORDER BY id'),
      accounts: rows(
        accountRow,
        `SELECT a.id, a.balance, COALESCE(SUM(l.change), 0) AS sum,
          COALESCE(SUM(l.change) FILTER (WHERE l.cause = 'added'), 0) AS added
          FROM account a LEFT JOIN ledger l ON l.account_id = a.id GROUP BY a.id`,
      ),
      staged: count('staging'),
      journal,
      orphans: count('orphan_report'),
    };
  } finally {
    db.close();
  }
}

/** How many recipients still have a way to go, by state; of a box that may be running. Scheduled ones do not count. */
export function unfinished(dataDir: string): { readonly waiting: number; readonly sent: number } {
  const db = new Database(join(dataDir, 'box.db'), { readonly: true, fileMustExist: true });
  try {
    const row: unknown = db
      .prepare(
        `SELECT COALESCE(SUM(queued_count + sending_count), 0) AS waiting, COALESCE(SUM(sent_count), 0) AS sent
          FROM message WHERE state <> 'scheduled'`,
      )
      .get();
    return z.object({ waiting: z.number(), sent: z.number() }).parse(row);
  } finally {
    db.close();
  }
}

export function countRows(dataDir: string, table: 'message' | 'recipient' | 'staging'): number {
  const db = new Database(join(dataDir, 'box.db'), { readonly: true, fileMustExist: true });
  try {
    return z.number().parse(db.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get());
  } finally {
    db.close();
  }
}
