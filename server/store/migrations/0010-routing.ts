import type { Migration } from './migration.ts';

/** Classes of traffic, by which messages are routed; routes; what SIMs have used of their quotas; carriers that rest. */
export const routing: Migration = {
  version: 10,
  name: 'routing',
  up: (db) => {
    db.exec(`
-- What routes look at: messages of one class go the same ways. Zero stands for no carrier.
CREATE TABLE traffic (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  origin TEXT NOT NULL,
  purpose TEXT NOT NULL,
  has_link INTEGER NOT NULL,
  prefix TEXT NOT NULL DEFAULT '',
  only_carrier_id INTEGER NOT NULL DEFAULT 0,
  begun_carrier_id INTEGER NOT NULL DEFAULT 0,
  UNIQUE (account_id, origin, purpose, has_link, prefix, only_carrier_id, begun_carrier_id)
) STRICT;

ALTER TABLE message ADD COLUMN traffic_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE recipient ADD COLUMN retry_traffic INTEGER;
INSERT INTO traffic (account_id, origin, purpose, has_link)
  SELECT DISTINCT account_id, origin, CASE lane WHEN 0 THEN 'otp' WHEN 3 THEN 'bulk' ELSE 'normal' END, 0
  FROM message WHERE open_count > 0;
UPDATE message SET traffic_id = (
  SELECT t.id FROM traffic t WHERE t.account_id = message.account_id AND t.origin = message.origin
  AND t.purpose = CASE message.lane WHEN 0 THEN 'otp' WHEN 3 THEN 'bulk' ELSE 'normal' END
) WHERE open_count > 0;
UPDATE recipient SET retry_traffic = (SELECT m.traffic_id FROM message m WHERE m.id = recipient.message_id)
  WHERE retry_lane IS NOT NULL;

DROP INDEX message_queue;
-- Messages with recipients never claimed yet: the queue that carriers pull from, each from its own classes.
CREATE INDEX message_queue ON message (lane, traffic_id, id)
  WHERE state IN ('pending', 'sending') AND next_recipient_id < first_recipient_id + recipient_count;
DROP INDEX recipient_retry;
CREATE INDEX recipient_retry ON recipient (retry_lane, retry_traffic, retry_at, id) WHERE retry_lane IS NOT NULL;

CREATE TABLE route (
  id INTEGER PRIMARY KEY,
  position INTEGER NOT NULL,
  name TEXT NOT NULL UNIQUE,
  enabled INTEGER NOT NULL DEFAULT 1,
  account_id INTEGER,
  origin TEXT,
  purpose TEXT,
  has_link INTEGER,
  prefixes TEXT NOT NULL DEFAULT '',
  hours TEXT NOT NULL DEFAULT '',
  mode TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE route_carrier (
  route_id INTEGER NOT NULL REFERENCES route(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  carrier_id INTEGER NOT NULL REFERENCES carrier(id),
  weight INTEGER NOT NULL,
  PRIMARY KEY (route_id, position)
) STRICT, WITHOUT ROWID;

-- Parts that a SIM, or a carrier without one, has sent in the window that began at starts_at.
CREATE TABLE quota_usage (
  subject TEXT NOT NULL,
  period TEXT NOT NULL,
  starts_at INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  PRIMARY KEY (subject, period)
) STRICT, WITHOUT ROWID;

ALTER TABLE carrier ADD COLUMN paused_at INTEGER;
`);
  },
};
