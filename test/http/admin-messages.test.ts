import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;
beforeAll(async () => {
  box = await runBox();
});
afterAll(() => box.close());

const preview = (fields: Readonly<Record<string, unknown>>) =>
  box.admin('POST', '/messages/preview', { to: [phone(1)], text: 'Hello', ...fields });

describe('the preview of a person', () => {
  test('tells what it would be and cost, with the balance, and changes nothing', async () => {
    const before = box.peek.counts();
    const { status, body } = await preview({ to: [phone(1), phone(2), 'nonsense', phone(1)] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      encoding: 'gsm7',
      segments: 1,
      totalMsisdn: 3,
      totalCredit: 2,
      invalidCount: 1,
      invalid: ['nonsense'],
      origin: 'SEPSMS',
      balance: 1000,
      scheduledTime: null,
      notes: [],
    });
    expect(box.peek.counts()).toEqual(before);
  });

  test('shows the texts of the first three recipients, each in its parts', async () => {
    const to = [phone(1), phone(2), phone(3), phone(4)];
    const variables = Object.fromEntries(to.map((number, index) => [number, { name: `ก${index}` }]));
    const { body } = await preview({ to, text: `{name} ${'ข'.repeat(70)}`, variables });
    expect(body['samples']).toEqual(
      [0, 1, 2].map((index) => ({
        msisdn: phone(index + 1),
        parts: [`ก${index} ${'ข'.repeat(64)}`, 'ข'.repeat(6)],
      })),
    );
  });

  test('notes what may not be as it was meant', async () => {
    await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
    const { body } = await preview({ text: `🎉 https://shop.test ${'x'.repeat(300)}` });
    expect(body['notes']).toEqual([
      { kind: 'unicode', characters: ['🎉'], more: false },
      { kind: 'long', segments: 5 },
      { kind: 'link' },
      { kind: 'modem', origin: 'SEPSMS' },
    ]);
  });

  test('refuses what sending would refuse', async () => {
    expect((await preview({ text: ' ' })).error['code']).toBe('message.empty');
    expect((await preview({ to: ['x'] })).error['code']).toBe('message.no_valid_recipients');
    expect((await preview({ origin: 'NOBODY' })).error['code']).toBe('sender.not_approved');
    expect((await preview({ at: '2001-01-01T00:00' })).error['code']).toBe('message.schedule_in_past');
  });
});

describe('messages of a person', () => {
  test('are sent with personal values, and found by their reference number', async () => {
    const to = [phone(21), phone(22)];
    const variables = { [phone(21)]: { name: 'Ann' }, [phone(22)]: { name: 'Bo' } };
    const sent = await box.admin('POST', '/messages', { to, text: 'Hi {name}', variables, clientRef: 'July' });
    expect(sent.body).toMatchObject({ totalMsisdn: 2, totalCredit: 2 });
    const found = await box.admin('GET', `/messages?refNo=${String(sent.body['refNo']).toLowerCase()}`);
    expect(found.body['items']).toMatchObject([{ uuid: sent.body['uuid'], clientRef: 'July' }]);
    const texts = box.peek.all("SELECT text FROM recipient WHERE text LIKE 'Hi %' ORDER BY id");
    expect(texts).toEqual([{ text: 'Hi Ann' }, { text: 'Hi Bo' }]);
  });

  test.each(['SP260115999999', 'SP000101000001', 'SP', 'nonsense', 'SP26011500000000000000001'])(
    'are not found by %s, which is no reference number of one',
    async (refNo) => {
      expect((await box.admin('GET', `/messages?refNo=${refNo}`)).body).toEqual({ items: [], nextCursor: null });
    },
  );

  test('of another account are not found when an account is named', async () => {
    const sent = await box.admin('POST', '/messages', { to: [phone(1)], text: 'Mine' });
    await box.admin('POST', '/accounts', { name: 'Sales' });
    const found = (account: string) =>
      box.admin('GET', `/messages?refNo=${String(sent.body['refNo'])}&account=${account}`);
    expect((await found('Sales')).body['items']).toEqual([]);
    expect((await found('Main')).body['items']).toHaveLength(1);
  });

  test('are cancelled while they wait, whatever their account', async () => {
    const at = new Date(Date.now() + 3_600_000).toISOString();
    const sent = await box.admin('POST', '/messages', { to: [phone(1)], text: 'Later', at });
    const path = `/messages/${String(sent.body['uuid'])}/cancel`;
    expect((await box.admin('POST', path)).body).toMatchObject({
      status: 'cancelled',
      cancelledCount: 1,
      refundedCredit: 1,
    });
    expect((await box.admin('POST', '/messages/00000000-0000-7000-8000-000000000000/cancel')).error['code']).toBe(
      'message.not_found',
    );
  });
});

test('only what ended unknown can be marked as sent', async () => {
  const { uuid } = (await box.send({ recipients: [phone(1)] })).result;
  const { body } = await box.admin('GET', `/messages/${String(uuid)}/recipients`);
  const [first] = body['items'] as { readonly txId: string }[];
  const marked = await box.admin('POST', `/messages/${String(uuid)}/recipients/${first?.txId ?? ''}/mark-sent`);
  expect([marked.status, marked.error['code']]).toEqual([404, 'recipient.not_found']);
  expect((await box.admin('GET', `/messages/${String(uuid)}`)).body).toMatchObject({ campaign: null });
});
