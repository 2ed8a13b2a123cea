/** Rows of the address book as SQLite gives them. */

export interface ContactRecord {
  readonly id: number;
  readonly account_id: number;
  readonly msisdn: string;
  readonly name: string;
  /** How it is sorted and compared: the folded name, or the number where there is no name. */
  readonly name_key: string;
  /** JSON object of texts. */
  readonly fields: string;
  readonly note: string;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface GroupRecord {
  readonly id: number;
  readonly account_id: number;
  readonly name: string;
  readonly member_count: number;
  readonly created_at: number;
}

/** What a file is read for: to become contacts, or to be sent to. */
export type ImportPurpose = 'contacts' | 'sending';

export type ImportState = 'reading' | 'ready' | 'running' | 'paused' | 'done' | 'cancelled';

export interface ImportRecord {
  readonly id: number;
  readonly account_id: number;
  readonly file_name: string;
  readonly kind: string;
  readonly purpose: ImportPurpose;
  readonly state: ImportState;
  /** JSON, as `services/address-book/import-columns.ts` has it. */
  readonly columns: string;
  /** JSON list of group ids. */
  readonly groups: string;
  readonly existing: string;
  readonly row_count: number;
  readonly problem_count: number;
  /** JSON: how many lines have which problem. */
  readonly problem_kinds: string;
  /** How a file of text is written; null for a workbook. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  /** Whether its first row names the columns. */
  readonly has_header: number | null;
  /** The last line that is done. */
  readonly position: number;
  readonly done_count: number;
  readonly created_count: number;
  readonly updated_count: number;
  readonly skipped_count: number;
  readonly created_by: string;
  readonly created_at: number;
  readonly started_at: number | null;
  readonly finished_at: number | null;
}

export interface ImportRowRecord {
  readonly line: number;
  /** JSON list of texts. */
  readonly cells: string;
  readonly msisdn: string | null;
  readonly problem: string | null;
  /** The line that has the same number. */
  readonly same_as: number | null;
}
