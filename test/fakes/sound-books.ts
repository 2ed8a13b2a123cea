import { expect } from 'vitest';
import type { StoreBox } from './store-box.ts';

const handedStates = new Set(['accepted', 'reported', 'unreported', 'uncertain']);

/** What must hold whatever happened: books, counters, and nobody both given back and handed over. */
export function expectSound(box: StoreBox, id: number): void {
  expect(box.stores.accounts.ledgerMismatches()).toEqual([]);
  const message = box.message(id);
  const rows = box.recipients(id);
  const journal = box.journal();
  const count = (state: string) => rows.filter((row) => row.state === state).length;
  expect(message).toMatchObject({
    queued_count: count('queued'),
    sending_count: count('sending'),
    sent_count: count('sent'),
    success_count: count('success'),
    failed_count: count('failed'),
    expired_count: count('expired'),
    blocked_count: count('blocked'),
    cancelled_count: count('cancelled'),
    unknown_count: count('unknown'),
    open_count: rows.filter((row) => row.finished_at === null).length,
    refunded_count: rows.filter((row) => row.refunded > 0).length,
  });
  for (const row of rows) {
    const handed = journal.some((entry) => entry.recipient_id === row.id && handedStates.has(entry.state));
    if (row.state === 'cancelled')
      expect({ handed, refunded: row.refunded }).toEqual({ handed: false, refunded: row.credit });
    else if (handed && row.state !== 'failed' && row.state !== 'expired') expect(row.refunded).toBe(0);
  }
  expect(message.cancelled_credit).toBe(
    rows.filter((row) => row.state === 'cancelled').reduce((sum, row) => sum + row.refunded, 0),
  );
  const ended = message.open_count === 0;
  expect(message.completed_at !== null).toBe(ended);
}
