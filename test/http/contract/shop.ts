import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { OpenApiDocument } from '../../../server/contract/openapi.ts';
import type { Route } from '../../../server/contract/route.ts';
import { v2Routes, type V2Operation } from '../../../server/contract/v2.ts';
import { composeApiKey } from '../../../server/domain/api-key-format.ts';
import type { ErrorCode } from '../../../server/domain/errors.ts';
import { ApiSchemas, pointer } from '../../fakes/api-schema.ts';
import { call, phone, runBox, type Answer, type HttpBox } from '../../fakes/box.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { WebhookSink } from '../../fakes/webhook-sink.ts';

/** What a call is made of: values of the path's parameters, a query, a body. */
export interface CallParts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent without a key, unless one is named. */
  readonly keyless?: true;
}

type Made<T> = (shop: Shop) => Promise<T> | T;

/** The cases of one operation. */
export interface OperationCase {
  /** A call that works; made anew each time. */
  readonly good: Made<CallParts>;
  /** A request of the wrong form. */
  readonly malformed?: CallParts | Made<CallParts>;
  /** What leads to each of the operation's own refusals. */
  readonly refusals: Readonly<Partial<Record<ErrorCode, Made<Answer>>>>;
  /** Codes of its own that no caller can bring about at will. */
  readonly outOfReach?: readonly ErrorCode[];
}

/** A box with its API document, and calls by the names of the operations. Limits are on, and far away. */
export class Shop {
  readonly box: HttpBox;
  readonly clock: ManualClock;
  /** Where webhooks go. */
  readonly sink: WebhookSink;
  readonly #document: OpenApiDocument;
  readonly #schemas: ApiSchemas;
  #lastNumber = 0;

  private constructor(box: HttpBox, clock: ManualClock, sink: WebhookSink, document: OpenApiDocument) {
    this.box = box;
    this.clock = clock;
    this.sink = sink;
    this.#document = document;
    this.#schemas = new ApiSchemas(document);
  }

  static async open(): Promise<Shop> {
    const clock = new ManualClock();
    const box = await runBox({ limits: true, clock, credits: 1_000_000 });
    for (const name of ['sendPerMinute', 'allPerMinute', 'otpPerMinutePerIp', 'otpPerDestination', 'otpPerPrefix'])
      await box.admin('PUT', `/settings/limits.${name}`, { value: 1_000_000 });
    const answer = await fetch(`${box.url}/api/v2/openapi.json`);
    return new Shop(box, clock, await WebhookSink.start(), (await answer.json()) as OpenApiDocument);
  }

  async close(): Promise<void> {
    await this.box.close();
    await this.sink.close();
  }

  get document(): OpenApiDocument {
    return this.#document;
  }

  /** A number that was not used before. */
  number(): string {
    this.#lastNumber += 1;
    return phone(this.#lastNumber);
  }

  /** Calls an operation as its route says. */
  call(name: V2Operation, parts: CallParts, key?: string): Promise<Answer> {
    const route: Route = v2Routes[name];
    const path = route.path.replaceAll(/\{(\w+)\}/gu, (_whole, parameter: string) =>
      encodeURIComponent(String(parts.params?.[parameter])),
    );
    const keyed: Record<string, string> =
      parts.keyless === true && key === undefined ? {} : { 'x-api-key': key ?? this.box.key };
    const url = `${this.box.url}/api/v2${path}${parts.query ?? ''}`;
    return call(url, route.method, parts.body, { ...keyed, ...parts.headers });
  }

  /** Calls an operation and holds the answer against the document. */
  async held(name: V2Operation, parts: CallParts, key?: string): Promise<Answer> {
    const answer = await this.call(name, parts, key);
    const faults = this.faults(name, answer);
    if (faults.length > 0) throw new Error(`${name} answered ${answer.status}: ${faults.join('; ')}`);
    return answer;
  }

  /** What the document says differently about an answer of an operation: its status, headers, body. */
  faults(name: V2Operation, answer: Answer): string[] {
    const route: Route = v2Routes[name];
    const documented = this.#document.paths[route.path]?.[route.method.toLowerCase()]?.responses[answer.status];
    if (documented === undefined) return [`the document knows no ${answer.status} (${JSON.stringify(answer.body)})`];
    const place = pointer('paths', route.path, route.method.toLowerCase(), 'responses', answer.status);
    return [
      ...this.#schemas.faults(`${place}${pointer('content', 'application/json', 'schema')}`, answer.body),
      ...this.#headerFaults(Object.keys(documented['headers'] as object), answer),
    ];
  }

  /** Runs SQL on the box's own database, for what no API brings about. */
  sql(text: string, ...values: unknown[]): void {
    const db = new Database(join(this.box.dir, 'box.db'));
    db.prepare(text).run(...values);
    db.close();
  }

  #headerFaults(documented: readonly string[], answer: Answer): string[] {
    const told = documented.filter((name) => !optionalHeaders.has(name) || answer.headers.has(name));
    const undocumented = [...answer.headers.keys()].filter(
      (name) => /^(?:ratelimit-|retry-after|x-|idempotency-)/u.test(name) && !lower(documented).includes(name),
    );
    return [
      ...told.flatMap((name) => {
        const text = answer.headers.get(name);
        const value = text !== null && /^\d+$/u.test(text) && !textHeaders.has(name) ? Number(text) : text;
        return this.#schemas
          .faults(pointer('components', 'headers', name, 'schema'), value)
          .map((fault) => `${name}: ${fault}`);
      }),
      ...undocumented.map((name) => `the document knows no header ${name}`),
      ...((answer.headers.get('content-type') ?? '').startsWith('application/json') ? [] : ['it is no JSON']),
    ];
  }
}

const optionalHeaders = new Set(['Idempotency-Replayed', 'Retry-After']);
const textHeaders = new Set(['X-Request-Id', 'Idempotency-Replayed']);
const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());

/** The refusals that follow from the form of an operation, for any of them. */
export const commonRefusals: Readonly<
  Partial<Record<ErrorCode, (shop: Shop, name: V2Operation, one: OperationCase) => Promise<Answer>>>
> = {
  'auth.invalid_credentials': async (shop, name, one) =>
    shop.call(name, await one.good(shop), composeApiKey(new Uint8Array(20).fill(9))),
  'auth.insufficient_scope': async (shop, name, one) => {
    const { access } = v2Routes[name];
    const scopes = ['sms:send', 'sms:read'].filter((scope) => access.by !== 'key' || access.scope !== scope);
    return shop.call(name, await one.good(shop), await shop.box.newKey({ scopes }));
  },
  'auth.ip_not_allowed': async (shop, name, one) =>
    shop.call(name, await one.good(shop), await shop.box.newKey({ ips: ['10.1.2.3'] })),
  'auth.account_suspended': async (shop, name, one) => {
    await shop.box.admin('POST', '/accounts', { name: 'Gone' });
    const key = await shop.box.newKey({ account: 'Gone' });
    shop.sql("UPDATE account SET suspended = 1 WHERE name = 'Gone'");
    return shop.call(name, await one.good(shop), key);
  },
  'rate_limit.exceeded': async (shop, name, one) => {
    const key = await shop.box.newKey({ rpm: 1 });
    await shop.held(name, await one.good(shop), key);
    return shop.call(name, await one.good(shop), key);
  },
  'validation.failed': async (shop, name, one) => {
    const { malformed = {} } = one;
    return shop.call(name, typeof malformed === 'function' ? await malformed(shop) : malformed);
  },
  'request.invalid_json': async (shop, name, one) => shop.call(name, { ...(await one.good(shop)), body: '{' }),
  'request.too_large': async (shop, name, one) => {
    await shop.box.admin('PUT', '/settings/http.maxBodyBytes', { value: 10_000 });
    const answer = await shop.call(name, { ...(await one.good(shop)), body: { pad: 'x'.repeat(10_000) } });
    await shop.box.admin('PUT', '/settings/http.maxBodyBytes', { value: 20_000_000 });
    return answer;
  },
  'request.unsupported_media_type': async (shop, name, one) => {
    const parts = await one.good(shop);
    return shop.call(name, { ...parts, headers: { ...parts.headers, 'content-type': 'text/plain' } });
  },
};

/** Codes that no caller can bring about at will; other tests have them, where they can be had at all. */
export const outOfReach: readonly ErrorCode[] = [
  'request.timeout',
  'store.disk_full',
  'store.corrupt',
  'box.stopping',
  // One of these two, in the test of a box whose database is broken.
  'internal.fault',
  'store.unavailable',
];
