import type { Migration } from './migration.ts';

/** When the report of an accepted hand-over is asked for next; null where reports come by themselves alone. */
export const reportAsks: Migration = {
  version: 20,
  name: 'asking for reports',
  up: (db) => {
    db.exec(`
ALTER TABLE submission ADD COLUMN ask_at INTEGER;
CREATE INDEX submission_asking ON submission (carrier_id, ask_at) WHERE state = 'accepted' AND ask_at IS NOT NULL;
`);
  },
};
