import type { Migration } from './migration.ts';

/**
 * Backups. A copy of the database carries its `backup_note`, so that a box which is started on one knows that it is one,
 * however it came to its place. `restoration` tells of each time that happened, and keeps the box from giving out again
 * ids that were given out between the backup and the restoring.
 */
export const backups: Migration = {
  version: 25,
  name: 'backups',
  up: (db) => {
    db.exec(`
CREATE TABLE backup_note (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  -- Null for a copy that no backup made.
  made_at INTEGER,
  key_mark TEXT
) STRICT;
CREATE TABLE restoration (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  made_at INTEGER,
  at INTEGER NOT NULL,
  -- Recipients, campaigns, slots of schedules and automatic answers that were waiting and were held.
  recipients INTEGER NOT NULL DEFAULT 0,
  campaigns INTEGER NOT NULL DEFAULT 0,
  slots INTEGER NOT NULL DEFAULT 0,
  answers INTEGER NOT NULL DEFAULT 0,
  message_floor INTEGER NOT NULL,
  recipient_floor INTEGER NOT NULL,
  done_at INTEGER
) STRICT;
-- The last try, when it failed.
CREATE TABLE backup_failure (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  at INTEGER NOT NULL,
  code TEXT NOT NULL,
  problem TEXT NOT NULL
) STRICT;
`);
  },
};
