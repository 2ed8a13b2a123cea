import type { Migration } from './migration.ts';

/** What happened in each hour, by account and carrier, so that no figure of a day counts rows. */
export const hourCounts: Migration = {
  version: 17,
  name: 'counts of hours',
  up: (db) => {
    db.exec(`
CREATE TABLE hour_count (
  hour INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  carrier_id INTEGER NOT NULL,
  accepted INTEGER NOT NULL DEFAULT 0,
  sent INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  failed INTEGER NOT NULL DEFAULT 0,
  unknown INTEGER NOT NULL DEFAULT 0,
  codes INTEGER NOT NULL DEFAULT 0,
  codes_ms INTEGER NOT NULL DEFAULT 0,
  codes_ms_most INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (hour, account_id, carrier_id)
) STRICT, WITHOUT ROWID;
`);
  },
};
