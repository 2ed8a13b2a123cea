import type { Migration } from './migration.ts';

/** Credits as a service: the threshold of an account, orders, and the order that a ledger entry belongs to. */
export const credits: Migration = {
  version: 6,
  name: 'thresholds and orders of credits',
  up: (db) => {
    db.exec(`
ALTER TABLE account ADD COLUMN low_credit_threshold INTEGER;
ALTER TABLE ledger ADD COLUMN order_id INTEGER;
CREATE TABLE credit_order (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  credits INTEGER NOT NULL CHECK (credits > 0),
  state TEXT NOT NULL,
  note TEXT,
  requested_by TEXT NOT NULL,
  requested_at INTEGER NOT NULL,
  decided_by TEXT,
  decided_at INTEGER,
  reason TEXT
) STRICT;
CREATE INDEX credit_order_by_account ON credit_order (account_id, id);
CREATE INDEX credit_order_by_state ON credit_order (state, id);
`);
  },
};
