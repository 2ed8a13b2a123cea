import type { Migration } from './migration.ts';

/**
 * Counters of every hour; campaigns and schedules. A message of a campaign that is held is out of the queue: its
 * `next_recipient_id` stands at its end and `held_from` keeps the place where it goes on, so nothing that serves the queue
 * has to look for it. While it is held its validity does not run: `expires_at` lies a year later than it would.
 */
export const campaigns: Migration = {
  version: 16,
  name: 'counters, campaigns and schedules',
  up: (db) => {
    db.exec(`
-- What happened in the hour that began at hour; carrier 0 for what no carrier had.
CREATE TABLE hour_count (
  hour INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  carrier_id INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  failed INTEGER NOT NULL,
  expired INTEGER NOT NULL,
  blocked INTEGER NOT NULL,
  cancelled INTEGER NOT NULL,
  unknown INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  credits INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  otp_sent INTEGER NOT NULL,
  otp_latency INTEGER NOT NULL,
  otp_latency_max INTEGER NOT NULL,
  PRIMARY KEY (hour, account_id, carrier_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE message ADD COLUMN campaign_id INTEGER;
ALTER TABLE message ADD COLUMN held_from INTEGER;
ALTER TABLE message ADD COLUMN held_at INTEGER;
CREATE INDEX message_by_campaign ON message (campaign_id, id) WHERE campaign_id IS NOT NULL;

CREATE TABLE campaign (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  origin TEXT NOT NULL,
  text TEXT NOT NULL,
  priority TEXT NOT NULL,
  missing TEXT NOT NULL,
  audience TEXT NOT NULL,
  scheduled_at INTEGER,
  -- How far its audience was made into messages: the place in the list of sources, and the last of it; null when all was.
  source INTEGER,
  after INTEGER NOT NULL DEFAULT 0,
  recipient_count INTEGER NOT NULL DEFAULT 0,
  skipped_count INTEGER NOT NULL DEFAULT 0,
  problem TEXT,
  problem_code TEXT,
  schedule_id INTEGER,
  slot INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  finished_at INTEGER
) STRICT;
CREATE INDEX campaign_by_account ON campaign (account_id, id);
CREATE INDEX campaign_by_schedule ON campaign (schedule_id, id) WHERE schedule_id IS NOT NULL;
CREATE INDEX campaign_preparing ON campaign (id) WHERE state = 'preparing';
CREATE INDEX campaign_sending ON campaign (id) WHERE state = 'sending';
CREATE INDEX campaign_cancelling ON campaign (id) WHERE state = 'cancelling';

CREATE TABLE schedule (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  cron TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  origin TEXT NOT NULL,
  text TEXT,
  template_id INTEGER,
  priority TEXT NOT NULL,
  missing TEXT NOT NULL,
  audience TEXT NOT NULL,
  next_at INTEGER,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX schedule_by_account ON schedule (account_id, id);
CREATE INDEX schedule_due ON schedule (next_at) WHERE state = 'active' AND next_at IS NOT NULL;
-- One row a slot, so that no slot is served twice.
CREATE TABLE schedule_run (
  schedule_id INTEGER NOT NULL,
  slot INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  note TEXT,
  campaign_id INTEGER,
  at INTEGER NOT NULL,
  PRIMARY KEY (schedule_id, slot)
) STRICT, WITHOUT ROWID;
`);
  },
};
