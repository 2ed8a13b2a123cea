import type { Migration } from './migration.ts';

/**
 * Keyword rules, what the box answers by itself, and which received texts a person has read. What came before counts as
 * read. `inbound_answer` is written in the transaction of its text and worked off afterwards; its own text is wiped then.
 * `answer_streak` counts answers to a number that were never interrupted by silence.
 */
export const keywordRules: Migration = {
  version: 13,
  name: 'keyword rules',
  up: (db) => {
    db.exec(`
CREATE TABLE keyword_rule (
  id INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  enabled INTEGER NOT NULL DEFAULT 1,
  match TEXT NOT NULL,
  keywords TEXT NOT NULL,
  carriers TEXT NOT NULL,
  answers_account_id INTEGER,
  hours TEXT NOT NULL DEFAULT '',
  account_id INTEGER,
  reply TEXT,
  reply_origin TEXT,
  forward_to TEXT,
  endpoint_id INTEGER,
  created_at INTEGER NOT NULL
) STRICT;

ALTER TABLE inbound ADD COLUMN rule TEXT;
ALTER TABLE inbound ADD COLUMN read_at INTEGER;
UPDATE inbound SET read_at = received_at;
CREATE INDEX inbound_in_box ON inbound (received_at);
CREATE INDEX inbound_of_sender ON inbound (sender, received_at);
CREATE INDEX inbound_unread ON inbound (received_at) WHERE read_at IS NULL;

CREATE TABLE inbound_answer (
  id INTEGER PRIMARY KEY,
  inbound_id INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  sender TEXT NOT NULL,
  recipient TEXT NOT NULL,
  text TEXT NOT NULL,
  account_id INTEGER NOT NULL,
  origin TEXT,
  carrier_id INTEGER,
  message_uuid TEXT,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX inbound_answer_once ON inbound_answer (inbound_id, kind) WHERE kind <> 'manual';
CREATE INDEX inbound_answer_of ON inbound_answer (inbound_id);
CREATE INDEX inbound_answer_due ON inbound_answer (next_at, id) WHERE state = 'pending';
CREATE INDEX inbound_answer_recent ON inbound_answer (sender, kind, created_at) WHERE state <> 'refused';

CREATE TABLE answer_streak (
  sender TEXT NOT NULL,
  kind TEXT NOT NULL,
  answers INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  PRIMARY KEY (sender, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_streak_age ON answer_streak (last_at);
`);
  },
};
