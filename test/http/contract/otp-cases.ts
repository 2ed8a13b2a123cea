import type { V2Operation } from '../../../server/contract/v2.ts';
import type { Answer } from '../../fakes/box.ts';
import type { CallParts, OperationCase, Shop } from './shop.ts';

type OtpOperation = Extract<V2Operation, 'sendOtp' | 'verifyOtp'>;

function code(shop: Shop, fields: Readonly<Record<string, unknown>> = {}): CallParts {
  return { body: { destination: shop.number(), origin: 'SEPSMS', ...fields } };
}

/** A reference that was just sent, with its code. */
async function sent(shop: Shop): Promise<{ reference: unknown; pin: string }> {
  const { reference } = (await shop.held('sendOtp', code(shop))).result;
  return { reference, pin: shop.box.otpCode(reference) };
}

const wrong = (pin: string): string => `${(Number(pin[0]) + 1) % 10}${pin.slice(1)}`;
const verify = (shop: Shop, body: unknown): Promise<Answer> => shop.call('verifyOtp', { body });

export const otpCases: Readonly<Record<OtpOperation, OperationCase>> = {
  sendOtp: {
    good: (shop) => code(shop, { template: 'Code: {code} ({ref})', ttlSeconds: 60, codeLength: 4 }),
    malformed: { body: { destination: '0812345678', origin: 'SEPSMS', template: 'no code' } },
    refusals: {
      'otp.invalid_destination': (shop) => shop.call('sendOtp', code(shop, { destination: '021234567' })),
      'otp.destination_blocked': async (shop) => {
        await shop.box.admin('POST', '/accounts', { name: 'Careful' });
        await shop.box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Careful' });
        const destination = shop.number();
        shop.sql("INSERT INTO blocked_number SELECT id, ?, 'stop', 0 FROM account WHERE name = 'Careful'", destination);
        return shop.call('sendOtp', code(shop, { destination }), await shop.box.newKey({ account: 'Careful' }));
      },
      'otp.destination_limited': async (shop) => {
        const destination = shop.number();
        await shop.box.admin('PUT', '/settings/limits.otpPerDestination', { value: 1 });
        await shop.held('sendOtp', code(shop, { destination }));
        const answer = await shop.call('sendOtp', code(shop, { destination }));
        await shop.box.admin('PUT', '/settings/limits.otpPerDestination', { value: 1_000_000 });
        if (!answer.headers.has('retry-after')) throw new Error('it does not say how long to wait');
        return answer;
      },
      'message.too_long': (shop) => shop.call('sendOtp', code(shop, { template: `{code}${'ก'.repeat(700)}` })),
      'sender.not_approved': (shop) => shop.call('sendOtp', code(shop, { origin: 'OTHER' })),
      'credit.insufficient': async (shop) => {
        await shop.box.admin('POST', '/accounts', { name: 'Broke' });
        await shop.box.admin('POST', '/senders', { name: 'SEPSMS', account: 'Broke' });
        return shop.call('sendOtp', code(shop), await shop.box.newKey({ account: 'Broke' }));
      },
      'idempotency.key_reused': async (shop) => {
        const headers = { 'idempotency-key': 'used for a code' };
        await shop.held('sendOtp', { ...code(shop), headers });
        return shop.call('sendOtp', { ...code(shop), headers });
      },
      'idempotency.in_progress': async (shop) => {
        const parts = { ...code(shop), headers: { 'idempotency-key': 'codes at once' } };
        const answers = await Promise.all(Array.from({ length: 40 }, () => shop.held('sendOtp', parts)));
        const refused = answers.find((answer) => answer.status === 409);
        if (refused === undefined) throw new Error('none of the requests was told to wait');
        return refused;
      },
    },
  },
  verifyOtp: {
    good: async (shop) => ({ body: await sent(shop) }),
    malformed: { body: { reference: 7 } },
    refusals: {
      'otp.invalid_pin': async (shop) => {
        const { reference, pin } = await sent(shop);
        return verify(shop, { reference, pin: wrong(pin) });
      },
      'otp.not_found': (shop) => verify(shop, { reference: 'NONE00', pin: '123456' }),
      'otp.expired': async (shop) => {
        const body = await sent(shop);
        await shop.clock.advance(300_000);
        return verify(shop, body);
      },
      'otp.already_used': async (shop) => {
        const body = await sent(shop);
        await shop.held('verifyOtp', { body });
        return verify(shop, body);
      },
      'otp.too_many_attempts': async (shop) => {
        const { reference, pin } = await sent(shop);
        for (let tries = 0; tries < 5; tries += 1)
          await shop.held('verifyOtp', { body: { reference, pin: wrong(pin) } });
        return verify(shop, { reference, pin });
      },
    },
  },
};
