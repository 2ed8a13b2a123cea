import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readyMade } from '../../../server/carrier-kinds/upstream-kind.ts';
import { providerMapping } from '../../../server/contract/provider-mapping.ts';
import { answer, type Behaviour } from '../../fakes/webhook-sink.ts';
import { boxId, call, phone, rig, submission } from './rig.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/upstream-carriers.md'), 'utf8');
const example = JSON.parse(/```json\n([\s\S]*?)\n```/u.exec(page)?.[1] ?? '') as Record<string, unknown>;

const json = (status: number, body: unknown) =>
  answer(status, { 'content-type': 'application/json' }, JSON.stringify(body));
const account = json(200, { credit: 99.5, currency: 'THB' });
const taken = json(200, { status: 'queued', message: { id: 4711 } });

async function ready(send: Behaviour, config: Readonly<Record<string, unknown>> = {}) {
  const up = await rig({ provider: 'custom', key: 'k&y', mapping: example, ...config });
  up.sink.behave = (post) => (post.path === '/v1/account' ? account : send);
  await up.start();
  return up;
}

describe('the mapping in the documentation', () => {
  test('sends', async () => {
    const up = await ready(taken, { publicUrl: 'https://sms.example.com' });
    expect(up.carrier.status()).toMatchObject({
      state: 'ready',
      facts: { provider: 'Example SMS', balance: 99.5, balanceUnit: 'THB' },
    });
    const sent = submission({ id: 9, expiresAt: Date.UTC(2026, 0, 20) });
    expect(await up.carrier.submit(sent)).toEqual({ kind: 'accepted', reference: '4711' });
    const post = up.sink.posts[1];
    expect(post).toMatchObject({ method: 'POST', path: '/v1/messages', headers: { authorization: 'Bearer k&y' } });
    expect(JSON.parse(post?.body ?? '')).toEqual({
      from: 'SHOP',
      to: `+${phone}`,
      body: sent.text,
      unicode: 'yes',
      ttl: 86_400,
      customId: expect.stringMatching(new RegExp(`^${boxId}-9-`, 'u')),
      callback: 'https://sms.example.com/api/callbacks/3/secret',
    });
  });

  test.each([
    ['invalid_number', 'rejected', 'ready'],
    ['busy', 'retry', 'ready'],
    ['rate', 'retry', 'waiting'],
    ['funds', 'retry', 'waiting'],
    ['sender', 'retry', 'ready'],
    ['account', 'retry', 'faulty'],
    ['else', 'rejected', 'ready'],
  ])('reads the refusal %s', async (code, kind, state) => {
    const up = await ready(json(400, { status: 'refused', error: { code, text: `it was ${code}` } }));
    const outcome = await up.carrier.submit(submission());
    expect(outcome).toMatchObject({ kind, code, message: expect.stringContaining(`it was ${code}`) });
    expect(up.carrier.status().state).toBe(state);
  });

  test('reads reports that are called in, signed', async () => {
    const up = await ready(taken, { webhookSecret: 's3cret' });
    const events = [
      { id: 4711, to: `+${phone}`, state: 'DELIVERED', at: 1_768_446_900 },
      { id: '4712', state: 'FAILED', reason: 'absent' },
    ];
    const body = JSON.stringify({ events });
    const signature = `sha256=${createHmac('sha256', 's3cret').update(body).digest('hex')}`;
    const given = await up.carrier.callback?.(call(body, { 'x-signature': signature }));
    expect(given).toEqual({ status: 200, contentType: 'application/json', body: '{"ok":true}' });
    expect(up.reports).toEqual([
      {
        reference: '4711',
        msisdn: phone,
        verdict: 'delivered',
        code: 'DELIVERED',
        message: 'The provider says DELIVERED.',
        at: 1_768_446_900_000,
      },
      expect.objectContaining({ reference: '4712', msisdn: null, verdict: 'failed', code: 'absent' }),
    ]);
    expect(await up.carrier.callback?.(call(`${body} `, { 'x-signature': signature }))).toMatchObject({ status: 404 });
  });

  test('reads reports that are asked for', async () => {
    const up = await ready(json(200, { state: 'EXPIRED', reason: 'late' }));
    const report = await up.carrier.ask?.({ reference: 'a/b', msisdn: phone, origin: 'SHOP', handedAt: 0 });
    expect(report).toMatchObject({ reference: 'a/b', verdict: 'expired', code: 'late' });
    expect(up.sink.posts[1]?.path).toBe('/v1/messages/a%2Fb');
  });
});

/** The same with some of its `send` changed. */
function sending(change: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { ...example, send: { ...(example['send'] as object), ...change } };
}

describe('other ways of speaking', () => {
  test('a form, escaped; what has no value is left out', async () => {
    const request = {
      method: 'POST',
      url: '{url}/send?to={to}&text={text}',
      body: { type: 'form', fields: { text: '{text}', cb: '{callbackUrl}', mixed: 'x{callbackUrl}' } },
    };
    const up = await ready(taken, { mapping: sending({ request }) });
    const sent = submission();
    await up.carrier.submit(sent);
    const post = up.sink.posts[1];
    const url = new URL(post?.path ?? '', 'http://x');
    expect([url.pathname, url.searchParams.get('to'), url.searchParams.get('text')]).toEqual([
      '/send',
      phone,
      sent.text,
    ]);
    expect([...new URLSearchParams(post?.body)]).toEqual([
      ['text', sent.text],
      ['mixed', 'x'],
    ]);
  });

  test.each([
    ['form', 'status=OK&id=77', { at: '/status', equals: ['OK'] }, '/id'],
    ['text', 'OK: 77\r\n', { at: '/words/0', equals: ['OK'] }, '/words/1'],
  ])('an answer in %s', async (kind, text, success, reference) => {
    const mapping = sending({ answer: kind, success, reference });
    const up = await ready(answer(200, {}, text), { mapping });
    expect(await up.carrier.submit(submission())).toEqual({ kind: 'accepted', reference: '77' });
  });

  test('an answer without the reference that it should have is no success, nor is a page of somebody else', async () => {
    const mapping = sending({ success: undefined });
    for (const text of ['{"status":"queued"}', '<html>Welcome to the hotel']) {
      const up = await ready(answer(200, {}, text), { mapping });
      expect(await up.carrier.submit(submission())).toMatchObject({ kind: 'uncertain', code: 'provider.unreadable' });
    }
  });

  test('a provider that takes a reference once is sent the same again when its answer was lost', async () => {
    const up = await ready({ kind: 'cut' }, { mapping: sending({ idempotent: true, reference: undefined }) });
    const sent = submission();
    expect(await up.carrier.submit(sent)).toMatchObject({ kind: 'uncertain' });
    up.sink.behave = (post) => (post.path === '/v1/account' ? account : taken);
    await up.carrier.operate?.({ kind: 'probe' });
    const known = await up.carrier.query?.(sent);
    const [first, second] = up.sink.posts.filter((post) => post.method === 'POST');
    expect(second?.body).toBe(first?.body);
    expect(known).toEqual({ kind: 'accepted', reference: JSON.parse(first?.body ?? '').customId as string });
    await up.clock.advance(sent.expiresAt - up.clock.now());
    expect(await up.carrier.query?.(sent)).toMatchObject({ kind: 'uncertain', code: 'provider.too_late' });
  });

  test('a token in a header keeps strangers out', async () => {
    const callback = { ...(example['callback'] as object), signature: { kind: 'token', header: 'X-Token' } };
    const up = await ready(taken, { mapping: { ...example, callback }, webhookSecret: 't0ken' });
    const body = JSON.stringify({ events: [{ id: 1, state: 'DELIVERED' }] });
    expect(await up.carrier.callback?.(call(body, { 'x-token': 't0kem' }))).toMatchObject({ status: 404 });
    expect(await up.carrier.callback?.(call(body, { 'x-token': 't0ken' }))).toMatchObject({ status: 200 });
    expect(up.reports).toHaveLength(1);
  });
});

describe('a mapping is refused', () => {
  const request = (example['send'] as { request: Record<string, unknown> }).request;
  test.each<[string, Record<string, unknown>]>([
    ['whose host depends on the message', sending({ request: { ...request, url: 'https://{to}.example/' } })],
    ['whose host is only begun', sending({ request: { ...request, url: 'https://api.example{text}' } })],
    ['that has a user in its address', sending({ request: { ...request, url: 'https://me:pw@api.example/' } })],
    ['that speaks something else', sending({ request: { ...request, url: 'file:///etc/passwd' } })],
    ['whose base comes late', sending({ request: { ...request, url: 'https://a.example/{url}' } })],
    ['with a placeholder that there is not', sending({ request: { ...request, url: '{url}/{secret}' } })],
    ['with a text in a header', sending({ request: { ...request, headers: { a: '{text}' } } })],
    ['with two lines in a header', sending({ request: { ...request, headers: { a: 'b\r\nc: d' } } })],
    ['with a header of no name', sending({ request: { ...request, headers: { 'a b': 'c' } } })],
    ['with another method', sending({ request: { ...request, method: 'DELETE' } })],
    ['with a place that is no pointer', sending({ reference: 'message.id' })],
    ['with half a success', sending({ success: { at: '/status' } })],
    ['with a code that means nothing', sending({ codes: { a: 'maybe' } })],
    ['that is nested without end', sending({ request: { ...request, body: { type: 'json', value: nested(40) } } })],
    ['without a way to send', { name: 'x' }],
  ])('%s', (_name, mapping) => {
    expect(providerMapping.safeParse(mapping).success).toBe(false);
  });

  test.each(Object.entries(readyMade))('none that comes with the box: %s', (_name, mapping) => {
    expect(providerMapping.parse(mapping)).toEqual(mapping);
  });

  test('and what it refuses could be otherwise', () => {
    expect(providerMapping.safeParse(example).error).toBeUndefined();
    expect(
      providerMapping.safeParse(sending({ request: { ...request, url: 'https://a.example:8/x?t={to}' } })).success,
    ).toBe(true);
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? 'x' : { a: nested(depth - 1) };
}
