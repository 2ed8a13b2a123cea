import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { machineAddresses } from '../../server/platform/outbound-guard.ts';
import { runBox, type HttpBox } from '../fakes/box.ts';
import { answer, WebhookSink } from '../fakes/webhook-sink.ts';

let box: HttpBox;
let sink: WebhookSink;

beforeAll(async () => {
  box = await runBox();
  sink = await WebhookSink.start();
});
afterAll(async () => {
  await box.close();
  await sink.close();
});

const add = (url: string) => box.admin('POST', '/webhooks', { url, events: 'all', allowHost: true });
const urlHost = (address: string) => (address.includes(':') ? `[${address.replace(/%.*$/u, '')}]` : address);

describe('a webhook to the box itself', () => {
  test('is refused by every name and address of this machine, whatever an administrator allows', async () => {
    const spellings = [
      'localhost',
      '127.0.0.1',
      '127.9.9.9',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '2130706433',
      '0177.0.0.1',
    ];
    const { port } = box.server.address;
    for (const host of [...spellings, '0.0.0.0', '[::]', ...machineAddresses().map(urlHost)]) {
      const refused = await add(`http://${host}:${port}/api/admin/setup`);
      expect([host, refused.status, refused.error['code']]).toEqual([host, 422, 'webhook.url_refused']);
    }
    expect((await box.admin('GET', '/webhooks')).body['items']).toEqual([]);
  });

  test('is not reached by a receiver that redirects there', async () => {
    sink.behave = () => answer(302, { location: `${box.url}/api/admin/setup` });
    const added = await add(sink.url);
    const outcome = await box.admin('POST', `/webhooks/${String(added.body['id'])}/test`);
    expect(outcome.body).toMatchObject({ delivered: false, status: 302 });
    expect(sink.posts).toHaveLength(1);
    await box.admin('DELETE', `/webhooks/${String(added.body['id'])}`);
  });

  test('is refused at the attempt too, when the host is taken off the allow-list after it was registered', async () => {
    sink.behave = () => answer(200);
    const added = await add(sink.url);
    const tryIt = () => box.admin('POST', `/webhooks/${String(added.body['id'])}/test`);
    expect((await tryIt()).body).toMatchObject({ delivered: true });
    await box.admin('PUT', '/settings/webhook.allowedHosts', { value: [] });
    const seen = sink.posts.length;
    expect((await tryIt()).body).toMatchObject({
      delivered: false,
      status: null,
      error: expect.stringContaining('allowed'),
    });
    expect(sink.posts).toHaveLength(seen);
  });
});
