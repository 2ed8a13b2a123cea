import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutboundGuard } from '../../server/platform/outbound-guard.ts';
import { WebhookClient } from '../../server/platform/webhook-client.ts';
import type { WebhookAnswer } from '../../server/platform/webhook-client.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { WebhookSink } from '../fakes/webhook-sink.ts';
import { selfSigned } from './self-signed.ts';

const identity = selfSigned('hook.test');
let sink: WebhookSink;
let clients: WebhookClient[];

beforeEach(async () => {
  sink = await WebhookSink.start(identity);
  clients = [];
});

afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await sink.close();
});

function post(host: string, ca?: string): Promise<WebhookAnswer> {
  const clock = new ManualClock();
  const guard = new OutboundGuard({
    clock,
    isAllowedHost: () => true,
    ownPorts: () => [],
    resolve: async () => ['127.0.0.1'],
  });
  const client = new WebhookClient({ clock, guard, ...(ca === undefined ? {} : { ca }) });
  clients.push(client);
  return client.post({ url: `https://${host}:${sink.port}/hook`, headers: {}, body: '{}' });
}

describe('posting over TLS', () => {
  it('connects to the vetted address and checks the certificate against the name in the URL', async () => {
    expect(await post('hook.test', identity.cert)).toMatchObject({ kind: 'answered', status: 200 });
  });

  it('refuses a certificate for another host', async () => {
    const result = await post('other.test', identity.cert);
    expect(result).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('another host') });
    expect(sink.posts).toEqual([]);
  });

  it('refuses a certificate that nobody it trusts has signed', async () => {
    const result = await post('hook.test');
    expect(result).toMatchObject({ kind: 'unanswered', error: expect.stringContaining('self-signed') });
    expect(sink.posts).toEqual([]);
  });
});
