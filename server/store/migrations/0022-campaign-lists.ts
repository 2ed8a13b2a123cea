import type { Migration } from './migration.ts';

/** Campaigns are listed by state; a file that is only sent to is no import of contacts. */
export const campaignLists: Migration = {
  version: 22,
  name: 'lists of campaigns',
  up: (db) => {
    db.exec(`
CREATE INDEX campaign_by_state ON campaign (state, id);
CREATE INDEX campaign_by_account_state ON campaign (account_id, state, id);
ALTER TABLE contact_import ADD COLUMN purpose TEXT NOT NULL DEFAULT 'contacts';
`);
  },
};
