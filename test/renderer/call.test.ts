import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiError } from '../../renderer/api/api-error.ts';
import { address, call } from '../../renderer/api/call.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

let server: Server;
let seen: Seen[];
let answer: { status: number; body: string };

/** A real box's place on the wire: answers what the test says and remembers what it was asked. */
beforeEach(async () => {
  seen = [];
  answer = { status: 200, body: '{}' };
  server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => (body += text));
    request.on('end', () => {
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      response.writeHead(answer.status, { 'Content-Type': 'application/json' });
      response.end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const listening = server.address();
  if (listening === null || typeof listening === 'string') throw new Error('The server has no port');
  const { fetch } = globalThis;
  // A page's addresses begin at the page's own host, which a test runner does not have.
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => fetch(`http://127.0.0.1:${listening.port}${path}`, init));
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function failureOf(promise: Promise<unknown>): Promise<ApiError> {
  const failure: unknown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (failure instanceof ApiError) return failure;
  throw new Error('The call has not failed as it should', { cause: failure });
}

describe('a call to the box', () => {
  it('parses the answer with the schema of the operation', async () => {
    answer.body = JSON.stringify({ user: 'Somchai', role: 'admin', version: '1.0.0', language: null, more: true });
    expect(await call('session', {})).toEqual({ user: 'Somchai', role: 'admin', version: '1.0.0', language: null });
  });

  it('shows on every change that it comes from a page of the box, and not on a question', async () => {
    answer.body = JSON.stringify({ ok: true });
    await call('signOut', {});
    answer.body = JSON.stringify({ needed: false });
    await call('setupState', {});
    expect(seen.map(({ method, headers }) => [method, headers['x-requested-with']])).toEqual([
      ['DELETE', 'sepsms-box'],
      ['GET', undefined],
    ]);
  });

  it('sends the body as JSON', async () => {
    answer.body = JSON.stringify({ user: 'ก', role: 'viewer', version: '1', language: 'th' });
    await call('signIn', { body: { user: 'ก', password: 'รหัสผ่าน ยาว ๆ' } });
    expect(seen[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(seen[0]?.body ?? '')).toEqual({ user: 'ก', password: 'รหัสผ่าน ยาว ๆ' });
  });

  it('puts parameters and query into the address, escaped', () => {
    const path = address(
      { path: '/messages/{uuid}/recipients' },
      { params: { uuid: 'a/b ?' }, query: { limit: 5, cursor: 'x&y' } },
    );
    expect(path).toBe('/api/admin/messages/a%2Fb%20%3F/recipients?limit=5&cursor=x%26y');
  });

  it("throws the server's code, message, details and further members", async () => {
    const error = {
      code: 'auth.locked',
      message: 'Wait.',
      details: [{ path: 'user', message: 'locked' }],
      retryAfter: 30,
    };
    answer = { status: 429, body: JSON.stringify({ success: false, error }) };
    const failure = await failureOf(call('session', {}));
    expect(failure).toMatchObject({ code: 'auth.locked', message: 'Wait.', status: 429, extra: { retryAfter: 30 } });
    expect(failure.details).toEqual([{ path: 'user', message: 'locked' }]);
  });

  it.each([
    ['an answer of another shape', 200, '{"user":5}'],
    ['an answer that is no JSON', 200, '<html>'],
    ['a refusal that is no JSON', 502, '<html>Bad gateway</html>'],
  ])('throws answer.unreadable on %s', async (_, status, body) => {
    answer = { status, body };
    expect(await failureOf(call('session', {}))).toMatchObject({ code: 'answer.unreadable', status });
  });

  it('throws network.unreachable when nothing listens', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(call('session', {}))).toMatchObject({ code: 'network.unreachable', status: 0 });
  });

  it('lets a call that the page gave up be what it is, not a failure of the box', async () => {
    const given = new AbortController();
    given.abort();
    await expect(call('session', {}, { signal: given.signal })).rejects.toMatchObject({ name: 'AbortError' });
  });
});
