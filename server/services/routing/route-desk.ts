import { AppError } from '../../domain/errors.ts';
import { findLinks } from '../../domain/links.ts';
import { normalizeMsisdn } from '../../domain/msisdn.ts';
import type { Clock } from '../../domain/ports.ts';
import { parseQuietHours } from '../../domain/quiet-hours.ts';
import type { Reason } from '../../domain/reason.ts';
import type { Route, RouteMismatch, RouteMode, RouteTarget, TrafficKey, TrafficPurpose } from '../../domain/routing.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { RouteDraft, RouteStore } from '../../store/route-store.ts';
import type { CarrierBook } from './carrier-fitness.ts';
import type { Routing } from './routing.ts';

/** A route as people write it. */
export interface RouteRequest {
  readonly name: string;
  readonly enabled: boolean;
  /** Name of an account; null for all. */
  readonly account: string | null;
  readonly sender: string | null;
  readonly purpose: TrafficPurpose | null;
  readonly link: boolean | null;
  /** Beginnings of numbers, in national or international form. */
  readonly prefixes: string[];
  readonly hours: string;
  readonly mode: RouteMode;
  readonly carriers: readonly RouteTarget[];
}

export interface RouteView extends Omit<RouteRequest, 'carriers'> {
  readonly id: number;
  readonly carriers: (RouteTarget & { readonly name: string })[];
}

/** A message that is not sent, to see which way it would go. */
export interface RouteTrial {
  readonly to: string;
  readonly text?: string | undefined;
  readonly account?: string | undefined;
  readonly sender?: string | undefined;
  readonly purpose: TrafficPurpose;
}

export interface TrialResult {
  /** The route that decides; null where none fits, and every carrier may take it. */
  readonly route: { readonly id: number; readonly name: string } | null;
  readonly carriers: {
    readonly id: number;
    readonly name: string;
    readonly can: boolean;
    /** Why it cannot take it now. */
    readonly why: string | null;
    readonly reason: Reason | null;
  }[];
  /** The routes that were asked before and do not fit, each with the first thing that does not. */
  readonly passed: { readonly id: number; readonly name: string; readonly mismatch: RouteMismatch }[];
}

/** The routes of the box: made, changed, put in order, tried. */
export class RouteDesk {
  readonly #store: RouteStore;
  readonly #accounts: AccountStore;
  readonly #carriers: CarrierBook;
  readonly #routing: Routing;
  readonly #clock: Clock;

  constructor(options: {
    store: RouteStore;
    accounts: AccountStore;
    carriers: CarrierBook;
    routing: Routing;
    clock: Clock;
  }) {
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#carriers = options.carriers;
    this.#routing = options.routing;
    this.#clock = options.clock;
  }

  /** In the order in which they are asked. */
  list(): RouteView[] {
    return this.#store.list().map((route) => this.#view(route));
  }

  /** @throws AppError `route.invalid`, `route.exists`, `account.not_found`, `carrier.not_found`. */
  async add(request: RouteRequest): Promise<RouteView> {
    return this.#view(await this.#store.add(this.#draft(request), this.#clock.now()));
  }

  /** @throws AppError as `add` does, and `route.not_found`. */
  async change(id: number, change: Partial<RouteRequest>): Promise<RouteView> {
    const before = this.#view(this.#store.byId(id));
    const request = { ...before, ...change, carriers: change.carriers ?? before.carriers };
    return this.#view(await this.#store.replace(id, this.#draft(request)));
  }

  /** @throws AppError `route.not_found`. */
  async remove(id: number): Promise<void> {
    await this.#store.remove(id);
  }

  /** Puts the named routes first, in this order. @throws AppError `route.not_found`. */
  async order(ids: readonly number[]): Promise<RouteView[]> {
    await this.#store.order([...new Set(ids)]);
    return this.list();
  }

  /** Which way a message would go now; nothing is sent. @throws AppError `route.invalid` for a number that is none. */
  try(trial: RouteTrial): TrialResult {
    const msisdn = normalizeMsisdn(trial.to, { international: true });
    if (msisdn === null)
      throw new AppError('route.invalid', 'That is no possible number. Write it as 0xxxxxxxxx or 66xxxxxxxxx.');
    const accountId = this.#accounts.named(trial.account).id;
    const traffic: TrafficKey = {
      accountId,
      origin: trial.sender ?? this.#accounts.anySender(accountId) ?? '',
      purpose: trial.purpose,
      hasLink: trial.text !== undefined && findLinks(trial.text).length > 0,
      prefix: '',
      onlyCarrierId: null,
      begunCarrierId: null,
    };
    const { router, fitness } = this.#routing;
    const judged = router.judged(traffic, msisdn);
    const route = judged.find(({ mismatch }) => mismatch === null)?.route ?? null;
    const before =
      route === null
        ? judged
        : judged.slice(
            0,
            judged.findIndex((one) => one.route === route),
          );
    return {
      route: route === null ? null : { id: route.id, name: route.name },
      carriers: router.targetsOf(route).map((id) => {
        const found = fitness.of(id, trial.purpose);
        const reason = found.kind === 'usable' ? null : found.why;
        const name = this.#carriers.look(id)?.name ?? `carrier ${id}`;
        return { id, name, can: reason === null, why: reason?.text ?? null, reason };
      }),
      passed: before.flatMap(({ route: { id, name }, mismatch }) =>
        mismatch === null ? [] : [{ id, name, mismatch }],
      ),
    };
  }

  #draft(request: RouteRequest): RouteDraft {
    const { name, enabled, account, sender, purpose, link, hours, mode } = request;
    if (hours !== '' && parseQuietHours(hours) === null)
      throw new AppError('route.invalid', 'Write the hours like 08:00-20:00, or leave them out for any time.');
    if (request.carriers.length === 0)
      throw new AppError('route.invalid', 'A route needs at least one carrier. Name one.');
    const carriers = request.carriers.map(({ carrierId, weight }) => {
      if (this.#carriers.look(carrierId) === undefined)
        throw new AppError('carrier.not_found', `There is no carrier ${carrierId}.`);
      return { carrierId, weight };
    });
    if (new Set(carriers.map((one) => one.carrierId)).size !== carriers.length)
      throw new AppError('route.invalid', 'A carrier stands twice in the route. Name each once.');
    return {
      name,
      enabled,
      accountId: account === null ? null : this.#accounts.named(account).id,
      origin: sender,
      purpose,
      hasLink: link,
      prefixes: [...new Set(request.prefixes.map(prefixIn))],
      hours,
      mode,
      carriers,
    };
  }

  #view(route: Route): RouteView {
    const { id, name, enabled, purpose, hours, mode } = route;
    const names = new Map(this.#accounts.list().map((account) => [account.id, account.name]));
    return {
      id,
      name,
      enabled,
      account: route.accountId === null ? null : (names.get(route.accountId) ?? 'removed'),
      sender: route.origin,
      purpose,
      link: route.hasLink,
      prefixes: [...route.prefixes],
      hours,
      mode,
      carriers: route.carriers.map((target) => ({
        ...target,
        name: this.#carriers.look(target.carrierId)?.name ?? 'removed',
      })),
    };
  }
}

/** The beginning of a number in international form: `089` is `6689`. */
function prefixIn(written: string): string {
  const digits = written.replaceAll(/[\s-]/gu, '').replace(/^\+/u, '');
  if (!/^\d{1,15}$/u.test(digits))
    throw new AppError('route.invalid', `${written} is no beginning of a number. Write digits, such as 089 or 6689.`);
  if (digits.startsWith('00')) return digits.slice(2);
  return digits.startsWith('0') ? `66${digits.slice(1)}` : digits;
}
