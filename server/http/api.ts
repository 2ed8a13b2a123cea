import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Access, Route } from '../contract/route.ts';
import { AppError, errorText, isAppError } from '../domain/errors.ts';
import type { Logger } from '../domain/ports.ts';
import type { RateState } from '../services/rate-limits.ts';
import type { CallTrail, TrailedCall } from './call-trail.ts';
import { mapError, type MappedError } from './error-mapper.ts';
import { readJsonBody, type BodyLimits } from './read-body.ts';
import { RouteIndex, type Match } from './route-index.ts';
import { TextAnswer } from './text-answer.ts';

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

/** Who calls, by the kind of access that an operation asks for. */
export type Callers = { readonly [By in Access['by']]?: unknown };

/** What a handler gets, typed by its route. */
export interface Call<R extends Route, C extends Callers> {
  readonly who: R['access']['by'] extends keyof C ? C[R['access']['by']] : never;
  readonly params: R extends { params: infer S } ? Parsed<S> : undefined;
  readonly query: R extends { query: infer S } ? Parsed<S> : undefined;
  readonly body: R extends { body: infer S } ? Parsed<S> : undefined;
  readonly request: IncomingMessage;
  /** For headers such as cookies; the body is written by the API itself. */
  readonly response: ServerResponse;
}

type Answer<R extends Route> = R extends { download: true }
  ? TextAnswer
  : R extends { answer: infer S }
    ? S extends z.ZodType
      ? z.input<S>
      : never
    : never;

/** One handler for every operation of a route table. */
export type Handlers<T extends Readonly<Record<string, Route>>, C extends Callers> = {
  readonly [K in keyof T]: (call: Call<T[K], C>) => Answer<T[K]> | Promise<Answer<T[K]>>;
};

export interface ApiOptions<T extends Readonly<Record<string, Route>>, C extends Callers> {
  readonly base: string;
  readonly routes: T;
  readonly handlers: Handlers<T, C>;
  /** Lets the caller in or throws. */
  readonly admit: (request: IncomingMessage, access: Access) => C[keyof C];
  /** Counts a call of an operation against its caller's limits; null when none applies. */
  readonly limit?: (who: C[keyof C], operation: keyof T & string, request: IncomingMessage) => RateState | null;
  /** Counts a call that came to no operation or brought no good key. */
  readonly limitStranger?: (request: IncomingMessage) => RateState | null;
  /** The form of a refusal where it is not the usual one. */
  readonly refusal?: (error: MappedError['body']) => unknown;
  /** Turns away who was let in and counted, and still may not do this; nobody else than the route's callers comes by. */
  readonly permit?: (who: C[keyof C], access: Access) => void;
  /** Writes down what people do. */
  readonly trail?: {
    readonly calls: CallTrail;
    /** The person who calls, null for a stranger; undefined when it is a program, whose calls are not written down. */
    readonly personOf: (who: C[keyof C]) => TrailedCall['person'] | undefined;
  };
  readonly bodies: BodyLimits;
  readonly log: Logger;
  readonly newRequestId: () => string;
}

type AnyHandler = (call: {
  who: unknown;
  params: unknown;
  query: unknown;
  body: unknown;
  request: IncomingMessage;
  response: ServerResponse;
}) => unknown;

type RefusedCall = Pick<TrailedCall, 'operation' | 'route' | 'params' | 'request'>;

/** One API over its route table: finds the operation, lets the caller in, parses, answers; every error in one form. */
export class Api<T extends Readonly<Record<string, Route>>, C extends Callers> {
  readonly #options: ApiOptions<T, C>;
  readonly #index: RouteIndex<keyof T & string>;

  constructor(options: ApiOptions<T, C>) {
    this.#options = options;
    this.#index = new RouteIndex<keyof T & string>(options.routes);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = this.#options.newRequestId();
    response.setHeader('X-Request-Id', requestId);
    try {
      const answer = await this.#answer(request, response);
      if (answer instanceof TextAnswer) await answer.send(response);
      else sendJson(response, 200, answer);
    } catch (error) {
      if (isAppError(error, 'request.method_not_allowed')) {
        response.setHeader('Allow', this.#index.allowed(this.#path(request.url ?? '')).join(', '));
      }
      const { log, refusal } = this.#options;
      sendError(request, response, error, { log, requestId, ...(refusal === undefined ? {} : { refusal }) });
    }
  }

  #path(url: string): string {
    const mark = url.indexOf('?');
    const { length } = this.#options.base;
    return mark < 0 ? url.slice(length) : url.slice(length, mark);
  }

  /** Finds the operation and lets the caller in; who is turned away here is counted as a stranger. */
  #admitted(
    request: IncomingMessage,
    response: ServerResponse,
  ): Match<keyof T & string> & { readonly who: C[keyof C] } {
    try {
      const match = this.#index.find(request.method ?? 'GET', this.#path(request.url ?? ''));
      return { ...match, who: this.#options.admit(request, match.route.access) };
    } catch (error) {
      const rate = this.#options.limitStranger?.(request) ?? null;
      if (rate !== null) applyRate(response, rate);
      throw error;
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const { handlers } = this.#options;
    const { who, operation, route, params } = this.#admitted(request, response);
    const rate = this.#options.limit?.(who, operation, request) ?? null;
    if (rate !== null) applyRate(response, rate);
    await this.#permit(who, { operation, route, params, request }, response);
    const { query, body } = await this.#inputOf(request, route);
    const parsedParams = route.params === undefined ? undefined : parse(route.params, params);
    // What a handler is given was just parsed by the schemas of its own route.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const handler = handlers[operation] as AnyHandler;
    const run = () => handler({ who, params: parsedParams, query, body, request, response });
    const { trail } = this.#options;
    const person = trail?.personOf(who);
    if (trail === undefined || person === undefined) return await run();
    return await trail.calls.keep({ person, operation, route, params, request, query, body }, run);
  }

  async #permit(who: C[keyof C], call: RefusedCall, response: ServerResponse): Promise<void> {
    const { permit, trail } = this.#options;
    try {
      permit?.(who, call.route.access);
    } catch (error) {
      const person = trail?.personOf(who);
      if (trail === undefined || person === undefined) throw error;
      // Who has no limit of their own is counted as a stranger when turned away, as at the door.
      const rate = this.#options.limitStranger?.(call.request) ?? null;
      if (rate !== null) applyRate(response, rate);
      await trail.calls.refused({ ...call, person, query: undefined, body: undefined }, error);
      throw error;
    }
  }

  async #inputOf(request: IncomingMessage, route: Route): Promise<{ readonly query: unknown; readonly body: unknown }> {
    const body =
      route.body === undefined ? undefined : parse(route.body, await readJsonBody(request, this.#options.bodies));
    const query = route.query === undefined ? undefined : parse(route.query, queryOf(request.url ?? ''));
    return { query, body };
  }
}

/** @throws AppError `rate_limit.exceeded` when the call is one too many. */
function applyRate(response: ServerResponse, rate: RateState): void {
  response.setHeader('RateLimit-Limit', rate.limit);
  response.setHeader('RateLimit-Remaining', rate.remaining);
  response.setHeader('RateLimit-Reset', rate.resetSeconds);
  if (rate.allowed) return;
  const seconds = Math.max(1, rate.resetSeconds);
  response.setHeader('Retry-After', seconds);
  throw new AppError(
    'rate_limit.exceeded',
    `Too many requests: at most ${rate.limit} a minute. Try again in ${seconds} s.`,
  );
}

function queryOf(url: string): Record<string, string> {
  const mark = url.indexOf('?');
  return mark < 0 ? {} : Object.fromEntries(new URLSearchParams(url.slice(mark + 1)));
}

const mostDetails = 20;

/** @throws AppError `validation.failed` naming the fields at fault. */
export function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues
    .slice(0, mostDetails)
    .map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const [first] = details;
  const where = first === undefined ? '' : ` ${first.path === '' ? 'The request' : first.path}: ${first.message}.`;
  throw new AppError('validation.failed', `The request is not of the right form.${where}`, { details });
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  sendJsonText(response, status, JSON.stringify(body));
}

/** Sends what is JSON text already. */
export function sendJsonText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
  });
  response.end(text);
}

export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  context: {
    readonly log: Logger;
    readonly requestId: string;
    readonly refusal?: (error: MappedError['body']) => unknown;
  },
): void {
  const { log, requestId } = context;
  const mapped = mapError(error);
  if (mapped.fault) {
    const cause = error instanceof Error && error.cause !== undefined ? errorText(error.cause) : null;
    log.error('http.fault', {
      requestId,
      code: mapped.body.error.code,
      error: errorText(error),
      cause,
      stack: error instanceof Error ? (error.stack ?? null) : null,
    });
  }
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  // A body that was not read to its end would be taken for the next request.
  if (!request.complete) response.setHeader('Connection', 'close');
  if (mapped.retryAfterSeconds !== null) response.setHeader('Retry-After', mapped.retryAfterSeconds);
  sendJson(response, mapped.status, context.refusal?.(mapped.body) ?? mapped.body);
}
