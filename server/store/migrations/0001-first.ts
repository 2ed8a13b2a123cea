import type { Migration } from './migration.ts';

/**
 * The first schema. Times are milliseconds UTC, numbers of subscribers are TEXT, credits are integers.
 *
 * `recipient` carries no index on `message_id`: the recipients of one message have consecutive ids, from
 * `message.first_recipient_id` on. Fresh recipients are served by the message's `next_recipient_id`, so the only
 * indexes on `recipient` are partial ones over the few rows that are to be tried again.
 */
export const firstSchema: Migration = {
  version: 1,
  name: 'first schema',
  up: (db) => {
    db.exec(`
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  balance INTEGER NOT NULL DEFAULT 0,
  metered INTEGER NOT NULL DEFAULT 1,
  suspended INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO account (id, name, created_at) VALUES (1, 'Main', 0);

CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  change INTEGER NOT NULL,
  balance INTEGER NOT NULL,
  cause TEXT NOT NULL,
  message_id INTEGER,
  note TEXT,
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_by_account ON ledger (account_id, id);

CREATE TABLE api_key (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE,
  display TEXT NOT NULL,
  scopes TEXT NOT NULL,
  ips TEXT NOT NULL,
  rpm INTEGER,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  revoked_at INTEGER,
  last_used_at INTEGER,
  last_used_ip TEXT
) STRICT;

CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  password TEXT NOT NULL,
  role TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER
) STRICT;
CREATE TABLE session (
  token_hash TEXT PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user(id),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_expiry ON session (expires_at);

CREATE TABLE sender (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  UNIQUE (account_id, name)
) STRICT;
CREATE TABLE blocked_number (
  account_id INTEGER NOT NULL,
  msisdn TEXT NOT NULL,
  cause TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, msisdn)
) STRICT, WITHOUT ROWID;

CREATE TABLE carrier (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL,
  config TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE message (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL,
  key_id INTEGER,
  kind TEXT NOT NULL,
  lane INTEGER NOT NULL,
  origin TEXT NOT NULL,
  text TEXT NOT NULL,
  client_ref TEXT,
  state TEXT NOT NULL,
  segments INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  first_recipient_id INTEGER NOT NULL,
  recipient_count INTEGER NOT NULL,
  next_recipient_id INTEGER NOT NULL,
  queued_count INTEGER NOT NULL,
  sending_count INTEGER NOT NULL DEFAULT 0,
  sent_count INTEGER NOT NULL DEFAULT 0,
  success_count INTEGER NOT NULL DEFAULT 0,
  failed_count INTEGER NOT NULL DEFAULT 0,
  expired_count INTEGER NOT NULL DEFAULT 0,
  blocked_count INTEGER NOT NULL DEFAULT 0,
  cancelled_count INTEGER NOT NULL DEFAULT 0,
  unknown_count INTEGER NOT NULL DEFAULT 0,
  open_count INTEGER NOT NULL,
  handed_count INTEGER NOT NULL DEFAULT 0,
  refunded_count INTEGER NOT NULL DEFAULT 0,
  scheduled_at INTEGER,
  expires_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  completed_at INTEGER
) STRICT;
CREATE INDEX message_by_account ON message (account_id, id);
-- Messages with recipients never claimed yet: the queue that carriers pull from.
CREATE INDEX message_queue ON message (lane, id)
  WHERE state IN ('pending', 'sending') AND next_recipient_id < first_recipient_id + recipient_count;
CREATE INDEX message_due ON message (scheduled_at) WHERE state = 'scheduled';
-- Messages that are under way, for the end of their validity and the end of waiting for their reports.
CREATE INDEX message_open ON message (expires_at) WHERE state IN ('pending', 'sending');
-- Large requests whose recipients are being written in slices; what a crash leaves here is swept at start.
CREATE TABLE staging (
  message_id INTEGER PRIMARY KEY,
  first_recipient_id INTEGER NOT NULL,
  recipient_count INTEGER NOT NULL
) STRICT;


CREATE TABLE recipient (
  id INTEGER PRIMARY KEY,
  message_id INTEGER NOT NULL,
  msisdn TEXT NOT NULL,
  state TEXT NOT NULL,
  segments INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  text TEXT,
  refunded INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  carrier_id INTEGER,
  error_code TEXT,
  error_message TEXT,
  retry_lane INTEGER,
  retry_at INTEGER,
  sent_at INTEGER,
  delivered_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX recipient_retry ON recipient (retry_lane, retry_at, id) WHERE retry_lane IS NOT NULL;

-- The journal: one row for each part each time it is handed to a carrier, written before the hand-over.
CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  recipient_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  carrier_id INTEGER NOT NULL,
  part INTEGER NOT NULL,
  part_count INTEGER NOT NULL,
  state TEXT NOT NULL,
  reference TEXT,
  code TEXT,
  detail TEXT,
  handed_at INTEGER NOT NULL,
  answered_at INTEGER,
  report TEXT,
  report_code TEXT,
  reported_at INTEGER
) STRICT;
CREATE INDEX submission_by_recipient ON submission (recipient_id);
CREATE INDEX submission_handing ON submission (id) WHERE state = 'handing';
CREATE INDEX submission_awaiting ON submission (carrier_id, reference) WHERE state = 'accepted';
CREATE INDEX submission_uncertain ON submission (carrier_id) WHERE state = 'uncertain';

-- Delivery reports that came before the answer they belong to, or that nobody knows.
CREATE TABLE orphan_report (
  id INTEGER PRIMARY KEY,
  carrier_id INTEGER NOT NULL,
  reference TEXT NOT NULL,
  msisdn TEXT,
  verdict TEXT NOT NULL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  network_at INTEGER,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX orphan_report_by_reference ON orphan_report (carrier_id, reference);
CREATE INDEX orphan_report_age ON orphan_report (received_at);

CREATE TABLE inbound (
  id INTEGER PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  account_id INTEGER NOT NULL,
  carrier_id INTEGER NOT NULL,
  sender TEXT NOT NULL,
  receiver TEXT,
  text TEXT NOT NULL,
  complete INTEGER NOT NULL DEFAULT 1,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbound_by_account ON inbound (account_id, id);
CREATE TABLE inbound_part (
  fingerprint TEXT PRIMARY KEY,
  carrier_id INTEGER NOT NULL,
  sender TEXT NOT NULL,
  reference INTEGER,
  part INTEGER,
  part_count INTEGER,
  text TEXT NOT NULL,
  raw TEXT,
  sent_at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  inbound_id INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX inbound_part_open ON inbound_part (carrier_id, sender, reference, part_count) WHERE inbound_id IS NULL;
CREATE INDEX inbound_part_age ON inbound_part (received_at);

CREATE TABLE webhook_endpoint (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  url TEXT NOT NULL,
  events TEXT NOT NULL,
  secret TEXT NOT NULL,
  old_secret TEXT,
  old_secret_until INTEGER,
  state TEXT NOT NULL,
  reason TEXT,
  failing_since INTEGER,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;
CREATE TABLE event (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  recipient_id INTEGER,
  message_id INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE delivery (
  id INTEGER PRIMARY KEY,
  event_id INTEGER NOT NULL,
  endpoint_id INTEGER NOT NULL,
  recipient_id INTEGER,
  state TEXT NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  next_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX delivery_due ON delivery (endpoint_id, next_at, id) WHERE state = 'pending';
CREATE INDEX delivery_by_recipient ON delivery (recipient_id) WHERE recipient_id IS NOT NULL;
CREATE INDEX delivery_log ON delivery (endpoint_id, id);
CREATE TABLE delivery_attempt (
  id INTEGER PRIMARY KEY,
  delivery_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  status INTEGER,
  error TEXT,
  duration_ms INTEGER NOT NULL,
  answer TEXT
) STRICT;
CREATE INDEX delivery_attempt_by_delivery ON delivery_attempt (delivery_id);
`);
  },
};
