import type { Migration } from './migration.ts';

/**
 * What people did. Each row of `audit` holds the hash of itself and of the row before; `audit_head` tells where the
 * log ends, under a seal that only the master key makes. `audit_open` holds what was begun and has no outcome yet.
 */
export const audit: Migration = {
  version: 12,
  name: 'audit log',
  up: (db) => {
    db.exec(`
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  role TEXT,
  address TEXT NOT NULL,
  operation TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL,
  outcome TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE INDEX audit_by_time ON audit (at);
CREATE INDEX audit_by_user ON audit (who, at);
CREATE INDEX audit_by_operation ON audit (operation, at);
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'a row of the audit log is never changed'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'a row of the audit log is never removed'); END;
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  row INTEGER NOT NULL,
  hash TEXT NOT NULL,
  seal TEXT NOT NULL
) STRICT;
CREATE TABLE audit_open (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  who TEXT NOT NULL,
  role TEXT,
  address TEXT NOT NULL,
  operation TEXT NOT NULL,
  target TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;
`);
  },
};
