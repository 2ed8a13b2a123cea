import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { previewResult } from '../../server/contract/v2-message-shapes.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';

const thai = 'สวัสดีครับ';
let box: HttpBox;

beforeAll(async () => {
  box = await runBox({ credits: 1 });
});

afterAll(() => box.close());

function preview(fields: Readonly<Record<string, unknown>> = {}, key = box.key): Promise<Answer> {
  const body = { origin: 'SEPSMS', message: 'Hello', recipients: [phone(1)], ...fields };
  return box.api('POST', '/message/preview', body, { 'x-api-key': key });
}

async function warnings(fields: Readonly<Record<string, unknown>>): Promise<string[]> {
  const answer = await preview(fields);
  expect(answer.status).toBe(200);
  return previewResult.parse(answer.result).warnings;
}

describe('POST /message/preview', () => {
  test('tells all of a plain message and changes nothing', async () => {
    const before = box.peek.counts();
    const answer = await preview({ recipients: [phone(1), phone(1), phone(2), 'no number'] });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      result: {
        encoding: 'gsm7',
        segments: 1,
        characters: 5,
        totalMsisdn: 3,
        totalCredit: 2,
        blockedCount: 0,
        invalidCount: 1,
        parts: ['Hello'],
        warnings: [],
      },
    });
    expect(box.peek.counts()).toEqual(before);
    expect((await box.api('GET', '/message/credit/balance')).result['balance']).toBe(1);
  });

  test('does not look at credits', async () => {
    const recipients = Array.from({ length: 50 }, (_, n) => phone(n));
    expect((await preview({ recipients })).result).toMatchObject({ totalCredit: 50 });
    expect((await box.send({ recipients })).status).toBe(402);
  });

  test('shows the parts of a long text', async () => {
    const { result } = await preview({ message: 'x'.repeat(200) });
    expect(result).toMatchObject({ segments: 2, characters: 200, totalCredit: 2, encoding: 'gsm7' });
    expect(result['parts']).toEqual(['x'.repeat(153), 'x'.repeat(47)]);
  });

  test("shows the first recipient's own text, and counts the longest", async () => {
    const variables = { [phone(1)]: { name: 'Ann' }, [phone(2)]: { name: 'B'.repeat(170) } };
    const { result } = await preview({ message: 'Dear {name}', recipients: [phone(1), phone(2)], variables });
    expect(result).toMatchObject({ parts: ['Dear Ann'], characters: 8, segments: 2, totalCredit: 3 });
  });

  test('is refused as sending is', async () => {
    const cases: [Readonly<Record<string, unknown>>, number, string][] = [
      [{ origin: 'OTHER' }, 422, 'sender.not_approved'],
      [{ message: '  ' }, 422, 'message.empty'],
      [{ message: 'x'.repeat(2_000) }, 422, 'message.too_long'],
      [{ message: '{name}', variables: {} }, 422, 'message.missing_variable'],
      [{ recipients: ['1'] }, 422, 'message.no_valid_recipients'],
      [{ scheduledTime: '2020-01-01T00:00:00Z' }, 422, 'message.schedule_in_past'],
      [{ recipients: [] }, 400, 'validation.failed'],
      [{ message: 5 }, 400, 'validation.failed'],
    ];
    for (const [fields, status, code] of cases) {
      const [shown, sent] = [await preview(fields), await box.send(fields)];
      expect([shown.status, shown.error['code']]).toEqual([status, code]);
      expect(shown.body).toEqual(sent.body);
    }
    const reader = await box.newKey({ scopes: ['sms:read'] });
    expect((await preview({}, reader)).error['code']).toBe('auth.insufficient_scope');
  });
});

describe('a preview warns', () => {
  test('of fields that mean nothing', async () => {
    expect(await warnings({ sender: 'X', clientRef: 'a', priority: 'high', ['y'.repeat(99)]: 1 })).toEqual([
      'The field sender is unknown and ignored.',
      `The field ${'y'.repeat(40)}… is unknown and ignored.`,
    ]);
  });

  test('of the characters that force Unicode', async () => {
    const [emoji = ''] = await warnings({ message: 'Thanks 👨‍👩‍👧 a lot 👍' });
    expect(emoji).toContain('because of: 👨‍👩‍👧 👍.');
    const [words = ''] = await warnings({ message: thai });
    expect(words).toContain('because of: ส วั ดี ค รั and others.');
    expect((await preview({ message: thai })).result).toMatchObject({
      encoding: 'ucs2',
      parts: [thai],
      characters: 10,
    });
  });

  test('of more than three segments', async () => {
    expect(await warnings({ message: 'x'.repeat(459) })).toEqual([]);
    expect(await warnings({ message: 'x'.repeat(460) })).toEqual([expect.stringContaining('takes 4 segments')]);
  });

  test.each(['See https://example.test/a', 'See www.example.test', 'bit.ly/x1', 'Go to shop.co.th now'])(
    'of a link: %s',
    async (message) => {
      expect(await warnings({ message })).toEqual([expect.stringContaining('has a link')]);
    },
  );

  test.each(['Done. Thanks', 'At 10.30 pay 1.500/month', 'Mr.Lek/Mrs.Noi at 5'])(
    'of no link in: %s',
    async (message) => {
      expect(await warnings({ message })).toEqual([]);
    },
  );

  test('of a modem that cannot show the sender name, while one is in use', async () => {
    const { body } = await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
    expect(await warnings({})).toEqual([expect.stringContaining('cannot show the sender name SEPSMS')]);
    await box.admin('POST', `/carriers/${String(body['id'])}/disable`);
    expect(await warnings({})).toEqual([]);
  });
});
