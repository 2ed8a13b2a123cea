import type Database from 'better-sqlite3';
import type { AuditCall, AuditRecord } from '../domain/audit.ts';
import { AppError } from '../domain/errors.ts';
import { nextTurn } from '../platform/next-turn.ts';
import { chainHash, ChainWalk, emptyHead, type AuditHead, type ChainBreak } from './audit-chain.ts';
import type { CommitQueue } from './commit-queue.ts';

/** Makes the mark of a text that only the holder of the master key can make. */
export type AuditMark = (text: string) => string;

export interface AuditLook {
  readonly head: AuditHead;
  readonly broken: ChainBreak | null;
  /** Whether the head was written by this box's master key; then nobody without it wrote the log anew. */
  readonly sealed: boolean;
}

type SealedHead = AuditHead & { readonly seal: string };

const columns = 'at, who, role, address, operation, target, detail';
const rowsAtOnce = 500;
/** Lower than any row may be numbered. */
const lowestRow = -(2 ** 63);

/** The audit log: rows are added, hash-chained, and never changed or removed. */
export class AuditStore {
  readonly #queue: CommitQueue;
  readonly #mark: AuditMark;
  readonly #head: Database.Statement<[], SealedHead>;
  readonly #setHead: Database.Statement;
  readonly #insert: Database.Statement;
  readonly #open: Database.Statement;
  readonly #opened: Database.Statement<[number], AuditCall>;
  readonly #close: Database.Statement;
  readonly #left: Database.Statement<[number], { id: number }>;
  readonly #slice: Database.Statement<[number, number, number], AuditRecord>;
  readonly #beyond: Database.Statement<[number], { id: number }>;
  readonly #byId: Database.Statement<[number], { hash: string }>;

  constructor(db: Database.Database, queue: CommitQueue, mark: AuditMark) {
    this.#queue = queue;
    this.#mark = mark;
    this.#head = db.prepare('SELECT row, hash, seal FROM audit_head WHERE id = 1');
    this.#setHead = db.prepare(
      'INSERT INTO audit_head (id, row, hash, seal) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET row = excluded.row, hash = excluded.hash, seal = excluded.seal',
    );
    this.#insert = db.prepare(
      'INSERT INTO audit (id, at, who, role, address, operation, target, detail, outcome, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    this.#open = db.prepare(`INSERT INTO audit_open (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
    this.#opened = db.prepare(`SELECT ${columns} FROM audit_open WHERE id = ?`);
    this.#close = db.prepare('DELETE FROM audit_open WHERE id = ?');
    this.#left = db.prepare('SELECT id FROM audit_open WHERE id > ? ORDER BY id LIMIT 1');
    this.#slice = db.prepare('SELECT * FROM audit WHERE id > ? AND id <= ? ORDER BY id LIMIT ?');
    this.#beyond = db.prepare('SELECT id FROM audit WHERE id > ? ORDER BY id LIMIT 1');
    this.#byId = db.prepare('SELECT hash FROM audit WHERE id = ?');
  }

  /** Writes down what is about to be done; resolves with its number once it is on disk. */
  async begin(call: AuditCall): Promise<number> {
    const { at, who, role, address, operation, target, detail } = call;
    return await this.#queue.run(() =>
      Number(this.#open.run(at, who, role, address, operation, target, detail).lastInsertRowid),
    );
  }

  /** Puts what was begun into the log with its outcome, once; resolves with the new end of the log. */
  async end(
    begun: number,
    outcome: string,
    learnt: Partial<Pick<AuditCall, 'who' | 'role' | 'target'>> = {},
  ): Promise<AuditHead> {
    return await this.#queue.run(() => {
      const call = this.#opened.get(begun);
      if (call === undefined || this.#close.run(begun).changes !== 1)
        throw new AppError('internal.fault', 'A call was to be put into the audit log twice.');
      return this.#append({ ...call, ...learnt }, outcome);
    });
  }

  /** Puts into the log what was only tried: nothing was done, so nothing was begun. */
  async note(call: AuditCall, outcome: string): Promise<AuditHead> {
    return await this.#queue.run(() => this.#append(call, outcome));
  }

  /** Puts into the log what the box was doing when it last ended: nobody knows how far it came. */
  async endLeft(): Promise<number> {
    let ended = 0;
    for (let left = this.#left.get(0); left !== undefined; left = this.#left.get(left.id)) {
      await this.end(left.id, 'unknown');
      ended += 1;
    }
    return ended;
  }

  head(): AuditHead {
    return this.#head.get() ?? emptyHead;
  }

  /** The hash of a row, to be held against one that was noted elsewhere; null when there is no such row. */
  hashOf(row: number): string | null {
    return this.#byId.get(row)?.hash ?? null;
  }

  /** Follows the whole chain up to its present end, some rows at a time. */
  async verify(): Promise<AuditLook> {
    const head = this.#head.get();
    const end = head ?? emptyHead;
    const walk = new ChainWalk();
    let rows = this.#slice.all(lowestRow, end.row, rowsAtOnce);
    for (let last = rows.at(-1); last !== undefined && walk.broken === null; last = rows.at(-1)) {
      for (const row of rows) walk.add(row);
      await nextTurn();
      rows = this.#slice.all(last.id, end.row, rowsAtOnce);
    }
    const sealed = head === undefined || this.#markOf(head) === head.seal;
    return { head: end, broken: walk.finish(end, this.#beyond.get(this.head().row)?.id), sealed };
  }

  #append(call: AuditCall, outcome: string): AuditHead {
    const before = this.head();
    const row = { ...call, id: before.row + 1, outcome };
    const hash = chainHash(before.hash, row);
    const { id, at, who, role, address, operation, target, detail } = row;
    this.#insert.run(id, at, who, role, address, operation, target, detail, outcome, hash);
    const head = { row: id, hash };
    this.#setHead.run(id, hash, this.#markOf(head));
    return head;
  }

  #markOf({ row, hash }: AuditHead): string {
    return this.#mark(`${row} ${hash}`);
  }
}
