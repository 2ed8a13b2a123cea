import type { Migration } from './migration.ts';

/**
 * The address book of each account, and templates. `contact_word` has each word of a name, so that a name is found by the
 * beginning of any of them. Counts of contacts and members are kept, never counted.
 */
export const addressBook: Migration = {
  version: 15,
  name: 'address book and templates',
  up: (db) => {
    db.exec(`
ALTER TABLE account ADD COLUMN contact_count INTEGER NOT NULL DEFAULT 0;
CREATE TABLE contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  msisdn TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  fields TEXT NOT NULL,
  note TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX contact_by_number ON contact (account_id, msisdn);
CREATE INDEX contact_by_name ON contact (account_id, name_key, id);
CREATE TABLE contact_word (
  account_id INTEGER NOT NULL,
  word TEXT NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (account_id, word, contact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE contact_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  member_count INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  UNIQUE (account_id, name)
) STRICT;
CREATE TABLE group_member (
  group_id INTEGER NOT NULL,
  contact_id INTEGER NOT NULL,
  PRIMARY KEY (group_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_member_by_contact ON group_member (contact_id, group_id);

-- A file that was read and is to be, is being or was taken into the address book; its rows up to position are done.
CREATE TABLE contact_import (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account(id),
  file_name TEXT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  columns TEXT NOT NULL DEFAULT '[]',
  groups TEXT NOT NULL DEFAULT '[]',
  existing TEXT NOT NULL DEFAULT 'update',
  row_count INTEGER NOT NULL DEFAULT 0,
  problem_count INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL DEFAULT 0,
  done_count INTEGER NOT NULL DEFAULT 0,
  created_count INTEGER NOT NULL DEFAULT 0,
  updated_count INTEGER NOT NULL DEFAULT 0,
  skipped_count INTEGER NOT NULL DEFAULT 0,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  finished_at INTEGER
) STRICT;
CREATE INDEX contact_import_by_account ON contact_import (account_id, id);
CREATE INDEX contact_import_running ON contact_import (id) WHERE state = 'running';
CREATE INDEX contact_import_reading ON contact_import (id) WHERE state = 'reading';
CREATE INDEX contact_import_age ON contact_import (created_at);
CREATE TABLE contact_import_row (
  import_id INTEGER NOT NULL,
  line INTEGER NOT NULL,
  cells TEXT NOT NULL,
  msisdn TEXT,
  problem TEXT,
  same_as INTEGER,
  PRIMARY KEY (import_id, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_import_problem ON contact_import_row (import_id, line) WHERE problem IS NOT NULL;

CREATE TABLE template (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account(id),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  purposes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (account_id, name)
) STRICT;
`);
  },
};
