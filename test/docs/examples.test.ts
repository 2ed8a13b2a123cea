import { createHmac } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { freePort, languages, Run, type Language } from './languages.ts';

const examples = join(import.meta.dirname, '../../docs/examples');
let box: HttpBox;
let carrier: number;

beforeAll(async () => {
  box = await runBox({ credits: 500 });
  const added = await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  carrier = Number(added.body['id']);
});
afterAll(() => box.close());

/** Waits until every message is final. */
async function allIsTold(): Promise<void> {
  const open = () => box.peek.one('SELECT COUNT(*) AS n FROM message WHERE open_count > 0');
  await expect.poll(open, { timeout: 20_000 }).toEqual({ n: 0 });
}

function run(language: Language, args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  return new Run([...language.client, ...args], { SEPSMS_URL: `${box.url}/api/v2`, SEPSMS_KEY: box.key, ...env });
}

/** What an example printed until its end, which has to be a good one. */
async function printedBy(language: Language, ...args: readonly string[]): Promise<string> {
  const running = run(language, args);
  expect([await running.end(), running.printed]).toEqual([0, expect.any(String)]);
  return running.printed;
}

const uuidForm = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/u;

async function uuidSentBy(language: Language, text = 'Hello "you", สวัสดี'): Promise<string> {
  const printed = await printedBy(language, 'send', phone(7), text);
  return uuidForm.exec(printed)?.[0] ?? 'none';
}

test('each example is short enough to be read and copied', () => {
  const files = globSync('*/*.*', { cwd: examples });
  expect(files.length).toBeGreaterThanOrEqual(8);
  for (const file of files)
    expect(readFileSync(join(examples, file), 'utf8').split('\n').length, file).toBeLessThanOrEqual(101);
});

describe.each(languages)('the client in $name', (language) => {
  test('sends a text as it is and tells its status', async () => {
    const uuid = await uuidSentBy(language);
    expect((await box.api('GET', `/message/${uuid}`)).result['message']).toBe('Hello "you", สวัสดี');
    expect(await printedBy(language, 'status', uuid)).toMatch(/status['": ]+(?:pending|sending|completed)/u);
  });

  test('tells the credits left', async () => {
    const { balance } = (await box.api('GET', '/message/credit/balance')).result;
    expect(await printedBy(language, 'balance')).toMatch(new RegExp(`(?:^|\\D)${String(balance)}\\D`, 'u'));
  });

  test('sends a one-time code and verifies it', async () => {
    // While no modem takes it, the code can be read where it waits. A modem that is taken away takes its reports along.
    await allIsTold();
    await box.admin('POST', `/carriers/${carrier}/disable`);
    onTestFinished(async () => {
      await box.admin('POST', `/carriers/${carrier}/enable`);
    });
    const runs = ['right', 'wrong'].map((which) => ({ which, running: run(language, ['otp', phone(8)]) }));
    for (const { which, running } of runs) {
      const [, reference] = await running.prints(/Reference ([A-Z0-9]{6})/u);
      const code = box.otpCode(reference);
      running.type(which === 'right' ? code : code.replace(/^./u, (digit) => (digit === '0' ? '1' : '0')));
      expect(await running.end()).toBe(which === 'right' ? 0 : 1);
      expect(running.printed).toMatch(which === 'right' ? /verified['": ]+true/iu : /otp\.invalid_pin/u);
    }
  });

  test('says why it was refused, and ends with 1', async () => {
    const running = run(language, ['balance'], { SEPSMS_KEY: 'sk_sep_wrong' });
    expect(await running.end()).toBe(1);
    expect(running.printed).toMatch(/auth\.invalid_credentials.*API key is missing or invalid/u);
  });
});

/** A box that says once to wait a second, then takes it; the keys that it was shown. */
async function busyBox(): Promise<{ url: string; keys: unknown[] }> {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    keys.push(request.headers['idempotency-key']);
    request.resume();
    const error = { code: 'rate_limit.exceeded', message: 'Too many requests.' };
    if (keys.length === 1)
      response.writeHead(429, { 'retry-after': '1' }).end(JSON.stringify({ success: false, error }));
    else response.writeHead(200).end(JSON.stringify({ result: { uuid: 'the second answer' } }));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, keys };
}

test('every client tries again when it is told to, under the same Idempotency-Key', async () => {
  const tries = languages.map(async (language) => {
    const { url, keys } = await busyBox();
    const running = run(language, ['send', phone(7), 'Hi'], { SEPSMS_URL: url });
    return { name: language.name, end: await running.end(), printed: running.printed, keys };
  });
  for (const { name, end, printed, keys } of await Promise.all(tries)) {
    expect([name, end, printed]).toEqual([name, 0, expect.stringContaining('the second answer')]);
    expect(keys).toEqual([expect.stringMatching(/.{10}/u), keys[0]]);
  }
});

/** An endpoint of the box at a port of this machine, where nobody listens yet: it is made when there is nothing to tell. */
async function endpointAt(port: number): Promise<string> {
  await allIsTold();
  const added = await box.admin('POST', '/webhooks', {
    url: `http://127.0.0.1:${port}/`,
    events: 'all',
    allowHost: true,
  });
  onTestFinished(async () => {
    await box.admin('DELETE', `/webhooks/${String(added.body['id'])}`);
  });
  return String(added.body['secret']);
}

function signed(secret: string, body: string, secondsAgo = 0): string {
  const seconds = Math.floor(Date.now() / 1000) - secondsAgo;
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

describe.each(languages.filter(({ receiver }) => receiver !== null))('the webhook receiver in $name', (language) => {
  test('takes what the box has signed, once, and nothing else', async () => {
    const port = await freePort();
    const secret = await endpointAt(port);
    const env = { SEPSMS_WEBHOOK_SECRET: secret, PORT: String(port) };
    const receiver = new Run(language.receiver?.(port) ?? [], env);
    onTestFinished(() => receiver.stop());
    await receiver.prints(/listening|started/iu);

    const uuid = await uuidSentBy(language);
    await receiver.prints(new RegExp(`dr\\.success .*${uuid}.*"status": ?"success"`, 'u'));
    await receiver.prints(new RegExp(`sms\\.completed .*${uuid}`, 'u'));
    expect(await printedBy(language, 'status', uuid)).toMatch(/status['": ]+completed/u);

    const post = async (body: string, signature: string): Promise<number> => {
      const headers = { 'x-webhook-signature': signature, 'x-webhook-event': 'forged', 'x-webhook-id': body };
      return (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    };
    const body = '{"smsUuid":"none"}';
    const good = signed(secret, body);
    expect(await post(body, good)).toBe(204);
    const rotated = good.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`);
    expect(await post(body, rotated)).toBe(204);
    for (const signature of ['', 't=,v1=', signed(`${secret}x`, body), signed(secret, body, 600), `t=0,${good}`])
      expect(await post(body, signature), signature).toBe(401);
    expect(await post(`${body} `, good)).toBe(401);
  });
});

describe.each(languages.filter(({ receiver }) => receiver === null))('the check of a signature in $name', () => {
  test('tells what the box has signed from what it has not', async () => {
    const secret = 'whsec_example';
    const body = '{"smsUuid":"none"}\n';
    const check = async (signature: string): Promise<number | null> => {
      const running = new Run(['bash', 'curl/webhook-check.sh', signature], { SEPSMS_WEBHOOK_SECRET: secret });
      running.type(body.trim());
      return await running.end();
    };
    const good = signed(secret, body);
    expect(await check(good)).toBe(0);
    expect(await check(good.replace(',v1=', `,v1=${'0'.repeat(64)},v1=`))).toBe(0);
    for (const signature of ['', signed(`${secret}x`, body), signed(secret, body, 600), signed(secret, `${body} `)])
      expect(await check(signature), signature).toBe(1);
  });
});
