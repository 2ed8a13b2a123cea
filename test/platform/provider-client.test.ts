import { createServer, type Socket } from 'node:net';
import { onTestFinished, expect, test } from 'vitest';
import { OutboundGuard } from '../../server/platform/outbound-guard.ts';
import { ProviderClient, type ProviderRequest } from '../../server/platform/provider-client.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { answer, WebhookSink } from '../fakes/webhook-sink.ts';

async function world(allowed = true) {
  const clock = new ManualClock();
  const sink = await WebhookSink.start();
  const guard = new OutboundGuard({ clock, isAllowedHost: () => allowed, ownPorts: () => [8580] });
  const client = new ProviderClient({ clock, guard, userAgent: 'Box/1' });
  onTestFinished(async () => {
    await client.close();
    await sink.close();
  });
  const request = (fields: Partial<ProviderRequest> = {}): ProviderRequest => ({
    method: 'POST',
    url: `http://127.0.0.1:${sink.port}/send?a=1`,
    headers: { 'x-key': 'k' },
    body: 'hello',
    ...fields,
  });
  return { clock, sink, client, request };
}

test('an answer comes with its status, its headers and its text', async () => {
  const { sink, client, request } = await world();
  sink.behave = () => answer(422, { 'Retry-After': '7' }, 'สวัสดี');
  expect(await client.ask(request())).toMatchObject({
    kind: 'answered',
    status: 422,
    headers: { 'retry-after': '7' },
    text: 'สวัสดี',
  });
  expect(sink.posts).toMatchObject([
    { method: 'POST', path: '/send?a=1', body: 'hello', headers: { 'x-key': 'k', 'user-agent': 'Box/1' } },
  ]);
});

test('a redirect is an answer and is not followed', async () => {
  const { sink, client, request } = await world();
  sink.behave = () => answer(302, { location: sink.url });
  expect(await client.ask(request({ method: 'GET', body: null }))).toMatchObject({ kind: 'answered', status: 302 });
  expect(sink.posts).toHaveLength(1);
});

test.each([
  ['plain http to a host that is not listed', 'http://127.0.0.1:9/', false, 'Plain http'],
  ['a host inside the network that is not listed', 'https://10.0.0.1/', false, 'inside this network'],
  ['the metadata service of a cloud, listed or not', 'http://169.254.169.254/', true, 'metadata'],
  ['the box itself', 'http://127.0.0.1:8580/api/v2/message/send', true, 'the box itself'],
  ['another protocol', 'file:///etc/passwd', true, 'Only https'],
])('%s is not gone to', async (_name, url, allowed, words) => {
  const { client, request } = await world(allowed);
  const problem = expect.stringContaining(words) as string;
  expect(await client.ask(request({ url }))).toEqual({ kind: 'unsent', refused: true, problem });
});

test('a connection that is refused sent nothing', async () => {
  const { sink, client, request } = await world();
  const asked = request();
  await sink.close();
  expect(await client.ask(asked)).toMatchObject({ kind: 'unsent', refused: false });
});

/** A server of bytes that does with each connection what the test says. */
async function bytes(meet: (socket: Socket) => void): Promise<string> {
  const server = createServer(meet);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`;
}

test('a TLS handshake that fails sent nothing', async () => {
  const { client, request } = await world();
  const url = await bytes((socket) => socket.end('not TLS'));
  expect(await client.ask(request({ url: url.replace('http', 'https') }))).toMatchObject({ kind: 'unsent' });
});

test('a connection that is cut after the request left it in doubt', async () => {
  const { sink, client, request } = await world();
  sink.behave = () => ({ kind: 'cut' });
  expect(await client.ask(request())).toMatchObject({ kind: 'unanswered' });
});

test.each([
  ['says nothing', { kind: 'hang' } as const],
  ['drips', { kind: 'drip' } as const],
])('an answer that %s is given up after 30 seconds', async (_name, behaviour) => {
  const { clock, sink, client, request } = await world();
  sink.behave = () => behaviour;
  const asked = client.ask(request());
  await sink.arrivals(1);
  await clock.advance(30_000);
  expect(await asked).toEqual({ kind: 'unanswered', problem: 'No full answer came within 30 s.' });
  expect(clock.timers).toBe(0);
});

test('a handshake that takes for ever sent nothing', async () => {
  const { clock, client, request } = await world();
  const connected = Promise.withResolvers<void>();
  const url = await bytes(() => connected.resolve());
  const asked = client.ask(request({ url: url.replace('http', 'https') }));
  await connected.promise;
  await clock.advance(30_000);
  expect(await asked).toMatchObject({ kind: 'unsent', refused: false });
});

test('an endless answer is read up to 256 kB', async () => {
  const { sink, client, request } = await world();
  sink.behave = () => ({ kind: 'drip', bytes: 64 * 1024 });
  const got = await client.ask(request());
  expect(got.kind === 'answered' ? got.text.length : 0).toBe(256 * 1024);
});

test('whoever asked may stop waiting, and so may the box', async () => {
  const { sink, client, request } = await world();
  sink.behave = () => ({ kind: 'hang' });
  const abort = new AbortController();
  const one = client.ask(request({ signal: abort.signal }));
  const other = client.ask(request());
  await sink.arrivals(2);
  abort.abort();
  expect(await one).toMatchObject({ kind: 'unanswered' });
  await client.close();
  expect(await other).toMatchObject({ kind: 'unanswered' });
  expect(await client.ask(request())).toMatchObject({ kind: 'unsent' });
});
