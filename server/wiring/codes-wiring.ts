import type { Settings } from '../config/settings.ts';
import type { Clock, Random } from '../domain/ports.ts';
import type { KeyRing, Sealer } from '../platform/crypto.ts';
import { OneTimeCodes } from '../services/one-time-codes.ts';
import { otpRules } from '../setting-rules.ts';
import type { Stores } from '../store/stores.ts';

/** One-time codes, put together: their texts sealed, the codes themselves kept as hashes. */
export function buildCodes(
  parts: {
    readonly stores: Pick<Stores, 'accounts' | 'writer' | 'otps'>;
    readonly sealer: Pick<Sealer, 'seal'>;
    readonly ring: () => Pick<KeyRing, 'codeHash'>;
    readonly clock: Clock;
    readonly random: Random;
  },
  settings: Settings,
  newUuid: () => string,
): OneTimeCodes {
  const { stores, sealer, ring, clock, random } = parts;
  return new OneTimeCodes({
    accounts: stores.accounts,
    writer: stores.writer,
    store: stores.otps,
    secrets: { seal: (text) => sealer.seal(text), codeHash: (text) => ring().codeHash(text) },
    clock,
    random,
    newUuid,
    rules: () => otpRules(settings),
  });
}
