import type { Migration } from './migration.ts';

/**
 * The index for the ends of validity and of waiting holds every message that has an open recipient and is let go,
 * whatever its state: one recipient of a completed message may have been sent again on a person's word.
 */
export const openMessages: Migration = {
  version: 8,
  name: 'open messages',
  up: (db) => {
    db.exec(`
DROP INDEX message_open;
CREATE INDEX message_open ON message (expires_at) WHERE open_count > 0 AND state <> 'scheduled';
`);
  },
};
