import { AppError } from '../domain/errors.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import {
  defaultTemplate,
  makeCode,
  makeReference,
  mostAttempts,
  otpTexts,
  typedCode,
  typedReference,
} from '../domain/otp.ts';
import type { Clock, Millis, Random } from '../domain/ports.ts';
import { countSegments } from '../domain/segments.ts';
import { sameText } from '../platform/crypto.ts';
import type { AccountStore } from '../store/account-store.ts';
import type { MessageWriter } from '../store/message-writer.ts';
import type { OtpStore, OtpTraffic } from '../store/otp-store.ts';
import { assertSender } from './guards/sender-guard.ts';
import type { Remember } from './idempotency.ts';

export interface OtpRules {
  readonly international: boolean;
  readonly maxSegments: number;
  /** Codes to one number in ten minutes; 0 for no limit. */
  readonly perDestination: number;
  /** Codes in ten minutes to numbers that differ in the last four digits at most; 0 for no limit. */
  readonly perPrefix: number;
}

export interface OtpRequest {
  readonly destination: string;
  readonly origin: string;
  readonly template?: string | null | undefined;
  readonly ttlSeconds?: number | undefined;
  readonly codeLength?: number | undefined;
}

export interface OtpSent {
  readonly uuid: string;
  readonly reference: string;
  readonly destination: string;
  readonly expiresAt: string;
  readonly ttlSeconds: number;
}

/** What the codes need of the box's secrets. */
export interface CodeSecrets {
  seal(text: string): string;
  /** Keyed hash of a code, so that the database alone does not tell it. */
  codeHash(text: string): string;
}

const usualTtlSeconds = 300;
const usualLength = 6;
const trafficMs = 10 * 60_000;
/** A used or expired reference is told from an unknown one for this long. */
const rememberedMs = 24 * 3_600_000;

/** One-time codes (api-v2 §5): made, sent on their own lane, verified. The code leaves the box in its message only. */
export class OneTimeCodes {
  readonly #accounts: AccountStore;
  readonly #writer: MessageWriter;
  readonly #store: OtpStore;
  readonly #secrets: CodeSecrets;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #newUuid: () => string;
  readonly #rules: () => OtpRules;

  constructor(options: {
    accounts: AccountStore;
    writer: MessageWriter;
    store: OtpStore;
    secrets: CodeSecrets;
    clock: Clock;
    random: Random;
    newUuid: () => string;
    rules: () => OtpRules;
  }) {
    this.#accounts = options.accounts;
    this.#writer = options.writer;
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#newUuid = options.newUuid;
    this.#rules = options.rules;
  }

  /**
   * Makes a code and sends it; resolves when message and code are on disk. Older codes of the number stay good.
   * @param remember called with the answer inside the message's own transaction.
   * @throws AppError `otp.invalid_destination`, `otp.destination_blocked`, `otp.destination_limited`, `sender.not_approved`,
   * `message.too_long`, `credit.insufficient`; then nothing is stored.
   */
  async send(
    caller: { readonly accountId: number; readonly keyId: number | null },
    request: OtpRequest,
    remember?: Remember,
  ): Promise<OtpSent> {
    const rules = this.#rules();
    const msisdn = this.#destination(caller.accountId, request, rules);
    const now = this.#clock.now();
    const ttlSeconds = request.ttlSeconds ?? usualTtlSeconds;
    const expiresAt = now + ttlSeconds * 1000;
    const reference = this.#newReference();
    const code = makeCode(this.#random, request.codeLength ?? usualLength);
    const texts = otpTexts(request.template ?? defaultTemplate, code, reference);
    const segments = segmentsOf(texts.clear, rules);
    const uuid = this.#newUuid();
    const sent = { uuid, reference, destination: msisdn, expiresAt: new Date(expiresAt).toISOString(), ttlSeconds };
    await this.#writer.accept({
      uuid,
      accountId: caller.accountId,
      keyId: caller.keyId,
      kind: 'otp',
      lane: 'otp',
      origin: request.origin,
      text: texts.masked,
      clientRef: null,
      segments,
      credit: segments,
      blockedCount: 0,
      failedCount: 0,
      scheduledAt: null,
      expiresAt,
      createdAt: now,
      hasLink: false,
      carrierId: null,
      recipients: [
        { msisdn, state: 'queued', segments, credit: segments, text: null, errorCode: null, errorMessage: null },
      ],
      alongside: (message) => {
        this.#assertTraffic(msisdn, now, rules);
        this.#store.add({
          messageId: message.id,
          accountId: caller.accountId,
          reference,
          msisdn,
          codeHash: this.#hash(reference, code),
          sealedText: this.#secrets.seal(texts.clear),
          createdAt: now,
          expiresAt,
        });
        remember?.(sent);
      },
    });
    return sent;
  }

  /**
   * Checks what a person typed. The attempt is counted, on disk, before it is compared; right and wrong ones take the same way.
   * @throws AppError `otp.not_found` (also for another account's), `otp.already_used`, `otp.expired`, `otp.too_many_attempts`,
   * or `otp.invalid_pin` with the attempts that remain.
   */
  async verify(accountId: number, typed: { readonly reference: string; readonly pin: string }): Promise<string> {
    const reference = typedReference(typed.reference);
    const attempt = await this.#store.countAttempt(reference, accountId, mostAttempts, this.#clock.now());
    if (attempt.kind !== 'counted') throw refusals[attempt.kind]();
    const { otp } = attempt;
    const right = sameText(this.#hash(reference, typedCode(typed.pin)), otp.code_hash);
    const first = await this.#store.settleAttempt(otp, right, mostAttempts, this.#clock.now());
    if (!right) {
      const attemptsRemaining = mostAttempts - otp.attempts;
      throw new AppError(
        'otp.invalid_pin',
        attemptsRemaining === 0
          ? 'The code is wrong. Ask for a new one.'
          : 'The code is wrong. Check it and try again.',
        { extra: { attemptsRemaining } },
      );
    }
    if (!first) throw refusals.used();
    return reference;
  }

  /** Forgets codes that nobody can use or ask about any more. */
  async sweep(): Promise<number> {
    return await this.#store.forgetBefore(this.#clock.now() - rememberedMs);
  }

  #destination(accountId: number, request: OtpRequest, rules: OtpRules): string {
    assertSender(this.#accounts, accountId, request.origin, 'otp');
    const msisdn = normalizeMsisdn(request.destination, { international: rules.international });
    if (msisdn === null) {
      throw new AppError(
        'otp.invalid_destination',
        'The destination is not a possible mobile number. Write it as 0xxxxxxxxx or 66xxxxxxxxx.',
      );
    }
    if (this.#accounts.blocklist(accountId)(msisdn)) {
      throw new AppError('otp.destination_blocked', 'The destination is on the blocklist of this account.');
    }
    return msisdn;
  }

  #newReference(): string {
    for (;;) {
      const reference = makeReference(this.#random);
      if (!this.#store.isTaken(reference)) return reference;
    }
  }

  /** The reference goes into the hash, so that equal codes of two references have nothing in common. */
  #hash(reference: string, code: string): string {
    return this.#secrets.codeHash(`${reference}/${code}`);
  }

  #assertTraffic(msisdn: string, now: Millis, rules: OtpRules): void {
    const since = now - trafficMs;
    assertBelow(this.#store.toNumber(msisdn, since), rules.perDestination, now, 'this number');
    assertBelow(this.#store.toPrefix(msisdn, since), rules.perPrefix, now, 'numbers like this one');
  }
}

function segmentsOf(text: string, rules: OtpRules): number {
  const segments = countSegments(text);
  if (segments > rules.maxSegments) {
    throw new AppError(
      'message.too_long',
      `The text takes ${segments} segments; at most ${rules.maxSegments} are allowed. Shorten the template.`,
      { extra: { segments, maxSegments: rules.maxSegments } },
    );
  }
  return segments;
}

function assertBelow(traffic: OtpTraffic, limit: number, now: Millis, whom: string): void {
  if (limit === 0 || traffic.count < limit) return;
  const retryAfterSeconds = Math.max(1, Math.ceil(((traffic.oldest ?? now) + trafficMs - now) / 1000));
  throw new AppError(
    'otp.destination_limited',
    `Too many codes were sent to ${whom} within ten minutes. Try again in ${retryAfterSeconds} s.`,
    { extra: { retryAfterSeconds } },
  );
}

const refusals = {
  unknown: () => new AppError('otp.not_found', 'There is no such reference. Ask for a new code.'),
  used: () => new AppError('otp.already_used', 'This code was used already. Ask for a new one.'),
  dead: () => new AppError('otp.too_many_attempts', 'Too many wrong codes for this reference. Ask for a new code.'),
  expired: () => new AppError('otp.expired', 'This code has expired. Ask for a new one.'),
} as const;
