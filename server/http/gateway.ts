import express from 'express';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { livePath } from '../contract/live.ts';
import { isV1Path } from '../contract/v1.ts';
import { AppError, errorText, isAppError } from '../domain/errors.ts';
import type { Clock, Logger, Service } from '../domain/ports.ts';
import type { ApiName } from '../services/metrics/metrics.ts';
import { addressOf } from './address.ts';
import type { AdminServices, BoxFeed } from './admin-services.ts';
import { ApiDocument, asksForDocs, asksForDocument } from './api-document.ts';
import { sendError, sendJson } from './api.ts';
import { buildApis } from './apis.ts';
import { CarrierCallDoor, isCarrierCall } from './carrier-call-door.ts';
import { LiveStreams } from './live-stream.ts';
import { admitPerson } from './person-gate.ts';
import { pagePolicy } from './page-policy.ts';
import type { BodyLimits } from './read-body.ts';

export interface GatewayOptions {
  readonly host: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly services: AdminServices;
  readonly feed: BoxFeed;
  readonly metrics: MetricsDoor;
  readonly clock: Clock;
  readonly log: Logger;
  readonly newRequestId: () => string;
  readonly bodies: BodyLimits;
  /** Folder of the built pages; without it only the APIs are served. */
  readonly uiDir: string | undefined;
  readonly ready: () => boolean;
}

/** The figures of the box, and what the gateway adds to them. */
export interface MetricsDoor {
  answered(api: ApiName, status: number, ms: number): void;
  text(): Promise<{ readonly type: string; readonly text: string }>;
  /** Whether others than programs on this machine may read them. */
  fromLan(): boolean;
}

const headerLimitMs = 15_000;
const requestLimitMs = 60_000;
const idleLimitMs = 75_000;
const stopMs = 5_000;

/** The box's HTTP door: both APIs, the live stream, health and the pages. */
export class Gateway implements Service {
  readonly name = 'http';
  readonly #options: GatewayOptions;
  readonly #live: LiveStreams;
  #server: Server | undefined;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#live = new LiveStreams(options.feed, options.clock);
  }

  get address(): { readonly host: string; readonly port: number; readonly url: string } {
    const { host } = this.#options;
    const bound = this.#server?.address();
    const port = typeof bound === 'object' && bound !== null ? bound.port : this.#options.port;
    const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
    return { host, port, url: `http://${shown}:${port}` };
  }

  /** @throws AppError `port.in_use`, `port.not_allowed` or `config.invalid`, each saying what to do. */
  async start(): Promise<void> {
    const server = createServer(
      { maxHeaderSize: 16_384, requestTimeout: requestLimitMs, headersTimeout: headerLimitMs },
      this.#app(),
    );
    server.keepAliveTimeout = idleLimitMs;
    server.on('clientError', (_error, socket) => {
      if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(this.#listenError(error)));
      server.listen({ host: this.#options.host, port: this.#options.port, backlog: 1024 }, resolve);
    });
    this.#server = server;
  }

  /** Ends what is being answered, then closes; cuts what does not end in time. Idempotent. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined || !server.listening) return;
    this.#live.closeAll();
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    server.closeIdleConnections();
    const cut = this.#options.clock.after(stopMs, () => server.closeAllConnections());
    await closed;
    cut.cancel();
  }

  #app(): express.Express {
    const { services, uiDir } = this.#options;
    const { v1, v2, admin } = buildApis(this.#options);
    const calls = new CarrierCallDoor({ ...services, ...this.#options });
    const document = new ApiDocument(services.version);
    const app = express();
    app.disable('x-powered-by');
    app.disable('etag');
    app.use((request, response, next) => {
      const path = request.url;
      this.#measure(path, response);
      if (asksForDocument(path)) this.#orRefuse(request, response, () => document.serve(request, response));
      else if (path.startsWith('/api/v2/')) void v2.handle(request, response);
      else if (isV1Path(path) && services.legacyEnabled()) void v1.handle(request, response);
      else if (path === livePath || path.startsWith(`${livePath}?`)) this.#serveLive(request, response);
      else if (path.startsWith('/api/admin/')) void admin.handle(request, response);
      else if (isCarrierCall(path)) void calls.handle(request, response);
      else if (path === '/healthz') sendJson(response, 200, { status: 'ok' });
      else if (path === '/readyz') this.#serveReady(response);
      else if (path === '/metrics') void this.#serveMetrics(request, response);
      else if (asksForDocs(path) && uiDir !== undefined) next();
      else if (uiDir === undefined || path.startsWith('/api/')) this.#refuse(request, response, nothingHere());
      else next();
    });
    if (uiDir !== undefined) servePages(app, uiDir);
    app.use((error: unknown, request: IncomingMessage, response: ServerResponse, _next: express.NextFunction) => {
      this.#refuse(request, response, unlessHttpError(error));
    });
    return app;
  }

  #serveLive(request: IncomingMessage, response: ServerResponse): void {
    this.#orRefuse(request, response, () => {
      if (request.method !== 'GET') throw new AppError('request.method_not_allowed', 'Only GET is possible here.');
      const { sessions } = this.#options.services;
      const { token } = admitPerson(sessions, request, { by: 'person', role: 'viewer' });
      this.#live.serve(request, response, () => token === null || sessions.isOpen(token));
    });
  }

  #measure(path: string, response: ServerResponse): void {
    const { clock, metrics } = this.#options;
    const begun = clock.monotonic();
    response.once('finish', () => metrics.answered(apiOf(path), response.statusCode, clock.monotonic() - begun));
  }

  async #serveMetrics(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { metrics } = this.#options;
    try {
      if (request.method !== 'GET') throw new AppError('request.method_not_allowed', 'Only GET is possible here.');
      if (!isThisMachine(addressOf(request)) && !metrics.fromLan()) {
        throw new AppError(
          'auth.forbidden',
          'Only programs on this machine read the figures. The setting metrics.from lets others in.',
        );
      }
      const { type, text } = await metrics.text();
      response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(text);
    } catch (error) {
      if (isAppError(error, 'request.method_not_allowed')) response.setHeader('Allow', 'GET');
      this.#refuse(request, response, error);
    }
  }

  /** For what is served by GET beside the APIs. */
  #orRefuse(request: IncomingMessage, response: ServerResponse, serve: () => void): void {
    try {
      serve();
    } catch (error) {
      if (isAppError(error, 'request.method_not_allowed')) response.setHeader('Allow', 'GET');
      this.#refuse(request, response, error);
    }
  }

  #serveReady(response: ServerResponse): void {
    const ready = this.#options.ready();
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready' });
  }

  /** Answers in the error form; every answer has an id. */
  #refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    const id = this.#options.newRequestId();
    if (!response.headersSent) response.setHeader('X-Request-Id', id);
    sendError(request, response, error, { log: this.#options.log, requestId: id });
  }

  #listenError(error: NodeJS.ErrnoException): AppError {
    const { host, port } = this.#options;
    if (error.code === 'EADDRINUSE') {
      return new AppError(
        'port.in_use',
        `The port ${port} is in use by another program. Stop that, or choose another port with --port.`,
      );
    }
    if (error.code === 'EACCES') {
      return new AppError(
        'port.not_allowed',
        `This user may not listen on port ${port}. Choose one above 1023 with --port.`,
      );
    }
    return new AppError(
      'config.invalid',
      `The box cannot listen on ${host}:${port} (${errorText(error)}). Check --host and --port.`,
      { cause: error },
    );
  }
}

/** The built pages: hashed files for ever, the page itself always fresh, every unknown path is a page of the app. */
function servePages(app: express.Express, uiDir: string): void {
  app.use((_request, response, next) => {
    response.set(pagePolicy);
    next();
  });
  app.use(
    '/assets',
    express.static(join(uiDir, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false, index: false }),
  );
  app.use(express.static(uiDir, { index: false, maxAge: 0 }));
  app.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next(new AppError('request.method_not_allowed', 'Only GET is possible here.'));
      return;
    }
    response.set('Cache-Control', 'no-cache');
    response.sendFile(join(uiDir, asksForDocs(request.url) ? 'api-docs.html' : 'index.html'));
  });
}

function apiOf(path: string): ApiName {
  if (path.startsWith('/api/v2/')) return 'v2';
  if (path.startsWith('/api/admin/')) return 'admin';
  return isV1Path(path) ? 'v1' : 'other';
}

function isThisMachine(address: string): boolean {
  return address === '::1' || address.startsWith('127.');
}

function nothingHere(): AppError {
  return new AppError('request.not_found', 'There is nothing at this path.');
}

/** Express's own refusals (a missing file, a malformed path) are no faults of the box. */
function unlessHttpError(error: unknown): unknown {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? nothingHere() : error;
}
