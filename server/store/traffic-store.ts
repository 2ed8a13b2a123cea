import type Database from 'better-sqlite3';
import { laneOf } from '../domain/carrier.ts';
import { purposeOf, type TrafficKey, type TrafficPurpose } from '../domain/routing.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { MessageRecord } from './rows.ts';

export interface Traffic extends TrafficKey {
  readonly id: number;
}

interface TrafficRecord {
  readonly id: number;
  readonly account_id: number;
  readonly origin: string;
  readonly purpose: TrafficPurpose;
  readonly has_link: number;
  readonly prefix: string;
  readonly only_carrier_id: number;
  readonly begun_carrier_id: number;
}

/** The classes of traffic. They are few, are never changed, and are kept in memory; what is undone is forgotten. */
export class TrafficStore {
  readonly #byId: Database.Statement<[number], TrafficRecord>;
  readonly #find: Database.Statement<[number, string, string, number, string, number, number], { id: number }>;
  readonly #insert: Database.Statement;
  readonly #known = new Map<number, Traffic>();
  readonly #ids = new Map<string, number>();

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#byId = db.prepare('SELECT * FROM traffic WHERE id = ?');
    this.#find = db.prepare(
      'SELECT id FROM traffic WHERE account_id = ? AND origin = ? AND purpose = ? AND has_link = ? AND prefix = ? AND only_carrier_id = ? AND begun_carrier_id = ?',
    );
    this.#insert = db.prepare(
      'INSERT INTO traffic (account_id, origin, purpose, has_link, prefix, only_carrier_id, begun_carrier_id) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    // A class that was written in a transaction that was undone is not there any more.
    queue.onUndone(() => {
      this.#known.clear();
      this.#ids.clear();
    });
  }

  /** The number of a class, written when it is new; inside a transaction. */
  intern(key: TrafficKey): number {
    const name = nameOf(key);
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const fields = fieldsOf(key);
    const id = this.#find.get(...fields)?.id ?? Number(this.#insert.run(...fields).lastInsertRowid);
    this.#ids.set(name, id);
    return id;
  }

  /** Undefined for the number of no class, as messages from before there were any have it. */
  byId(id: number): Traffic | undefined {
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const row = this.#byId.get(id);
    if (row === undefined) return undefined;
    const traffic = trafficOf(row);
    this.#known.set(id, traffic);
    return traffic;
  }

  /** The class of a message that is to be sent again; inside a transaction. */
  idFor(message: MessageRecord): number {
    if (message.traffic_id !== 0) return message.traffic_id;
    return this.intern({
      accountId: message.account_id,
      origin: message.origin,
      purpose: purposeOf(laneOf(message.lane)),
      hasLink: false,
      prefix: '',
      onlyCarrierId: null,
      begunCarrierId: null,
    });
  }

  /** The same class with something more known of it; inside a transaction. */
  narrowed(id: number, known: Partial<Pick<TrafficKey, 'prefix' | 'begunCarrierId'>>): number {
    const traffic = this.byId(id);
    return traffic === undefined ? id : this.intern({ ...traffic, ...known });
  }
}

function trafficOf(row: TrafficRecord): Traffic {
  return {
    id: row.id,
    accountId: row.account_id,
    origin: row.origin,
    purpose: row.purpose,
    hasLink: row.has_link === 1,
    prefix: row.prefix,
    onlyCarrierId: row.only_carrier_id === 0 ? null : row.only_carrier_id,
    begunCarrierId: row.begun_carrier_id === 0 ? null : row.begun_carrier_id,
  };
}

function fieldsOf(key: TrafficKey) {
  const { accountId, origin, purpose, hasLink, prefix, onlyCarrierId, begunCarrierId } = key;
  return [accountId, origin, purpose, hasLink ? 1 : 0, prefix, onlyCarrierId ?? 0, begunCarrierId ?? 0] as const;
}

function nameOf({ accountId, origin, purpose, hasLink, prefix, onlyCarrierId, begunCarrierId }: TrafficKey): string {
  return `${accountId} ${purpose} ${hasLink ? 1 : 0} ${prefix} ${onlyCarrierId ?? 0} ${begunCarrierId ?? 0} ${origin}`;
}
