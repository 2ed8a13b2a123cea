import type Database from 'better-sqlite3';
import { AppError } from '../domain/errors.ts';
import type { Millis } from '../domain/ports.ts';
import type { Route, RouteMode, TrafficPurpose } from '../domain/routing.ts';
import type { CommitQueue } from './commit-queue.ts';

interface RouteRecord {
  readonly id: number;
  readonly name: string;
  readonly enabled: number;
  readonly account_id: number | null;
  readonly origin: string | null;
  readonly purpose: TrafficPurpose | null;
  readonly has_link: number | null;
  readonly prefixes: string;
  readonly hours: string;
  readonly mode: RouteMode;
}

interface TargetRecord {
  readonly route_id: number;
  readonly carrier_id: number;
  readonly weight: number;
}

export type RouteDraft = Omit<Route, 'id'>;

/** The routes in their order. They are few, and asked for at every claim: kept in memory, the database first. */
export class RouteStore {
  readonly #queue: CommitQueue;
  readonly #db: Database.Database;
  readonly #rows: Database.Statement<[], RouteRecord>;
  readonly #targets: Database.Statement<[], TargetRecord>;
  #routes: readonly Route[] | null = null;

  constructor(db: Database.Database, queue: CommitQueue) {
    this.#queue = queue;
    this.#db = db;
    this.#rows = db.prepare('SELECT * FROM route ORDER BY position, id');
    this.#targets = db.prepare('SELECT route_id, carrier_id, weight FROM route_carrier ORDER BY route_id, position');
  }

  list(): readonly Route[] {
    this.#routes ??= this.#read();
    return this.#routes;
  }

  /** @throws AppError `route.not_found`. */
  byId(id: number): Route {
    const route = this.list().find((one) => one.id === id);
    if (route === undefined) throw new AppError('route.not_found', 'There is no such route.');
    return route;
  }

  /** Adds a route behind the others. @throws AppError `route.exists` when its name is taken. */
  async add(draft: RouteDraft, at: Millis): Promise<Route> {
    const id = await this.#change(() => {
      this.#assertFree(draft.name, 0);
      const added = this.#db
        .prepare(
          `INSERT INTO route (position, name, enabled, account_id, origin, purpose, has_link, prefixes, hours, mode, created_at)
           VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM route), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(...columnsOf(draft), at);
      const routeId = Number(added.lastInsertRowid);
      this.#writeTargets(routeId, draft);
      return routeId;
    });
    return this.byId(id);
  }

  /** @throws AppError `route.not_found`, `route.exists`. */
  async replace(id: number, draft: RouteDraft): Promise<Route> {
    await this.#change(() => {
      this.#assertFree(draft.name, id);
      const changed = this.#db
        .prepare(
          `UPDATE route SET name = ?, enabled = ?, account_id = ?, origin = ?, purpose = ?, has_link = ?, prefixes = ?,
           hours = ?, mode = ? WHERE id = ?`,
        )
        .run(...columnsOf(draft), id).changes;
      if (changed !== 1) throw new AppError('route.not_found', 'There is no such route.');
      this.#writeTargets(id, draft);
    });
    return this.byId(id);
  }

  /** @throws AppError `route.not_found`. */
  async remove(id: number): Promise<void> {
    await this.#change(() => {
      this.#db.prepare('DELETE FROM route_carrier WHERE route_id = ?').run(id);
      if (this.#db.prepare('DELETE FROM route WHERE id = ?').run(id).changes !== 1)
        throw new AppError('route.not_found', 'There is no such route.');
    });
  }

  /** Puts the named routes first, in this order; the others keep theirs behind them. */
  async order(ids: readonly number[]): Promise<void> {
    await this.#change(() => {
      const rest = this.list()
        .map((route) => route.id)
        .filter((id) => !ids.includes(id));
      const place = this.#db.prepare('UPDATE route SET position = ? WHERE id = ?');
      for (const [index, id] of [...ids, ...rest].entries()) {
        if (place.run(index + 1, id).changes !== 1) throw new AppError('route.not_found', `There is no route ${id}.`);
      }
    });
  }

  async #change<T>(work: () => T): Promise<T> {
    try {
      return await this.#queue.run(work);
    } finally {
      this.#routes = null;
    }
  }

  #assertFree(name: string, ownId: number): void {
    const taken = this.#db.prepare<[string], { id: number }>('SELECT id FROM route WHERE name = ?').get(name)?.id;
    if (taken !== undefined && taken !== ownId)
      throw new AppError('route.exists', `There is a route named ${name} already. Choose another name.`);
  }

  #writeTargets(routeId: number, { carriers }: RouteDraft): void {
    this.#db.prepare('DELETE FROM route_carrier WHERE route_id = ?').run(routeId);
    const insert = this.#db.prepare(
      'INSERT INTO route_carrier (route_id, position, carrier_id, weight) VALUES (?, ?, ?, ?)',
    );
    for (const [index, { carrierId, weight }] of carriers.entries()) insert.run(routeId, index, carrierId, weight);
  }

  #read(): Route[] {
    const targets = Map.groupBy(this.#targets.all(), (row) => row.route_id);
    return this.#rows.all().map((row) => ({
      id: row.id,
      name: row.name,
      enabled: row.enabled === 1,
      accountId: row.account_id,
      origin: row.origin,
      purpose: row.purpose,
      hasLink: row.has_link === null ? null : row.has_link === 1,
      prefixes: row.prefixes === '' ? [] : row.prefixes.split(','),
      hours: row.hours,
      mode: row.mode,
      carriers: (targets.get(row.id) ?? []).map(({ carrier_id: carrierId, weight }) => ({ carrierId, weight })),
    }));
  }
}

function columnsOf(draft: RouteDraft) {
  const { name, enabled, accountId, origin, purpose, hasLink, prefixes, hours, mode } = draft;
  const link = hasLink === null ? null : hasLink ? 1 : 0;
  return [name, enabled ? 1 : 0, accountId, origin, purpose, link, prefixes.join(','), hours, mode] as const;
}
