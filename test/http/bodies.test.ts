import { request as httpRequest } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
let stored: Record<string, number>;

beforeAll(async () => {
  box = await runBox({ clock: new ManualClock() });
});
afterAll(() => box.close());
beforeEach(() => {
  stored = box.peek.counts();
});
// Whatever is refused leaves nothing behind.
afterEach(() => {
  expect(box.peek.counts()).toEqual(stored);
});

interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: { readonly success?: boolean; readonly error?: { readonly code: string; readonly message: string } };
}

/** Posts bytes as they are, in `chunks`; with `length` declared, or chunked. */
function post(chunks: readonly Uint8Array[], headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${box.url}/api/v2/message/send`,
      { method: 'POST', headers: { 'content-type': 'application/json', 'x-api-key': box.key, ...headers } },
      (response) => {
        const received: Buffer[] = [];
        response.on('data', (chunk: Buffer) => received.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: JSON.parse(Buffer.concat(received).toString('utf8')) as RawAnswer['body'],
          }),
        );
      },
    );
    request.on('error', reject);
    for (const chunk of chunks) request.write(chunk);
    request.end();
  });
}

const text = (content: string) => [Buffer.from(content, 'utf8')];
const good = JSON.stringify({ origin: 'SEPSMS', message: 'Hi', recipients: [phone(1)] });

function expectRefusal(answer: RawAnswer, status: number, code: string): void {
  expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
  expect(answer.body.success).toBe(false);
  expect(answer.body.error?.message).toMatch(/\w{3}/u);
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(answer.headers['x-request-id']).toMatch(/\S/u);
}

describe('a body', () => {
  test.each([
    ['nothing', ''],
    ['a word', 'hello'],
    ['half a body', good.slice(0, 20)],
    ['something after it', `${good}x`],
    ['a form', 'origin=SEPSMS&message=Hi'],
  ])('that is no JSON: %s', async (_what, content) => {
    expectRefusal(await post(text(content)), 400, 'request.invalid_json');
  });

  test('that is not UTF-8', async () => {
    const broken = Buffer.from(good.replace('Hi', 'ÿ'), 'latin1');
    expectRefusal(await post([broken]), 400, 'request.invalid_json');
  });

  test('that is large and no JSON, or not UTF-8, is refused alike', async () => {
    const large = JSON.stringify({ origin: 'SEPSMS', message: 'Hi', pad: 'x'.repeat(400_000), recipients: [phone(1)] });
    expectRefusal(await post(text(large.slice(0, -1))), 400, 'request.invalid_json');
    expectRefusal(await post([Buffer.from(large.replace('Hi', 'ÿ'), 'latin1')]), 400, 'request.invalid_json');
  });

  test.each([
    ['text/plain', undefined],
    ['application/x-www-form-urlencoded', undefined],
    ['multipart/form-data; boundary=x', undefined],
    ['application/jsonp', undefined],
    ['', undefined],
    ['application/json', 'gzip'],
  ])('of the type %j, encoded %j', async (type, encoding) => {
    const coding = encoding === undefined ? {} : { 'content-encoding': encoding };
    expectRefusal(await post(text(good), { 'content-type': type, ...coding }), 415, 'request.unsupported_media_type');
  });

  test.each(['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.api+json'])(
    'of the type %s is taken',
    async (type) => {
      const answer = await post(text('{"origin":1}'), { 'content-type': type });
      expectRefusal(answer, 400, 'validation.failed');
    },
  );

  const megabyte = Buffer.alloc(1_000_000, 0x20);
  const thirty = Array.from({ length: 30 }, () => megabyte);

  test('of 30 MB, length declared', async () => {
    const answer = await post(thirty, { 'content-length': 30_000_000 });
    expectRefusal(answer, 413, 'request.too_large');
  });

  test('of 30 MB, in chunks without a length', async () => {
    expectRefusal(await post(thirty, { 'transfer-encoding': 'chunked' }), 413, 'request.too_large');
  });

  test('larger than the setting allows, by one byte', async () => {
    await box.admin('PUT', '/settings/http.maxBodyBytes', { value: 10_000 });
    stored = box.peek.counts();
    const padded = (length: number) => text('{"origin":1}'.padEnd(length, ' '));
    expectRefusal(await post(padded(10_000)), 400, 'validation.failed');
    expectRefusal(await post(padded(10_001)), 413, 'request.too_large');
    await box.admin('PUT', '/settings/http.maxBodyBytes', { value: 20_000_000 });
  });

  test('whose sender goes away in the middle leaves the box in good order', async () => {
    const request = httpRequest(`${box.url}/api/v2/message/send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': box.key, 'content-length': good.length },
    });
    const gone = new Promise<void>((resolve) => {
      request.on('close', () => resolve());
    });
    request.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      request.write(good.slice(0, 10), () => resolve());
    });
    request.destroy();
    await gone;
    expectRefusal(await post(text('{"origin":1}')), 400, 'validation.failed');
  });
});
