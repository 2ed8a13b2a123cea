import type { Migration } from './migration.ts';

/**
 * People: whom an administrator shut out, the language that a person reads, second factors, and sessions that can be named
 * in a list. Who is signed in stays so.
 */
export const people: Migration = {
  version: 14,
  name: 'people',
  up: (db) => {
    db.exec(`
ALTER TABLE user ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN language TEXT;
ALTER TABLE user ADD COLUMN signed_in_at INTEGER;

CREATE TABLE session_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  token_hash TEXT NOT NULL UNIQUE,
  user_id INTEGER NOT NULL REFERENCES user(id),
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  address TEXT,
  agent TEXT
) STRICT;
INSERT INTO session_new (token_hash, user_id, created_at, seen_at, expires_at)
  SELECT token_hash, user_id, created_at, created_at, expires_at FROM session;
DROP TABLE session;
ALTER TABLE session_new RENAME TO session;
CREATE INDEX session_expiry ON session (expires_at);
CREATE INDEX session_by_user ON session (user_id, id);

-- One time-based code generator a person; it counts once it is confirmed. No code up to last_step is taken again.
CREATE TABLE second_factor (
  user_id INTEGER PRIMARY KEY REFERENCES user(id),
  secret TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  confirmed_at INTEGER,
  last_step INTEGER NOT NULL DEFAULT 0
) STRICT;
-- Codes for who lost the generator, as keyed hashes; a used one is gone.
CREATE TABLE recovery_code (
  user_id INTEGER NOT NULL REFERENCES user(id),
  hash TEXT NOT NULL,
  PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;
`);
  },
};
