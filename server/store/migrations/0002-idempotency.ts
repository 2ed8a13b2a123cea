import type { Migration } from './migration.ts';

/** Answers by `Idempotency-Key`, written in the transaction of the message they belong to. */
export const idempotency: Migration = {
  version: 2,
  name: 'idempotency keys',
  up: (db) => {
    db.exec(`
CREATE TABLE idempotency (
  key_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (key_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_age ON idempotency (created_at);
`);
  },
};
