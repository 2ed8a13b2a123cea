import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJsonLogger } from '../../server/platform/json-logger.ts';
import { call, runBox, type HttpBox } from '../fakes/box.ts';
import { WebhookSink } from '../fakes/webhook-sink.ts';
import { FastClock } from './fast-clock.ts';

/** Eight digits, so that no id or time holds them by chance. */
const codeLength = 8;

let box: HttpBox;
let sink: WebhookSink;
const logged: string[] = [];

beforeAll(async () => {
  sink = await WebhookSink.start();
  const log = createJsonLogger('debug', { write: (line: string) => logged.push(line) });
  box = await runBox({ clock: new FastClock(), log });
  await box.admin('POST', '/webhooks', { url: sink.url, events: 'all', allowHost: true });
});
afterAll(async () => {
  await box.close();
  await sink.close();
});

/** The code as text, and as it stands in a PDU: UCS-2 in hex. */
function formsOf(code: string): string[] {
  const ucs2 = code.replaceAll(/\d/gu, (digit) => digit.charCodeAt(0).toString(16).padStart(4, '0'));
  return [code, ucs2, ucs2.toUpperCase()];
}

/** Every byte of the data folder: database, write-ahead log and all. */
function folderBytes(): string {
  return readdirSync(box.dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

async function told(uuid: string): Promise<string> {
  const page = await box.api('GET', `/message/${uuid}/recipients`);
  const [recipient] = page.result['items'] as { txId: string }[];
  const answers = [
    await box.api('GET', `/message/${uuid}`),
    page,
    await box.admin('GET', '/messages'),
    await box.admin('GET', `/messages/${uuid}`),
    await box.admin('GET', `/messages/${uuid}/recipients/${recipient?.txId}/timeline`),
    await call(`${box.url}/api/v2/message/${uuid}/cancel`, 'POST', undefined, { 'x-api-key': box.key }),
  ];
  return JSON.stringify(answers.map((one) => one.body));
}

test('no log line, answer, webhook or byte on disk holds a code in clear, before or after it is sent', async () => {
  const sent = await box.sendOtp({ codeLength, destination: '66812345601' });
  const { uuid, reference } = sent.result;
  const code = box.otpCode(reference);
  const everywhere: [string, string][] = [
    ['the answer', JSON.stringify(sent.body)],
    ['the data folder before', folderBytes()],
  ];
  // Asking for everything ends with cancelling, so it is another message that is asked about.
  const waiting = await box.sendOtp({ codeLength, destination: '66812345602' });
  const waitingCode = box.otpCode(waiting.result['reference']);
  const before = await told(String(waiting.result['uuid']));
  for (const form of [...formsOf(waitingCode), ...formsOf(code)]) expect(before).not.toContain(form);
  await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  while (!sink.posts.some((post) => post.headers['x-webhook-event'] === 'sms.completed')) {
    await sink.arrivals(sink.posts.length + 1);
  }
  expect(box.peek.one('SELECT sealed_text FROM otp WHERE reference = ?', reference)).toEqual({ sealed_text: null });
  const verified = await box.api('POST', '/otp/verify', { reference, pin: code });
  expect(verified.status).toBe(200);
  while (!sink.posts.some((post) => post.headers['x-webhook-event'] === 'otp.verified')) {
    await sink.arrivals(sink.posts.length + 1);
  }
  const event = sink.posts.find((post) => post.headers['x-webhook-event'] === 'otp.verified');
  expect(JSON.parse(event?.body ?? '')).toEqual({
    smsUuid: uuid,
    msisdn: '66812345601',
    reference,
    status: 'verified',
    verifiedAt: expect.stringMatching(/Z$/u),
  });
  everywhere.push(
    ['the data folder after', folderBytes()],
    ['the API after', await told(String(uuid))],
    ['webhooks', JSON.stringify(sink.posts)],
    ['the log', logged.join('')],
  );
  expect(logged.length).toBeGreaterThan(0);
  for (const [where, text] of everywhere) {
    for (const form of formsOf(code)) expect(text.includes(form), `${where} holds the code`).toBe(false);
  }
});
