import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBox } from '../../server/app.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import type { RunningServer } from '../../server/running-server.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { call, tempFolder, testFolder, type Answer } from '../fakes/box.ts';
import { FakeMachine } from '../fakes/modem-machine.ts';

const password = 'correct horse battery';
const text = 'Your parcel of roses waits';
const msisdn = '66812345678';
let dir: string;
let server: RunningServer;
let token: string;

beforeAll(async () => {
  dir = tempFolder();
  // Everything is kept, and nothing is shown on the console.
  server = await start(dir);
  token = readFileSync(join(dir, 'admin.token'), 'utf8').trim();
});
afterAll(() => server.stop());

function start(folder: string): Promise<RunningServer> {
  const world = { clock: systemClock, random: systemRandom, machine: new FakeMachine() };
  return buildBox({ dataDir: folder, host: '127.0.0.1', port: 0, logLevel: 'silent' }, world);
}

const admin = (method: string, path: string, body?: unknown): Promise<Answer> =>
  call(`${server.address.url}/api/admin${path}`, method, body, { authorization: `Bearer ${token}` });
interface Item {
  readonly seq: number;
  readonly level: string;
  readonly part: string;
  readonly event: string;
}
const items = async (query = '') => (await admin('GET', `/logs${query}`)).body['items'] as Item[];

test('the latest lines come newest first, by level, part and text', async () => {
  await admin('POST', '/users', { name: 'olga', password, role: 'operator' });
  const all = await items();
  expect(all.map(({ event }) => event)).toEqual(expect.arrayContaining(['box.started', 'audit.written']));
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a));
  expect(new Set((await items('?part=audit')).map(({ part }) => part))).toEqual(new Set(['audit']));
  expect((await items('?text=BOX.STARTED')).map(({ event }) => event)).toEqual(['box.started']);
  expect((await items('?level=error')).filter(({ level }) => level !== 'error')).toEqual([]);
  const { body } = await admin('GET', '/logs?limit=1');
  expect(body).toMatchObject({ more: true, problem: null, parts: expect.arrayContaining(['audit', 'box']) });
  expect((await admin('GET', '/logs?level=loud')).status).toBe(400);
});

test('all of it is a file of JSON lines, also from before a restart', async () => {
  const folder = testFolder();
  const first = await start(folder);
  await first.stop();
  const again = await start(folder);
  const own = readFileSync(join(folder, 'admin.token'), 'utf8').trim();
  const response = await fetch(`${again.address.url}/api/admin/logs/file`, {
    headers: { authorization: `Bearer ${own}` },
  });
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="sepsms-box.log"');
  const lines = (await response.text()).trim().split('\n');
  const events = lines.map((line) => (JSON.parse(line) as { msg: string }).msg);
  expect(events.filter((event) => event === 'box.started')).toHaveLength(2);
  expect(events).toContain('box.stopped');
  await again.stop();
});

test('is for administrators alone', async () => {
  const page = { 'x-requested-with': 'sepsms-box' };
  const url = `${server.address.url}/api/admin`;
  const signedIn = await call(`${url}/session`, 'POST', { user: 'olga', password }, page);
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  for (const path of ['/logs', '/logs/file'])
    expect((await call(`${url}${path}`, 'GET', undefined, { cookie })).error['code']).toBe('auth.forbidden');
});

test('nothing personal is in it, whatever a box does', async () => {
  await admin('POST', '/credits', { amount: 100 });
  await admin('POST', '/senders', { name: 'SEPSMS' });
  await admin('POST', '/carriers', { kind: 'simulator', name: 'SIM' });
  await admin('POST', '/carriers', { kind: 'modem', name: 'Broken', path: '/dev/nowhere', pin: '471147' });
  const key = String((await admin('POST', '/keys', { name: 'shop' })).body['key']);
  const api = (path: string, body: unknown) =>
    call(`${server.address.url}/api/v2${path}`, 'POST', body, { 'x-api-key': key });
  await admin('POST', '/webhooks', { url: 'http://127.0.0.1:9/secret-path', events: 'all', allowHost: true });
  const sent = await api('/message/send', { origin: 'SEPSMS', message: text, recipients: [msisdn] });
  const uuid = String(sent.result['uuid']);
  await api('/otp/send', { destination: msisdn, origin: 'SEPSMS' });
  await api('/message/send', { origin: 'SEPSMS', message: text, recipients: ['not a number'] });
  await admin('POST', '/session', { user: 'olga', password: 'a wrong password' });
  for (let done = false; !done;) done = (await admin('GET', `/messages/${uuid}`)).body['status'] === 'completed';
  const file = await fetch(`${server.address.url}/api/admin/logs/file`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const log = await file.text();
  expect(log).toContain('audit.written');
  for (const secret of [
    text,
    'roses',
    msisdn,
    '0812345678',
    '471147',
    password,
    'a wrong password',
    key,
    'secret-path',
  ])
    expect(log).not.toContain(secret);
});
