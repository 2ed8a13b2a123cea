import type { Migration } from './migration.ts';

/** How the file of an import was read, and how many of its lines have which problem; null for those read before. */
export const importReport: Migration = {
  version: 21,
  name: 'how imports were read',
  up: (db) => {
    db.exec(`
ALTER TABLE contact_import ADD COLUMN encoding TEXT;
ALTER TABLE contact_import ADD COLUMN delimiter TEXT;
ALTER TABLE contact_import ADD COLUMN has_header INTEGER;
ALTER TABLE contact_import ADD COLUMN problem_kinds TEXT NOT NULL DEFAULT '{}';
`);
  },
};
