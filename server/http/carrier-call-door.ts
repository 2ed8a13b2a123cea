import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '../domain/errors.ts';
import type { Logger } from '../domain/ports.ts';
import type { CarrierCallbacks } from '../services/carrier-callbacks.ts';
import type { RateLimits } from '../services/rate-limits.ts';
import { sendError } from './api.ts';
import { readBytes } from './read-body.ts';

export interface CarrierCallDoorOptions {
  readonly callbacks: CarrierCallbacks;
  readonly rateLimits: RateLimits;
  readonly log: Logger;
  readonly newRequestId: () => string;
}

const base = '/api/callbacks/';
const mostBodyBytes = 256 * 1024;
const mostQueryFields = 200;
const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT']);

export function isCarrierCall(url: string): boolean {
  return url.startsWith(base);
}

/** The door for the other sides of carriers: `/api/callbacks/{carrier}/{secret}`. Whatever is wrong is not found. */
export class CarrierCallDoor {
  readonly #options: CarrierCallDoorOptions;

  constructor(options: CarrierCallDoorOptions) {
    this.#options = options;
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { log, newRequestId } = this.#options;
    const requestId = newRequestId();
    response.setHeader('X-Request-Id', requestId);
    try {
      const { carrierId, query } = this.#admit(request);
      const body = request.method === 'GET' ? new Uint8Array() : await readBytes(request, mostBodyBytes);
      const call = { method: request.method ?? '', query, headers: headersOf(request), body };
      const { status, contentType, body: text } = await this.#options.callbacks.take(carrierId, call);
      const kind = text === '' ? {} : { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) };
      response.writeHead(status, { ...kind, 'Cache-Control': 'no-store' });
      response.end(text);
    } catch (error) {
      sendError(request, response, error, { log, requestId });
    }
  }

  #admit(request: IncomingMessage): { carrierId: number; query: Record<string, string> } {
    const [path, search] = splitOnce(request.url ?? '', '?');
    const [id = '', secret = '', ...rest] = path.slice(base.length).split('/');
    const known = /^[1-9]\d{0,9}$/u.test(id) && rest.length === 0 && methods.has(request.method ?? '');
    if (!known || !this.#options.callbacks.admits(Number(id), secret)) {
      this.#count(request);
      throw new AppError('request.not_found', 'There is nothing at this path.');
    }
    const fields = [...new URLSearchParams(search)].slice(0, mostQueryFields);
    return { carrierId: Number(id), query: Object.fromEntries(fields) };
  }

  /** Guesses at an address are counted as calls without a key are. */
  #count(request: IncomingMessage): void {
    const rate = this.#options.rateLimits.takeStranger(request.socket.remoteAddress ?? '');
    if (rate?.allowed !== false) return;
    throw new AppError('rate_limit.exceeded', 'Too many requests. Try again later.', {
      extra: { retryAfterSeconds: rate.resetSeconds },
    });
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
