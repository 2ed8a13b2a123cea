import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Logger } from '../../server/domain/ports.ts';
import { runBox, type HttpBox } from '../fakes/box.ts';

const secret = 'whsec_abc';
const logged: string[] = [];
const note = (event: string, fields: unknown): void => {
  logged.push(`${event} ${JSON.stringify(fields)}`);
};
const log: Logger = { debug: note, info: note, warn: note, error: note, child: () => log };
let box: HttpBox;
let address: string;
let modem: number;

beforeAll(async () => {
  box = await runBox({ log });
  const form = { kind: 'upstream', url: 'http://127.0.0.1:9', key: 'sk_sep_1', webhookSecret: secret, allowHost: true };
  const added = await box.admin('POST', '/carriers', form);
  address = String((added.body['facts'] as Record<string, unknown>)['callback']);
  const simulator = await box.admin('POST', '/carriers', { kind: 'simulator' });
  modem = Number(simulator.body['id']);
});
afterAll(() => box.close());

async function call(path: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(`${box.url}${path}`, { method: 'POST', ...init });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

const text = JSON.stringify({ from: '66899999999', text: 'a secret text', receivedAt: new Date().toISOString() });

function signed(body: string): RequestInit {
  const t = Math.floor(Date.now() / 1000);
  const v1 = createHmac('sha256', secret).update(`${t}.${body}`).digest('hex');
  return { body, headers: { 'x-webhook-event': 'sms.received', 'x-webhook-signature': `t=${t},v1=${v1}` } };
}

describe('the address of a carrier', () => {
  test('is shown with the carrier and takes what its other side tells, once it is on disk', async () => {
    expect(address).toMatch(/^\/api\/callbacks\/1\/[\w-]{24}$/u);
    const { status, text: body, headers } = await call(address, signed(text));
    expect([status, body]).toEqual([200, 'OK']);
    expect(headers.get('x-request-id')).toMatch(/\S/u);
    expect(box.peek.one('SELECT text FROM inbound')).toEqual({ text: 'a secret text' });
    expect(logged.join('\n')).not.toContain('a secret text');
  });

  test('is the same after a restart, and another for another carrier', async () => {
    const again = await box.admin('GET', '/carriers/1');
    expect((again.body['facts'] as Record<string, unknown>)['callback']).toBe(address);
    const other = await box.admin('POST', '/carriers', {
      kind: 'upstream',
      url: 'https://127.0.0.1:9',
      key: 'k',
      publicUrl: 'https://sms.example/',
    });
    const theirs = String((other.body['facts'] as Record<string, unknown>)['callback']);
    expect(theirs).toMatch(/^https:\/\/sms\.example\/api\/callbacks\/\d+\/[\w-]{24}$/u);
    expect(theirs.slice(-24)).not.toBe(address.slice(-24));
  });

  test('may be called by GET, without a body', async () => {
    expect((await call(`${address}?a=1`, { method: 'GET' })).status).toBe(404);
    expect((await box.admin('GET', '/carriers/1')).body['facts']).toMatchObject({
      callbackProblem: expect.stringContaining('without a signature'),
    });
  });

  test.each([
    ['another secret', () => address.replace(/.{3}$/u, 'AAA')],
    ['a part of the secret', () => address.slice(0, -1)],
    ['no secret', () => '/api/callbacks/1/'],
    ['nothing at all', () => '/api/callbacks/'],
    ['a carrier that there is not', () => address.replace('/1/', '/999/')],
    ['no number', () => address.replace('/1/', '/x/')],
    ['more path', () => `${address}/more`],
    ['a carrier that takes no calls', () => address.replace('/1/', `/${modem}/`)],
  ])('with %s is not found', async (_name, path) => {
    const answer = await call(path(), signed(text));
    expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('request.not_found')]);
  });

  test('is not found by other methods, nor when the carrier is switched off', async () => {
    expect((await call(address, { ...signed(text), method: 'DELETE' })).status).toBe(404);
    await box.admin('POST', '/carriers/1/disable');
    expect((await call(address, signed(text))).status).toBe(404);
    await box.admin('POST', '/carriers/1/enable');
    expect((await call(address, signed(text))).status).toBe(200);
  });

  test('takes no more than 256 kB', async () => {
    expect((await call(address, signed('x'.repeat(256 * 1024)))).status).toBe(200);
    expect((await call(address, signed('x'.repeat(256 * 1024 + 1)))).status).toBe(413);
  });

  test('guesses are counted', async () => {
    await box.admin('PUT', '/settings/limits.allPerMinute', { value: 3 });
    const guesses = await Promise.all(Array.from({ length: 5 }, () => call('/api/callbacks/1/guess')));
    expect(guesses.map(({ status }) => status)).toEqual(expect.arrayContaining([404, 429]));
    expect((await call(address, signed(text))).status).toBe(200);
    await box.admin('PUT', '/settings/limits.allPerMinute', { value: 0 });
  });
});

test('a carrier without a name gets one that none had, not even a removed one', async () => {
  const form = { kind: 'upstream', url: 'https://127.0.0.1:9', key: 'k' };
  const first = await box.admin('POST', '/carriers', form);
  await box.admin('DELETE', `/carriers/${String(first.body['id'])}`);
  const second = await box.admin('POST', '/carriers', form);
  expect(second.body['name']).toMatch(/^Upstream \d$/u);
  expect(second.body['name']).not.toBe(first.body['name']);
});

describe('the configuration of a carrier', () => {
  test('is changed in part; secrets rest sealed', async () => {
    const before = box.peek.one<{ config: string }>('SELECT config FROM carrier WHERE id = 1').config;
    const changed = await box.admin('PATCH', '/carriers/1', {
      kind: 'upstream',
      key: 'sk_sep_2',
      webhookSecret: null,
      publicUrl: 'https://sms.example',
    });
    expect(changed.status).toBe(200);
    expect(changed.body['facts']).toMatchObject({ callback: `https://sms.example${address}` });
    const after = box.peek.one<{ config: string }>('SELECT config FROM carrier WHERE id = 1').config;
    expect(after).not.toContain('sk_sep_2');
    expect(after).not.toContain('webhookSecret');
    expect(JSON.parse(after)).toMatchObject({ url: 'http://127.0.0.1:9' });
    expect((JSON.parse(after) as { key: string }).key).not.toBe((JSON.parse(before) as { key: string }).key);
    expect((await call(address, signed(text))).status).toBe(404);
  });

  test('is of its own kind', async () => {
    const answer = await box.admin('PATCH', `/carriers/${modem}`, { kind: 'upstream', key: 'k' });
    expect([answer.status, answer.error['code']]).toEqual([422, 'carrier.config_invalid']);
    expect((await box.admin('PATCH', '/carriers/99', { kind: 'upstream', key: 'k' })).status).toBe(404);
  });

  test.each([
    [{ kind: 'upstream', key: 'k' }, 'url'],
    [{ kind: 'upstream', url: 'https://a.example' }, 'key'],
    [{ kind: 'upstream', url: 'https://me:pw@a.example', key: 'k' }, 'url'],
    [{ kind: 'upstream', url: 'ftp://a.example', key: 'k' }, 'url'],
    [{ kind: 'upstream', provider: 'twilio', key: 'k' }, 'user'],
    [{ kind: 'upstream', provider: 'custom' }, 'mapping'],
    [{ kind: 'upstream', provider: 'pigeon', url: 'https://a.example', key: 'k' }, 'provider'],
  ])('%j lacks something or has it wrong', async (form, path) => {
    const answer = await box.admin('POST', '/carriers', form);
    expect(answer.error).toMatchObject({ code: 'validation.failed', details: [{ path }] });
  });
});
