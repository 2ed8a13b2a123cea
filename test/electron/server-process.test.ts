import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveOver } from '../../electron/server-process.ts';
import type { FromServer } from '../../electron/server-protocol.ts';
import { MemoryPort } from './memory-port.ts';

const masterKey = new Uint8Array(32).fill(7);
let dataDir: string;
let port: MemoryPort;
let ended: Promise<number>;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'server-process-'));
  port = new MemoryPort();
  ended = serveOver(port);
});

afterEach(async () => {
  port.say({ type: 'stop' });
  await ended;
  await rm(dataDir, { recursive: true });
});

function start(listenOn = 0) {
  return { type: 'start', options: { dataDir, host: '127.0.0.1', port: listenOn, logLevel: 'silent' }, masterKey };
}

async function ask(message: unknown): Promise<FromServer> {
  const answer = port.next();
  port.say(message);
  return await answer;
}

async function startBox(): Promise<string> {
  const answer = await ask(start());
  if (answer.type !== 'ready') throw new Error(`not ready: ${JSON.stringify(answer)}`);
  return answer.url;
}

test('starts the server where it is told, and the server answers', async () => {
  const url = await startBox();
  const answer = await fetch(`${url}/readyz`);
  expect(answer.status).toBe(200);
});

test('keeps the master key out of the data folder', async () => {
  await startBox();
  expect(existsSync(join(dataDir, 'box.db'))).toBe(true);
  expect(existsSync(join(dataDir, 'master.key'))).toBe(false);
});

test('stops the server, says so and ends with 0; a second stop changes nothing', async () => {
  const url = await startBox();
  const answer = port.next();
  port.say({ type: 'stop' });
  port.say({ type: 'stop' });
  expect(await answer).toEqual({ type: 'stopped' });
  expect(await ended).toBe(0);
  await expect(fetch(`${url}/readyz`)).rejects.toThrow('fetch failed');
  expect(port.heard.map(({ type }) => type)).toEqual(['ready', 'glance', 'stopped']);
});

test('a stop that comes while it starts is obeyed as soon as it runs', async () => {
  port.say(start());
  port.say({ type: 'stop' });
  expect(await ended).toBe(0);
  expect(port.heard.map(({ type }) => type)).toEqual(['ready', 'glance', 'stopped']);
});

test('a stop before any start ends it', async () => {
  expect(await ask({ type: 'stop' })).toEqual({ type: 'stopped' });
  expect(await ended).toBe(0);
});

test('a start that fails is told with its code and ends with 1', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => {
    other.listen(0, '127.0.0.1', resolve);
  });
  const address = other.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  expect(await ask(start(taken))).toMatchObject({ type: 'failed', code: 'port.in_use' });
  expect(await ended).toBe(1);
  await new Promise((resolve) => {
    other.close(resolve);
  });
});

test.each([
  ['another kind of message', () => ({ type: 'restart' })],
  ['no message at all', () => null],
  ['a key of another length', () => ({ ...start(), masterKey: new Uint8Array(16) })],
  ['a key as text', () => ({ ...start(), masterKey: '07'.repeat(32) })],
  ['a port that is none', () => start(70_000)],
])('refuses %s, and can still be started', async (_what, message) => {
  expect(await ask(message())).toMatchObject({ type: 'failed', code: 'validation.failed' });
  const url = await startBox();
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('refuses a second start, and the first server goes on', async () => {
  const url = await startBox();
  expect(await ask(start())).toMatchObject({ type: 'failed', code: 'validation.failed' });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
});

test('gives a way in for a window: the set-up code of a new box, then a ticket that is good once', async () => {
  const url = await startBox();
  const first = await ask({ type: 'ticket' });
  if (first.type !== 'ticket' || first.setupCode === null) throw new Error('no code');
  expect(first.ticket).toBeNull();
  const page = { 'content-type': 'application/json', 'x-requested-with': 'sepsms-box' };
  const post = (path: string, body: unknown) =>
    fetch(`${url}/api/admin${path}`, { method: 'POST', headers: page, body: JSON.stringify(body) });
  await post('/setup', { code: first.setupCode, user: 'ann', password: 'rice and curry' });
  const second = await ask({ type: 'ticket' });
  if (second.type !== 'ticket') throw new Error('no ticket');
  expect(second.setupCode).toBeNull();
  const signedIn = await post('/session/ticket', { ticket: second.ticket });
  expect(await signedIn.json()).toMatchObject({ user: 'ann', role: 'admin' });
  expect(signedIn.headers.getSetCookie()).toHaveLength(1);
  expect((await post('/session/ticket', { ticket: second.ticket })).status).toBe(401);
});

test('answers nothing but a refusal before it runs', async () => {
  expect(await ask({ type: 'ticket' })).toMatchObject({ type: 'failed', code: 'validation.failed' });
});
