import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageStatus, sendResult } from '../../server/contract/v2-message-shapes.ts';
import { otpSent } from '../../server/contract/v2-otp.ts';
import { call, phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;
beforeAll(async () => {
  box = await runBox();
});
afterAll(() => box.close());

function v1(method: string, path: string, body?: unknown, authorization = `Bearer ${box.key}`): Promise<Answer> {
  return call(`${box.url}/api${path}`, method, body, { authorization });
}

describe('the legacy API', () => {
  test.each([
    ['v2 names', { origin: 'SEPSMS', recipients: [phone(1), phone(2)], message: 'Hello' }],
    ['a list between commas', { sender: 'SEPSMS', msisdn: `${phone(1)}, ${phone(2)}`, content: 'Hello' }],
    ['a list', { sender: 'SEPSMS', to: [phone(1), phone(2)], message: 'Hello' }],
    ['one number', { origin: 'SEPSMS', to: '0812345678', content: 'Hello' }],
  ])('sends what is written with %s', async (_what, body) => {
    const sent = await v1('POST', '/sms', body);
    expect(sent.status).toBe(200);
    expect(sent.body['message']).toBe('Accepted');
    const result = sendResult.parse(sent.result);
    expect(result.totalMsisdn).toBe('to' in body && body.to === '0812345678' ? 1 : 2);
    expect(box.peek.one('SELECT text, origin FROM message WHERE uuid = ?', result.uuid)).toEqual({
      text: 'Hello',
      origin: 'SEPSMS',
    });
    const status = await v1('GET', `/sms/${result.uuid}`);
    expect(messageStatus.parse(status.result).uuid).toBe(result.uuid);
    expect(status.body['message']).toBe('OK');
  });

  test('schedules', async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const sent = await v1('POST', '/sms', { sender: 'SEPSMS', to: phone(1), content: 'Later', scheduledTime: at });
    expect(sent.result['status']).toBe('scheduled');
  });

  test('sends and verifies one-time codes', async () => {
    const sent = await v1('POST', '/otp', { msisdn: phone(1), sender: 'SEPSMS' });
    const { reference } = otpSent.parse(sent.result);
    const verified = await v1('POST', '/otp/verify', { ref: reference, code: box.otpCode(reference) });
    expect(verified.body).toEqual({ message: 'Verified', result: { reference, verified: true } });
  });

  test('refuses in the form of v2 with the message at the top as well', async () => {
    const wrong = await v1('POST', '/sms', { sender: 'SEPSMS', content: 'Hello' });
    expect([wrong.status, wrong.error['code'], wrong.body['success']]).toEqual([400, 'validation.failed', false]);
    expect(wrong.error['details']).toMatchObject([{ path: 'recipients' }]);
    expect(wrong.body['message']).toBe(wrong.error['message']);
    const unknown = await v1('POST', '/sms', { sender: 'OTHER', to: phone(1), content: 'Hello' });
    expect([unknown.status, unknown.error['code']]).toEqual([422, 'sender.not_approved']);
  });

  test.each([
    ['no token', ''],
    ['another scheme', 'Basic abc'],
    ['a wrong token', 'Bearer sk_sep_nonsense'],
  ])('refuses %s', async (_what, authorization) => {
    const answer = await v1('GET', '/sms/x', undefined, authorization);
    expect([answer.status, answer.error]).toEqual([
      401,
      { code: 'auth.invalid_credentials', message: 'API key is missing or invalid' },
    ]);
  });

  test('needs the scopes of v2 and shares its limits', async () => {
    const limited = await box.newKey({ scopes: ['sms:read'], rpm: 2 });
    const send = await v1('POST', '/sms', {}, `Bearer ${limited}`);
    expect([send.status, send.error['code']]).toEqual([403, 'auth.insufficient_scope']);
    const read = () => v1('GET', '/sms/00000000-0000-7000-8000-000000000000', undefined, `bearer ${limited}`);
    expect((await read()).headers.get('ratelimit-remaining')).toBe('1');
    const v2 = await box.api('GET', '/message/00000000-0000-7000-8000-000000000000', undefined, {
      'x-api-key': limited,
    });
    expect(v2.headers.get('ratelimit-remaining')).toBe('0');
    expect((await read()).status).toBe(429);
  });

  test('is gone when the setting says so', async () => {
    await box.admin('PUT', '/settings/legacy.v1', { value: false });
    const gone = await v1('POST', '/sms', { sender: 'SEPSMS', to: phone(1), content: 'Hello' });
    expect([gone.status, gone.error['code']]).toEqual([404, 'request.not_found']);
    await box.admin('PUT', '/settings/legacy.v1', { value: true });
  });
});
