import { describe, expect, test } from 'vitest';
import {
  completedBody,
  lowCreditBody,
  orderCompletedBody,
  receivedBody,
  recipientBody,
} from '../../server/domain/event-bodies.ts';

const fact = { smsUuid: '9f8b2c1e-0000-7000-8000-000000000000', msisdn: '66812345678', txId: '8f3a1c9d00000000' };

describe('the bodies of webhook events', () => {
  test('of a delivery are those of the reference, to the letter', () => {
    expect(recipientBody({ ...fact, clientRef: null }, 'success')).toBe(
      '{"smsUuid":"9f8b2c1e-0000-7000-8000-000000000000","msisdn":"66812345678","txId":"8f3a1c9d00000000","status":"success"}',
    );
  });

  test('carry the caller’s own reference and the reason where there are any', () => {
    expect(JSON.parse(recipientBody({ ...fact, clientRef: 'order "7"' }, 'failed', 'TP-Status 0x43'))).toEqual({
      ...fact,
      status: 'failed',
      errorCode: 'TP-Status 0x43',
      clientRef: 'order "7"',
    });
    expect(JSON.parse(recipientBody({ ...fact, clientRef: '' }, 'sent'))).toEqual({
      ...fact,
      status: 'sent',
      clientRef: '',
    });
  });

  test('of a completed message tell its sums', () => {
    const summary = [
      { drStatus: 'success', count: 2 },
      { drStatus: 'failed', count: 1 },
    ] as const;
    expect(JSON.parse(completedBody(fact.smsUuid, 'completed', summary, 1, 3, null))).toEqual({
      smsUuid: fact.smsUuid,
      status: 'completed',
      totalMsisdn: 3,
      drSummary: summary,
      refundedCount: 1,
    });
    expect(JSON.parse(completedBody(fact.smsUuid, 'failed', [], 0, 0, 'r'))).toMatchObject({ clientRef: 'r' });
  });

  test('of a received message keep every letter and write the time in full', () => {
    const at = Date.UTC(2026, 0, 15, 3, 0, 0, 5);
    const text = { uuid: 'u', from: 'SHOP', to: null, text: 'ครับ 😀\n"', receivedAt: at };
    expect(JSON.parse(receivedBody({ ...text, rule: 'Orders' }))).toMatchObject({ rule: 'Orders' });
    expect(JSON.parse(receivedBody({ ...text, rule: null }))).toEqual({
      uuid: 'u',
      from: 'SHOP',
      to: null,
      text: 'ครับ 😀\n"',
      receivedAt: '2026-01-15T03:00:00.005Z',
    });
  });

  test('of credits tell the account by its name, and numbers as numbers', () => {
    expect(lowCreditBody('R&D "ฝ่าย"', 99, 100)).toBe('{"account":"R&D \\"ฝ่าย\\"","balance":99,"threshold":100}');
    const order = { orderId: 3, account: 'Main', credits: 50, balance: 55, completedAt: Date.UTC(2026, 0, 15, 3) };
    expect(orderCompletedBody(order)).toBe(
      '{"orderId":3,"account":"Main","credits":50,"balance":55,"completedAt":"2026-01-15T03:00:00.000Z"}',
    );
  });
});
