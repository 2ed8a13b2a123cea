import type { Migration } from './migration.ts';

/**
 * What guards sending. Sender names get purposes and the reason of a rejection; those that were approved before may be
 * used for everything. `recent_text` holds, while that guard is on, what goes to which number when: `digest` is of
 * account and text, `at` the time of sending.
 */
export const guards: Migration = {
  version: 7,
  name: 'guards of sending',
  up: (db) => {
    db.exec(`
ALTER TABLE sender ADD COLUMN purposes TEXT NOT NULL DEFAULT 'marketing,otp';
ALTER TABLE sender ADD COLUMN reason TEXT;
CREATE TABLE link_host (
  account_id INTEGER NOT NULL,
  host TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, host)
) STRICT, WITHOUT ROWID;
CREATE TABLE recent_text (
  recipient_id INTEGER PRIMARY KEY,
  msisdn TEXT NOT NULL,
  digest TEXT NOT NULL,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX recent_text_by_number ON recent_text (msisdn, digest, at);
CREATE INDEX recent_text_age ON recent_text (at);
`);
  },
};
