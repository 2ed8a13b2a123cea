import type { Migration } from './migration.ts';

/** How long the queue was, and how old, at the worst moment of each hour; hours in which nothing waited have no row. */
export const queueHours: Migration = {
  version: 23,
  name: 'the queue by hours',
  up: (db) => {
    db.exec(`
CREATE TABLE queue_hour (
  hour INTEGER PRIMARY KEY,
  queued INTEGER NOT NULL,
  oldest_ms INTEGER NOT NULL
) STRICT;
`);
  },
};
