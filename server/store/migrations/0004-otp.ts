import type { Migration } from './migration.ts';

/**
 * One-time codes: the code itself only as a keyed hash, and its text sealed until the message is handed over. The codes of
 * the last minutes are counted by number and by the beginning of numbers, so the index begins with the number.
 */
export const otp: Migration = {
  version: 4,
  name: 'one-time codes',
  up: (db) => {
    db.exec(`
CREATE TABLE otp (
  message_id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  reference TEXT NOT NULL UNIQUE,
  msisdn TEXT NOT NULL,
  code_hash TEXT NOT NULL,
  sealed_text TEXT,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  tried_at INTEGER
) STRICT;
CREATE INDEX otp_by_number ON otp (msisdn, created_at);
CREATE INDEX otp_age ON otp (expires_at);
`);
  },
};
