import type { Migration } from './migration.ts';

/**
 * What history is searched by. `recipient_number`, `message_origin` and `message_block` are filled behind the writing of
 * messages (store/history-index.ts), everything below the ids in `history_mark`; what is newer is read from the tables
 * themselves. `message_origin` has each message twice: under its account, and under account 0 for the whole box.
 * The partial indexes hold only messages that are few: those with a reference of the caller's, and those in rare states.
 */
export const history: Migration = {
  version: 5,
  name: 'history',
  up: (db) => {
    db.exec(`
CREATE TABLE recipient_number (
  slice INTEGER NOT NULL,
  msisdn TEXT NOT NULL,
  recipient_id INTEGER NOT NULL,
  PRIMARY KEY (slice, msisdn, recipient_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE message_origin (
  account_id INTEGER NOT NULL,
  origin TEXT NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, origin, message_id)
) STRICT, WITHOUT ROWID;
-- When the messages of one block of ids were made: from the first to the last time among them.
CREATE TABLE message_block (
  block INTEGER PRIMARY KEY,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL
) STRICT;
CREATE TABLE history_mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  recipient_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL
) STRICT;
INSERT INTO history_mark (id, recipient_id, message_id) VALUES (1, 0, 0);

CREATE INDEX message_by_client_ref ON message (client_ref, id) WHERE client_ref IS NOT NULL;
-- Said with OR: three values in an IN would make SQLite build a table of them at every write of a message.
CREATE INDEX message_rare ON message (account_id, state, id)
  WHERE state = 'scheduled' OR state = 'failed' OR state = 'cancelled';
CREATE INDEX message_rare_in_box ON message (state, id)
  WHERE state = 'scheduled' OR state = 'failed' OR state = 'cancelled';

DROP INDEX inbound_by_account;
CREATE INDEX inbound_by_time ON inbound (account_id, received_at);
CREATE INDEX inbound_by_sender ON inbound (account_id, sender, received_at);
-- The message that a received text most likely answers.
ALTER TABLE inbound ADD COLUMN reply_to INTEGER;
`);
  },
};
