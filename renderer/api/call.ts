import type { z } from 'zod';
import { adminRoutes } from '../../server/contract/admin.ts';
import type { AdminOperation } from '../../server/contract/admin.ts';
import { errorAnswer } from '../../server/contract/common.ts';
import type { Route } from '../../server/contract/route.ts';
import { ApiError } from './api-error.ts';

type Routes = typeof adminRoutes;

type Part<R, K extends 'params' | 'query' | 'body'> =
  R extends Readonly<Record<K, infer S extends z.ZodType>> ? Readonly<Record<K, z.input<S>>> : unknown;

/** What an operation takes: exactly the parts that its route names; a query may be left out. */
export type CallInput<K extends AdminOperation> = Part<Routes[K], 'params'> &
  Partial<Part<Routes[K], 'query'>> &
  Part<Routes[K], 'body'>;
export type CallAnswer<K extends AdminOperation> = z.output<Routes[K]['answer']>;

interface LooseInput {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly file?: Blob;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** Operations that take a file as it is. */
export type UploadOperation = {
  [K in AdminOperation]: Routes[K] extends { readonly upload: true } ? K : never;
}[AdminOperation];
/** Operations that answer with a file. */
export type DownloadOperation = {
  [K in AdminOperation]: Routes[K] extends { readonly download: true } ? K : never;
}[AdminOperation];

const basePath = '/api/admin';
/** Milliseconds that a call may take before the page says that the box does not answer. */
const patience = 15_000;
/** Operations for which the box itself waits for a modem, a provider or the network. */
const slow: Partial<Record<AdminOperation, number>> = {
  carrierAdd: 75_000,
  carrierChange: 30_000,
  carrierDisable: 30_000,
  carrierDrain: 75_000,
  carrierOperate: 75_000,
  carrierRemove: 30_000,
  modemScan: 120_000,
};
/** The same for a file, which has to be read as well. */
const filePatience = 5 * 60_000;

/**
 * Calls one operation of the admin API and parses its answer with the route's own schema.
 * @throws ApiError with the server's code, or one of the page's own (`network.*`, `answer.unreadable`).
 */
export async function call<K extends AdminOperation>(
  operation: K,
  input: CallInput<K>,
  options: CallOptions = {},
): Promise<CallAnswer<K>> {
  return await ask(operation, input, options.signal);
}

/** Gives a file to an operation that takes one. @throws ApiError as `call` does. */
export async function upload<K extends UploadOperation>(
  operation: K,
  input: CallInput<K>,
  file: Blob,
): Promise<CallAnswer<K>> {
  return await ask(operation, { ...input, file }, undefined);
}

/** The address of an operation's file, for a link that the browser itself fetches and keeps. */
export function fileAddress<K extends DownloadOperation>(operation: K, input: CallInput<K>): string {
  return address(adminRoutes[operation], input);
}

async function ask<K extends AdminOperation>(
  operation: K,
  input: LooseInput,
  signal: AbortSignal | undefined,
): Promise<CallAnswer<K>> {
  const route: Route = adminRoutes[operation];
  const limitMs = input.file === undefined ? (slow[operation] ?? patience) : filePatience;
  const response = await send(route, input, { signal, limitMs });
  const body = await readJson(response);
  if (!response.ok) throw refusal(response.status, body);
  const parsed = route.answer.safeParse(body);
  if (!parsed.success) throw unreadable(response.status, parsed.error);
  // The schema that has just parsed it is the one that the type is made from.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return parsed.data as CallAnswer<K>;
}

interface Waiting {
  readonly signal: AbortSignal | undefined;
  readonly limitMs: number;
}

async function send(route: Route, input: LooseInput, { signal, limitMs }: Waiting): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  // A foreign page cannot set this header without asking first, so the server takes it as proof of our own page.
  if (route.method !== 'GET') headers['X-Requested-With'] = 'sepsms-box';
  if (input.body !== undefined) headers['Content-Type'] = 'application/json';
  if (input.file !== undefined) headers['Content-Type'] = 'application/octet-stream';
  const limit = AbortSignal.timeout(limitMs);
  try {
    return await fetch(address(route, input), {
      method: route.method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: input.file ?? (input.body === undefined ? null : JSON.stringify(input.body)),
      signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
    });
  } catch (cause) {
    if (signal?.aborted === true) throw cause;
    const code = limit.aborted ? 'network.timeout' : 'network.unreachable';
    throw new ApiError({ code, message: 'The box does not answer.', status: 0, cause });
  }
}

/** Path and query of a call, with every value escaped. */
export function address(route: Pick<Route, 'path'>, input: LooseInput): string {
  const params = entries(input.params);
  const path = route.path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const query = new URLSearchParams(entries(input.query)).toString();
  return `${basePath}${path}${query === '' ? '' : `?${query}`}`;
}

function entries(values: unknown): Record<string, string> {
  if (typeof values !== 'object' || values === null) return {};
  const texts: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'string' || typeof value === 'number') texts[name] = String(value);
  }
  return texts;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    if (response.ok) throw unreadable(response.status, cause);
    return undefined;
  }
}

function refusal(status: number, body: unknown): ApiError {
  const parsed = errorAnswer.safeParse(body);
  if (!parsed.success) {
    return new ApiError({ code: 'answer.unreadable', message: `The box answered with status ${status}.`, status });
  }
  const { code, message, details, ...extra } = parsed.data.error;
  return new ApiError({ code, message, status, details, extra });
}

function unreadable(status: number, cause: unknown): ApiError {
  const message = 'The box gave an answer that this page cannot read. Reload the page.';
  return new ApiError({ code: 'answer.unreadable', message, status, cause });
}
