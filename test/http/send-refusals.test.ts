import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

/** 10:00 in Bangkok. */
const now = Date.UTC(2026, 0, 15, 3, 0, 0);
const credits = 50;
let box: HttpBox;
let stored: Record<string, number>;

beforeAll(async () => {
  box = await runBox({ clock: new ManualClock(now), credits });
});
afterAll(() => box.close());
beforeEach(() => {
  stored = box.peek.counts();
});
// Whatever is refused leaves nothing behind and costs nothing.
afterEach(async () => {
  expect(box.peek.counts()).toEqual(stored);
  expect((await box.api('GET', '/message/credit/balance')).result).toEqual({ balance: credits });
});

function expectRefusal(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.error['code']]).toEqual([status, code]);
  expect(answer.body['success']).toBe(false);
  expect(answer.error['message']).toMatch(/\w{3}/u);
  expect(answer.headers.get('x-request-id')).toMatch(/\S/u);
}

const paths = (answer: Answer) => (answer.error['details'] as { path: string }[]).map((detail) => detail.path);

describe('a body of the wrong shape', () => {
  test.each([
    ['origin', { origin: undefined }],
    ['origin', { origin: 7 }],
    ['origin', { origin: '' }],
    ['message', { message: undefined }],
    ['message', { message: null }],
    ['message', { message: ['Hi'] }],
    ['message', { message: 'x'.repeat(20_001) }],
    ['recipients', { recipients: undefined }],
    ['recipients', { recipients: phone(1) }],
    ['recipients', { recipients: [] }],
    ['recipients', { recipients: { 0: phone(1) } }],
    ['recipients.1', { recipients: [phone(1), 66_812_345_678] }],
    ['recipients.0', { recipients: [null] }],
    ['recipients.0', { recipients: ['0'.repeat(65)] }],
    ['scheduledTime', { scheduledTime: 1_768_446_000_000 }],
    ['scheduledTime', { scheduledTime: { at: 'noon' } }],
    ['variables', { variables: [] }],
    ['variables', { variables: 'name' }],
    ['clientRef', { clientRef: 'x'.repeat(65) }],
    ['validityMinutes', { validityMinutes: 0 }],
    ['validityMinutes', { validityMinutes: 1.5 }],
    ['validityMinutes', { validityMinutes: '60' }],
    ['priority', { priority: 'urgent' }],
  ])('names %s: %j', async (path, fields) => {
    const answer = await box.send(fields);
    expectRefusal(answer, 400, 'validation.failed');
    expect(paths(answer)).toEqual([path]);
  });

  test.each([[[]], ['text'], [7], [null], [true]])('is no object: %j', async (body) => {
    const answer = await box.api('POST', '/message/send', JSON.stringify(body));
    expectRefusal(answer, 400, 'validation.failed');
    expect(paths(answer)).toEqual(['']);
  });

  test('names every field at fault', async () => {
    const answer = await box.api('POST', '/message/send', {});
    expect(paths(answer)).toEqual(['origin', 'message', 'recipients']);
  });

  test.each([
    [{ '66800000001': 'Ann' }, 'variables.66800000001'],
    [{ '66800000001': { name: { first: 'Ann' } } }, 'variables.66800000001.name'],
    [{ '66800000001': { name: null } }, 'variables.66800000001.name'],
  ])('has values of the wrong shape: %j', async (variables, path) => {
    const answer = await box.send({ message: 'Hi {name}', recipients: ['66800000001'], variables });
    expectRefusal(answer, 400, 'validation.failed');
    expect(paths(answer)).toEqual([path]);
  });
});

describe('a message against the rules', () => {
  test.each([
    ['message.empty', { message: '' }],
    ['message.empty', { message: ' \n\t ' }],
    ['sender.not_approved', { origin: 'Unknown' }],
    ['sender.not_approved', { origin: 'sepsms' }],
    ['message.no_valid_recipients', { recipients: ['12', 'hello', ''] }],
    ['message.no_valid_recipients', { recipients: ['021234567'] }],
    ['message.too_long', { message: 'x'.repeat(153 * 10 + 1) }],
    ['message.too_long', { message: 'ก'.repeat(67 * 10 + 1) }],
  ])('%s: %j', async (code, fields) => {
    expectRefusal(await box.send(fields), 422, code);
  });

  test('with more recipients than the setting allows', async () => {
    await box.admin('PUT', '/settings/message.maxRecipients', { value: 3 });
    stored = box.peek.counts();
    const answer = await box.send({ recipients: [1, 2, 3, 4].map(phone) });
    expectRefusal(answer, 422, 'message.too_many_recipients');
    await box.admin('PUT', '/settings/message.maxRecipients', { value: 100_000 });
  });

  test('without enough credits, telling how many it takes', async () => {
    const answer = await box.send({ recipients: Array.from({ length: credits + 1 }, (_, n) => phone(n)) });
    expectRefusal(answer, 402, 'credit.insufficient');
    expect(answer.error).toMatchObject({ required: credits + 1, balance: credits });
  });

  test('without enough credits for its parts', async () => {
    const answer = await box.send({
      message: 'x'.repeat(320),
      recipients: Array.from({ length: 17 }, (_, n) => phone(n)),
    });
    expectRefusal(answer, 402, 'credit.insufficient');
    expect(answer.error).toMatchObject({ required: 51 });
  });

  test('with values missing, naming the first ten recipients', async () => {
    const recipients = Array.from({ length: 14 }, (_, n) => phone(n));
    const answer = await box.send({
      message: 'Dear {name}, {amount} THB',
      recipients,
      variables: { [phone(0)]: { name: 'Ann', amount: 5 }, [phone(1)]: { name: 'Ben' } },
    });
    expectRefusal(answer, 422, 'message.missing_variable');
    expect(answer.error['recipients']).toEqual(recipients.slice(1, 11));
    expect(answer.error['missing']).toContainEqual({ msisdn: phone(1), names: ['amount'] });
    expect(answer.error['message']).toContain(phone(1));
  });

  test('whose personal text is too long for one of them', async () => {
    const variables = { [phone(1)]: { name: 'Ann' }, [phone(2)]: { name: 'x'.repeat(1_600) } };
    const answer = await box.send({ message: 'Dear {name}', recipients: [phone(1), phone(2)], variables });
    expectRefusal(answer, 422, 'message.too_long');
    expect(answer.error).toMatchObject({ segments: 11, maxSegments: 10 });
  });
});

describe('a time', () => {
  test.each([
    'tomorrow',
    '2026-02-30T10:00:00Z',
    '2026-01-15',
    '10:00',
    '2026-01-15T25:00:00Z',
    '2026-01-16T10:00:00+99:00',
  ])('that is none: %s', async (scheduledTime) => {
    const answer = await box.send({ scheduledTime });
    expectRefusal(answer, 400, 'validation.failed');
    expect(paths(answer)).toEqual(['scheduledTime']);
  });

  test.each([
    ['2026-01-15T02:58:59.999Z', 'by more than a minute'],
    ['2026-01-15T09:58:59', 'in Bangkok, where no offset is given'],
    ['2025-01-15T10:00:00+07:00', 'by a year'],
  ])('in the past: %s (%s)', async (scheduledTime) => {
    expectRefusal(await box.send({ scheduledTime }), 422, 'message.schedule_in_past');
  });

  test.each(['2027-01-15T03:00:00.001Z', '2027-01-15T10:00:01', '2126-01-15T10:00:00Z'])(
    'more than a year ahead: %s',
    async (scheduledTime) => {
      expectRefusal(await box.send({ scheduledTime }), 422, 'message.schedule_too_far');
    },
  );
});

describe('a path', () => {
  test.each([
    ['GET', '/nothing', 404, 'request.not_found'],
    ['GET', '/', 404, 'request.not_found'],
    ['POST', '/message/send/now', 404, 'request.not_found'],
    ['GET', '/message/%ZZ', 404, 'request.not_found'],
    ['GET', '/message/00000000-0000-7000-8000-000000000000', 404, 'message.not_found'],
    ['GET', '/message/no-uuid', 404, 'message.not_found'],
    ['GET', '/message/00000000-0000-7000-8000-000000000000/recipients', 404, 'message.not_found'],
    ['GET', '/message/send', 405, 'request.method_not_allowed'],
    ['PUT', '/message/send', 405, 'request.method_not_allowed'],
    ['POST', '/message/credit/balance', 405, 'request.method_not_allowed'],
    ['PATCH', '/message/00000000-0000-7000-8000-000000000000', 405, 'request.method_not_allowed'],
  ])('%s %s', async (method, path, status, code) => {
    expectRefusal(await box.api(method, path), status, code);
  });

  test('a wrong method is told which are right', async () => {
    expect((await box.api('PUT', '/message/send')).headers.get('allow')).toBe('POST');
    expect((await box.api('POST', '/message/credit/balance')).headers.get('allow')).toBe('GET');
  });

  test('outside the APIs', async () => {
    for (const path of ['/api/v3/message', '/api/v2', '/api', '/other']) {
      const response = await fetch(`${box.url}${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.json()).toMatchObject({ success: false, error: { code: 'request.not_found' } });
      expect(response.headers.get('x-request-id')).toMatch(/\S/u);
    }
  });
});
