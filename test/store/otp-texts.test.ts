import { beforeEach, describe, expect, test } from 'vitest';
import { KeyRing } from '../../server/platform/crypto.ts';
import { phone } from '../fakes/box.ts';
import { accepted, openBox, recipientDraft, rejected, retry, uncertain, type StoreBox } from '../fakes/store-box.ts';

const text = 'Code 1234 (Ref: A3K9X2)';
const masked = 'Code **** (Ref: A3K9X2)';

let box: StoreBox;
beforeEach(async () => {
  box = await openBox({ credits: 10 });
});

/** A one-time code as the service writes it, its text sealed with this key. */
async function acceptOtp(options: { key?: KeyRing; text?: string } = {}): Promise<number> {
  const { key = box.keys } = options;
  const clear = options.text ?? text;
  const written = await box.accept({
    kind: 'otp',
    lane: 'otp',
    text: clear.replace('1234', '****'),
    to: [recipientDraft(phone(1))],
    alongside: (message) =>
      box.stores.otps.add({
        messageId: message.id,
        accountId: 1,
        reference: 'A3K9X2',
        msisdn: phone(1),
        codeHash: 'hash',
        sealedText: key.seal(clear),
        createdAt: box.clock.now(),
        expiresAt: box.clock.now() + 300_000,
      }),
  });
  return written.id;
}

const kept = () => box.peek.one<{ sealed_text: string | null }>('SELECT sealed_text FROM otp').sealed_text !== null;

describe('the text of a one-time code', () => {
  test('rests sealed and masked, and goes to the carrier in clear', async () => {
    const id = await acceptOtp();
    expect(box.message(id).text).toBe(masked);
    const [claim] = await box.claim();
    expect(claim?.submission).toMatchObject({ text, lane: 'otp', partCount: 1 });
    expect(kept()).toBe(true);
  });

  test.each([
    ['the network took it', accepted('7')],
    ['the carrier refused it', rejected],
    ['its fate is unknown', uncertain],
  ])('is wiped once %s', async (_when, outcome) => {
    await acceptOtp();
    await box.settle(await box.claim(), outcome);
    expect(kept()).toBe(false);
  });

  test('is kept for the next try, and between two parts', async () => {
    await acceptOtp();
    await box.settle(await box.claim(), retry({ carrierFault: true }));
    expect(kept()).toBe(true);
    box.clock.jump(2_000);
    const [again] = await box.claim();
    expect(again?.submission.text).toBe(text);
  });

  test('of several parts is wiped with the last of them', async () => {
    await acceptOtp({ text: `${'long '.repeat(40)}${text}` });
    const first = await box.claim();
    const second = await box.settle(first, accepted('1'));
    expect(second[0]?.submission).toMatchObject({ part: 2, partCount: 2 });
    expect(kept()).toBe(true);
    await box.settle(second, accepted('2'));
    expect(kept()).toBe(false);
  });

  test('is wiped by cancelling and by the end of its validity', async () => {
    const id = await acceptOtp();
    await box.stores.cancels.cancel(id, box.clock.now());
    expect(kept()).toBe(false);
  });

  test('that cannot be opened fails the message and gives the credit back', async () => {
    const id = await acceptOtp({ key: new KeyRing(new Uint8Array(32).fill(9)) });
    expect(await box.claim()).toEqual([]);
    expect(box.recipient(id)).toMatchObject({ state: 'failed', error_code: 'text_unreadable', refunded: 1 });
    expect(box.message(id)).toMatchObject({ state: 'failed' });
    expect(box.stores.accounts.balance(1)).toBe(10);
  });

  test('is not sent again after its fate became unknown', async () => {
    const id = await acceptOtp();
    await box.settle(await box.claim(), uncertain);
    const again = box.stores.sweeps.resendUnknown(box.message(id), box.recipient(id), 60_000, box.clock.now());
    await expect(again).rejects.toMatchObject({ code: 'recipient.not_resendable' });
    expect(box.recipient(id).state).toBe('unknown');
  });
});
