import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { settingDefinitions } from '../../server/config/settings.ts';
import type { OpenApiDocument } from '../../server/contract/openapi.ts';
import { eventNames } from '../../server/domain/events.ts';
import { scopes } from '../../server/domain/scopes.ts';
import { call, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { verifiesFor, WebhookSink } from '../fakes/webhook-sink.ts';
import { compare, parseCurl, printedOperation, printedOperations, reference } from './reference/printed.ts';

/** Five minutes before the end of the printed one-time code. */
const clock = new ManualClock(Date.parse('2026-01-15T10:30:00.000Z'));
const printedBalance = 18_420;
let box: HttpBox;
let document: OpenApiDocument;
let sink: WebhookSink;
/** What the reference elides, as this box has it. */
let uuid: string;
let codeReference: string;

beforeAll(async () => {
  box = await runBox({ clock, credits: printedBalance });
  sink = await WebhookSink.start();
  document = (await (await fetch(`${box.url}/api/v2/openapi.json`)).json()) as OpenApiDocument;
});
afterAll(async () => {
  await box.close();
  await sink.close();
});

/** Sends a printed curl command to this box: only the host, the key and what is elided are put in. */
function send(command: string, fill: Readonly<Record<string, string>> = {}): Promise<Answer> {
  let text = command.replace('https://sepsms.com', box.url).replace('sk_sep_...', box.key);
  for (const [elided, real] of Object.entries(fill)) text = text.replace(elided, real);
  const { method, url, headers, body } = parseCurl(text);
  return call(url, method, body, headers);
}

/** Holds an answer against the printed one; fields on top are allowed where the document marks them as extensions. */
function expectAsPrinted(path: string, method: string, answer: Answer): void {
  const printed: unknown = JSON.parse(printedOperation(method, path).answer);
  const { faults, more } = compare(printed, answer.body);
  expect([answer.status, faults]).toEqual([200, []]);
  for (const field of more) {
    const [, name = ''] = /^\.result\.(\w+)$/u.exec(field) ?? [];
    expect(resultProperty(path, method, name), field).toMatchObject({ 'x-sepsms-extension': true });
  }
}

function resultProperty(path: string, method: string, name: string): unknown {
  const { responses } = document.paths[path]?.[method.toLowerCase()] ?? {};
  const schema = z
    .object({ content: z.object({ 'application/json': z.object({ schema: resultSchema }) }) })
    .parse(responses?.['200']).content['application/json'].schema;
  const component = document.components.schemas[schema.properties.result.$ref.split('/').at(-1) ?? ''];
  return z.object({ properties: z.record(z.string(), z.unknown()) }).parse(component).properties[name];
}

const resultSchema = z.object({ properties: z.object({ result: z.object({ $ref: z.string() }) }) });

describe('the reference', () => {
  test('is read whole: six operations, each with a request and an answer', () => {
    const operations = printedOperations();
    expect(operations.map(({ method, path, scope }) => `${method} ${path} ${scope}`)).toEqual([
      'POST /message/send sms:send',
      'POST /otp/send otp:send',
      'POST /otp/verify otp:verify',
      'GET /message/{uuid} sms:read',
      'GET /message/credit/balance credit:read',
      'POST /webhooks webhooks:write',
    ]);
    for (const { request, answer } of operations)
      expect([request, answer].map((text) => text.length > 20)).toEqual([true, true]);
    expect(parseCurl(operations[0]?.request ?? '')).toMatchObject({
      method: 'POST',
      url: 'https://sepsms.com/api/v2/message/send',
      headers: { 'x-api-key': 'sk_sep_...', 'content-type': 'application/json' },
    });
  });

  test.each(printedOperations().filter(({ path }) => path !== '/webhooks'))(
    'and the document agree on $method $path',
    ({ method, path, scope, fields }) => {
      const operation = document.paths[path]?.[method.toLowerCase()];
      expect(operation).toMatchObject({ security: [{ apiKey: [scope] }] });
      expect(operation).not.toHaveProperty('x-sepsms-extension');
      const body = operation?.['requestBody'] as { content: Record<string, { schema: { $ref: string } }> } | undefined;
      const name = body?.content['application/json']?.schema.$ref.split('/').at(-1) ?? '';
      const schema = document.components.schemas[name] as
        | { required: string[]; properties: Record<string, Record<string, unknown>> }
        | undefined;
      const inBody = fields.filter(({ type }) => type !== 'path');
      expect(inBody.map((field) => field.name).filter((field) => schema?.properties[field] === undefined)).toEqual([]);
      expect(
        inBody
          .filter((field) => field.required)
          .map((field) => field.name)
          .toSorted(),
      ).toEqual((schema?.required ?? []).toSorted());
      for (const field of inBody) expect(schema?.properties[field.name]).not.toHaveProperty('x-sepsms-extension');
    },
  );

  test('names the scopes, limits and events that this box has', () => {
    const named = [...reference.matchAll(/^ {2}• (?<area>\w+):(?<first>[a-z]+)(?: \/ (?<second>[a-z]+))?/gmu)].flatMap(
      ({ groups }) =>
        [groups?.['first'], groups?.['second']].flatMap((name) =>
          name === undefined ? [] : [`${groups?.['area'] ?? ''}:${name}`],
        ),
    );
    expect(named.toSorted()).toEqual(scopes.toSorted());
    const limit = (line: RegExp): number => Number(line.exec(reference)?.[1]?.replace(',', ''));
    expect([
      limit(/^發送 SMS([\d,]+) 次/mu),
      limit(/^發送 OTP([\d,]+) 次/mu),
      limit(/^所有 endpoint 合計([\d,]+) 次/mu),
    ]).toEqual([
      settingDefinitions['limits.sendPerMinute'].usual,
      settingDefinitions['limits.otpPerMinutePerIp'].usual,
      settingDefinitions['limits.allPerMinute'].usual,
    ]);
    const [, events] = /^Webhook events: (\S+)$/mu.exec(reference) ?? [];
    expect(eventNames.filter((name) => name !== 'sms.received').join('')).toBe(events);
  });
});

describe('the samples of the reference, sent as printed, are answered as printed', () => {
  test('the credits left', async () => {
    const { method, path, request } = printedOperation('GET', '/message/credit/balance');
    expectAsPrinted(path, method, await send(request));
  });

  test('a one-time code is sent', async () => {
    const { method, path, request } = printedOperation('POST', '/otp/send');
    const answer = await send(request);
    expectAsPrinted(path, method, answer);
    codeReference = String(answer.result['reference']);
    const text = box.otpText(codeReference);
    expect(text).toMatch(/^รหัสยืนยันของคุณคือ \d{6} \(Ref: [A-Z0-9]{6}\)$/u);
  });

  test('and verified', async () => {
    const { method, path, request } = printedOperation('POST', '/otp/verify');
    const [code = ''] = /\d{6}/u.exec(box.otpText(codeReference)) ?? [];
    const fill = { A3K9X2: codeReference, '123456': code };
    const wrong = await send(request, { ...fill, '123456': code === '123456' ? '654321' : '123456' });
    expect([wrong.status, wrong.error]).toMatchObject([400, { code: 'otp.invalid_pin', attemptsRemaining: 4 }]);
    const answer = await send(request, fill);
    expectAsPrinted(path, method, answer);
    expect(answer.result['reference']).toBe(codeReference);
  });

  test('a message is sent, by both samples', async () => {
    const { method, path, request } = printedOperation('POST', '/message/send');
    const [quickStart = ''] = /^curl -X POST[\s\S]*?\}'$/mu.exec(reference) ?? [];
    expectAsPrinted(path, method, await send(quickStart));
    const answer = await send(request);
    expectAsPrinted(path, method, answer);
    expect(answer.result['refNo']).toMatch(/^SP260115/u);
    uuid = String(answer.result['uuid']);
  });

  test('its webhook comes as printed, in headers and body, and signed', async () => {
    const { answer, request } = printedOperation('POST', '/webhooks');
    const payload = JSON.parse(request.replaceAll(/^#.*$/gmu, '')) as Record<string, unknown>;
    const added = await box.admin('POST', '/webhooks', { ...payload, url: sink.url, allowHost: true });
    expect([added.status, added.body['events']]).toEqual([200, ['dr.success', 'dr.failed']]);
    await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
    for (let second = 0; second < 60 && sink.posts.length < 4; second += 1) await clock.advance(1_000);
    await sink.arrivals(4);

    const [printedBody] = /^\{[\s\S]*\}$/mu.exec(answer) ?? ['{}'];
    const post = sink.posts.find(({ body }) => body.includes(uuid) && body.includes('66812345678'));
    const { faults, more } = compare(JSON.parse(printedBody), JSON.parse(post?.body ?? '{}'));
    expect({ faults, more }).toEqual({ faults: [], more: [] });
    const printedHeaders = [...answer.matchAll(/^\/\/ {3}(?<name>X-[\w-]+): (?<value>.+)$/gmu)];
    expect(printedHeaders).toHaveLength(3);
    for (const { groups } of printedHeaders) {
      const form = (groups?.['value'] ?? '')
        .replaceAll(/1737020405/gu, '\\d{10}')
        .replace('<hmac-sha256>', '[0-9a-f]{64}');
      expect(post?.headers[groups?.['name']?.toLowerCase() ?? '']).toMatch(
        new RegExp(`^${form.replace('.', '\\.')}$`, 'u'),
      );
    }
    if (post === undefined) throw new Error('no such webhook came');
    expect(verifiesFor(String(added.body['secret']), post, clock.now())).toBe(true);
  });

  test('an endpoint is not registered with a key, as the reference says', async () => {
    const { request } = printedOperation('POST', '/webhooks');
    expect(request).toMatch(/Registration is not\n# available to API keys/u);
    const answer = await box.api('POST', '/webhooks', request.replaceAll(/^#.*$/gmu, ''));
    expect([answer.status, answer.error['code']]).toEqual([403, 'webhook.dashboard_only']);
  });

  test('its status, once it is delivered', async () => {
    const { method, path, request } = printedOperation('GET', '/message/{uuid}');
    expectAsPrinted(path, method, await send(request, { '9f8b2c1e-...': uuid }));
  });

  test('a refusal, to the letter', async () => {
    const [printed] = /^\{\n {2}"success": false[\s\S]*?^\}$/mu.exec(reference) ?? ['{}'];
    const { request } = printedOperation('GET', '/message/credit/balance');
    const answer = await call(`${box.url}/api/v2/message/credit/balance`, 'GET', undefined, parseCurl(request).headers);
    expect([answer.status, answer.body]).toEqual([401, JSON.parse(printed)]);
  });

  test('one request too many, with the two headers that are named', async () => {
    const key = await box.newKey({ rpm: 1 });
    const { request } = printedOperation('GET', '/message/credit/balance');
    await send(request.replace('sk_sep_...', key));
    const answer = await send(request.replace('sk_sep_...', key));
    expect(answer.status).toBe(429);
    const [, named] = /429 狀態,並附上 (.+) header/u.exec(reference) ?? [];
    for (const name of named?.split(' 與 ') ?? ['none']) expect(answer.headers.get(name), name).toMatch(/^\d+$/u);
  });
});

describe('the comparison', () => {
  test('sees a missing field, another type, another value and another form', () => {
    const printed = { result: { uuid: '9f8b...', n: 1, list: [{ a: 'x' }] } };
    const uuids = { uuid: '019bbfa2-7c4e-7b1d-9f8b-2c1e5d6f7a80' };
    const real = { result: { ...uuids, n: 1, list: [{ a: 'x', b: 1 }], more: 1 } };
    expect(compare(printed, real)).toEqual({ faults: [], more: ['.result.more', '.result.list[0].b'] });
    for (const other of [{ n: '1' }, { n: 2 }, { n: undefined }, { list: [] }, { uuid: '7' }])
      expect(compare(printed, { result: { ...real.result, ...other } }).faults.length).toBeGreaterThan(0);
  });
});
