import type Database from 'better-sqlite3';

/** One step of the schema. It sees the database handle only, so that it means the same for ever. */
export interface Migration {
  /** The `user_version` that the database has afterwards. */
  readonly version: number;
  readonly name: string;
  readonly up: (db: Database.Database) => void;
}
