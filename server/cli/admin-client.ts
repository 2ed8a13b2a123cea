import type { z } from 'zod';
import { boxNotRunning, findBox, type DataFolder } from '../config/data-folder.ts';
import { adminRoutes, type AdminOperation } from '../contract/admin.ts';
import { errorAnswer } from '../contract/common.ts';
import type { Route } from '../contract/route.ts';
import { AppError, errorText } from '../domain/errors.ts';

type RouteOf<O extends AdminOperation> = (typeof adminRoutes)[O];
type Part<R, Name extends string, Side extends 'input' | 'output'> =
  R extends Readonly<Record<Name, infer S extends z.ZodType>>
    ? { readonly [K in Name]: Side extends 'input' ? z.input<S> : z.output<S> }
    : unknown;

/** What an operation of the admin API takes: `params`, `query` and `body`, as far as its route has them. */
export type AdminRequest<O extends AdminOperation> = Part<RouteOf<O>, 'params', 'output'> &
  Part<RouteOf<O>, 'query', 'input'> &
  Part<RouteOf<O>, 'body', 'input'>;
/** What an operation of the admin API answers. */
export type AdminAnswer<O extends AdminOperation> = z.output<RouteOf<O>['answer']>;

interface Parts {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  /** A file as the body. */
  readonly bytes?: Uint8Array;
}

/** The refusal of the box as it came, under `extra.answer` of the error; `extra.code` is the box's own code. */
export interface RefusalExtra {
  readonly code: string;
  readonly status: number;
  readonly answer: unknown;
}

/** No answer of the admin API is near this size; more means that something else answers. */
const mostAnswerBytes = 16 * 1024 * 1024;
const usualTimeoutMs = 30_000;

function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
}

function fillPath(route: Route, parts: Parts): string {
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) =>
    encodeURIComponent(String(parts.params?.[name] ?? '')),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) query.set(name, String(value));
  }
  return query.size === 0 ? path : `${path}?${query.toString()}`;
}

function typeOf({ body, bytes }: Parts): Record<string, string> {
  if (bytes !== undefined) return { 'content-type': 'application/octet-stream' };
  return body === undefined ? {} : { 'content-type': 'application/json' };
}

function bodyOf({ body, bytes }: Parts): { readonly body?: BodyInit } {
  if (bytes !== undefined) return { body: new Uint8Array(bytes) };
  return body === undefined ? {} : { body: JSON.stringify(body) };
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > mostAnswerBytes) throw new RangeError('the answer is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function refusal(status: number, answer: unknown): AppError | null {
  const parsed = errorAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const { code, message, details } = parsed.data.error;
  const extra: RefusalExtra = { code, status, answer };
  return new AppError('internal.fault', message, {
    extra: { ...extra },
    ...(details === undefined ? {} : { details }),
  });
}

/** The command line's end of the admin API (box.md §2), typed by the route table. */
export class AdminClient {
  readonly #folder: DataFolder;
  readonly #timeoutMs: number;

  constructor(folder: DataFolder, timeoutMs: number = usualTimeoutMs) {
    this.#folder = folder;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * Calls one operation of the box that runs on the data folder and returns its answer, parsed.
   * Throws `box.not_running`; `request.timeout`; `internal.fault` with {@link RefusalExtra} when the box refuses,
   * or without when what answers is no box.
   */
  async call<O extends AdminOperation>(operation: O, request: AdminRequest<O> & Parts): Promise<AdminAnswer<O>> {
    const answer = await this.#exchange(adminRoutes[operation], request);
    // The compiler loses which route it is once the table is indexed; the schema is that route's own.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return parseAnswer(adminRoutes[operation].answer, answer) as AdminAnswer<O>;
  }

  /** The same with a file as the body. */
  async upload<O extends AdminOperation>(
    operation: O,
    request: AdminRequest<O> & Parts,
    bytes: Uint8Array,
  ): Promise<AdminAnswer<O>> {
    const answer = await this.#exchange(adminRoutes[operation], { ...request, bytes });
    // As in `call`.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return parseAnswer(adminRoutes[operation].answer, answer) as AdminAnswer<O>;
  }

  /** The same for an operation that answers a file; throws as `call` does. */
  async download(operation: AdminOperation, request: Parts): Promise<Uint8Array> {
    const { response, url } = await this.#fetch(adminRoutes[operation], request);
    if (response.ok) return Buffer.from(await this.#taking(url, () => response.arrayBuffer()));
    this.#understand(response.status, await this.#taking(url, () => readBounded(response)), url);
    throw notABox(url, `HTTP ${response.status}`, undefined);
  }

  /** The same for a file of any size, piece by piece. */
  async stream(operation: AdminOperation, request: Parts): Promise<AsyncIterable<Uint8Array>> {
    const { response, url } = await this.#fetch(adminRoutes[operation], request);
    if (response.ok && response.body !== null) return response.body;
    this.#understand(response.status, await this.#taking(url, () => readBounded(response)), url);
    throw notABox(url, `HTTP ${response.status}`, undefined);
  }

  async #exchange(route: Route, parts: Parts): Promise<unknown> {
    const { response, url } = await this.#fetch(route, parts);
    return this.#understand(response.status, await this.#taking(url, () => readBounded(response)), url);
  }

  async #fetch(route: Route, parts: Parts): Promise<{ readonly response: Response; readonly url: string }> {
    const { record, token } = await findBox(this.#folder);
    const url = `http://${urlHost(record.host)}:${record.port}/api/admin${fillPath(route, parts)}`;
    const init = {
      method: route.method,
      headers: { authorization: `Bearer ${token}`, ...typeOf(parts) },
      ...bodyOf(parts),
      // A redirect would carry the token to another place.
      redirect: 'error',
      signal: AbortSignal.timeout(this.#timeoutMs),
    } as const;
    return { response: await this.#taking(url, () => fetch(url, init)), url };
  }

  async #taking<T>(url: string, take: () => Promise<T>): Promise<T> {
    try {
      return await take();
    } catch (error) {
      throw this.#connectionError(error, url);
    }
  }

  #understand(status: number, text: string, url: string): unknown {
    let answer: unknown;
    try {
      answer = JSON.parse(text);
    } catch (error) {
      throw notABox(url, `HTTP ${status}, not JSON`, error);
    }
    const refused = refusal(status, answer);
    if (refused !== null) throw refused;
    if (status < 200 || status > 299) throw notABox(url, `HTTP ${status}`, undefined);
    return answer;
  }

  #connectionError(error: unknown, url: string): AppError {
    if (error instanceof DOMException && error.name === 'TimeoutError') {
      return new AppError(
        'request.timeout',
        `The box at ${url} did not answer within ${this.#timeoutMs / 1000} s. See its log, or run \`sepsms-box doctor\`.`,
        { cause: error },
      );
    }
    const cause = error instanceof Error ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    // A box that was killed leaves its address behind.
    if (code === 'ECONNREFUSED') return boxNotRunning(this.#folder, error);
    return notABox(url, errorText(cause ?? error), error);
  }
}

function notABox(url: string, reason: string, cause: unknown): AppError {
  return new AppError(
    'internal.fault',
    `What answers at ${url} does not speak as the box does (${reason}). ` +
      'Is another program on that port? Restart the box, then run `sepsms-box doctor`.',
    { cause },
  );
}

function parseAnswer<S extends z.ZodType>(schema: S, answer: unknown): z.output<S> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'internal.fault',
    'The box answered in a form that this command line does not know. ' +
      'Restart the box, so that both are of the same version.',
    { cause: parsed.error },
  );
}
