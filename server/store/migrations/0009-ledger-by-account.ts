import type { Migration } from './migration.ts';

/** The ledger in one tree, in the order in which it is read: an entry is written with every message. */
export const ledgerByAccount: Migration = {
  version: 9,
  name: 'ledger by account',
  up: (db) => {
    db.exec(`
CREATE TABLE ledger_by_account_new (
  account_id INTEGER NOT NULL REFERENCES account(id),
  id INTEGER NOT NULL,
  change INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  cause TEXT NOT NULL,
  message_id INTEGER,
  order_id INTEGER,
  note TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
INSERT INTO ledger_by_account_new (account_id, id, change, balance, cause, message_id, order_id, note, at)
  SELECT account_id, id, change, balance, cause, message_id, order_id, note, at FROM ledger;
DROP TABLE ledger;
ALTER TABLE ledger_by_account_new RENAME TO ledger;
`);
  },
};
