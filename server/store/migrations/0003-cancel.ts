import type { Migration } from './migration.ts';

/**
 * What cancelling remembers of a message: the first recipient that is still to be looked at, until all were, and the
 * credits it gave back. A cancelled message whose last recipients are under way is open like any other, so the index for
 * the ends of validity and of waiting holds it as well.
 */
export const cancel: Migration = {
  version: 3,
  name: 'cancelling',
  up: (db) => {
    db.exec(`
ALTER TABLE message ADD COLUMN cancel_from INTEGER;
ALTER TABLE message ADD COLUMN cancelled_credit INTEGER NOT NULL DEFAULT 0;
CREATE INDEX message_cancelling ON message (id) WHERE cancel_from IS NOT NULL;
DROP INDEX message_open;
CREATE INDEX message_open ON message (expires_at)
  WHERE state IN ('pending', 'sending') OR (state = 'cancelled' AND open_count > 0);
`);
  },
};
