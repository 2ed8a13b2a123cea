import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { announceBox, dataFolder, type DataFolder } from '../../server/config/data-folder.ts';
import { adminRoutes, type AdminOperation } from '../../server/contract/admin.ts';
import type { Route } from '../../server/contract/route.ts';

export interface Call {
  /** Its name in the route table. */
  readonly operation: string;
  readonly path: string;
  readonly body: unknown;
}

const token = 'token-of-the-fake-box';

function operationOf(method: string, path: string): [string, Route] | null {
  for (const [name, route] of Object.entries(adminRoutes)) {
    const pattern = new RegExp(`^/api/admin${route.path.replaceAll(/\{\w+\}/gu, '[^/]+')}$`, 'u');
    if (route.method === method && pattern.test(path)) return [name, route];
  }
  return null;
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const written = await text(request);
  return written === '' ? undefined : (JSON.parse(written) as unknown);
}

function refuse(response: ServerResponse, status: number, code: string, message: string, details?: unknown): void {
  const answer = { success: false, error: { code, message, ...(details === undefined ? {} : { details }) } };
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
}

/**
 * A box at the wire: a real HTTP server on a real data folder that takes only requests, and gives only answers,
 * that the contract knows.
 */
export class FakeBox {
  readonly folder: DataFolder;
  readonly calls: Call[] = [];
  readonly #answers = new Map<string, unknown>();
  readonly #server: Server;
  #raw: ((response: ServerResponse) => void) | null = null;

  private constructor(folder: DataFolder) {
    this.folder = folder;
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        refuse(response, 500, 'internal.fault', String(error));
      });
    });
  }

  static async start(): Promise<FakeBox> {
    const box = new FakeBox(dataFolder(await mkdtemp(join(tmpdir(), 'fake-box-'))));
    await new Promise<void>((resolve) => {
      box.#server.listen(0, '127.0.0.1', resolve);
    });
    const address = box.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    await announceBox(box.folder, { port: address.port, host: '127.0.0.1', pid: process.pid }, token);
    return box;
  }

  /** What an operation answers from now on. */
  answer(operation: AdminOperation, answer: unknown): void {
    this.#answers.set(operation, adminRoutes[operation].answer.parse(answer));
  }

  /** Answers everything as `respond` does, whatever the contract says. */
  misbehave(respond: (response: ServerResponse) => void): void {
    this.#raw = respond;
  }

  get port(): number {
    const address = this.#server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  }

  /** Ends the server as a kill would: the address stays in the data folder. */
  async kill(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    await this.kill();
    await rm(this.folder.dir, { recursive: true, force: true });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#raw !== null) {
      this.#raw(response);
      return;
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      refuse(response, 401, 'auth.session_required', 'Sign in first.');
      return;
    }
    const path = request.url ?? '';
    const found = operationOf(request.method ?? '', path.replace(/\?.*$/u, ''));
    if (found === null) {
      refuse(response, 404, 'request.not_found', `There is no ${path}.`);
      return;
    }
    const [operation, route] = found;
    const body = await bodyOf(request);
    const parsed = route.body?.safeParse(body);
    if (parsed?.success === false) {
      const details = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
      refuse(response, 400, 'validation.failed', 'Some fields are wrong.', details);
      return;
    }
    this.calls.push({ operation, path, body });
    if (!this.#answers.has(operation)) {
      refuse(response, 404, 'key.not_found', 'There is no such thing here.');
      return;
    }
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(this.#answers.get(operation)));
  }
}
