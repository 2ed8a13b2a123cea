import { AppError } from '../../domain/errors.ts';
import type { Clock, Random } from '../../domain/ports.ts';
import type { Sealer } from '../../platform/crypto.ts';
import { base32, findTotpStep, otpauthUri } from '../../platform/totp.ts';
import type { SecondFactorStore } from '../../store/second-factor-store.ts';
import { readableCode } from './readable-code.ts';

const secretBytes = 20;
const recoveryCodes = 10;
const issuer = 'SEPSMS Box';

export interface SecondFactorSecrets extends Sealer {
  /** Keyed hash of a short code. */
  codeHash(text: string): string;
}

/** The second step of signing in: codes of an authenticator app (RFC 6238), and recovery codes for who lost it. */
export class SecondFactor {
  readonly #store: SecondFactorStore;
  readonly #secrets: SecondFactorSecrets;
  readonly #clock: Clock;
  readonly #random: Random;

  constructor(options: { store: SecondFactorStore; secrets: SecondFactorSecrets; clock: Clock; random: Random }) {
    this.#store = options.store;
    this.#secrets = options.secrets;
    this.#clock = options.clock;
    this.#random = options.random;
  }

  /** Whether a person's sign-in asks for a code, and how many recovery codes are left. */
  state(userId: number): { readonly on: boolean; readonly recoveryCodesLeft: number } {
    const on = (this.#store.of(userId)?.confirmed_at ?? null) !== null;
    return { on, recoveryCodesLeft: on ? this.#store.recoveryCodesLeft(userId) : 0 };
  }

  /** Takes a code of the app, or a recovery code, once. @returns whether it was right. */
  async use(userId: number, code: string): Promise<boolean> {
    const factor = this.#store.of(userId);
    if (factor === undefined || factor.confirmed_at === null) return false;
    const step = findTotpStep(this.#secretOf(factor.secret), code, this.#clock.now());
    if (step !== null) return await this.#store.useStep(userId, step);
    return await this.#store.useRecoveryCode(userId, this.#recoveryHash(userId, code));
  }

  /** Makes a secret for the person's app; it counts after `confirm`. @throws AppError `totp.already_on`. */
  async enrol(user: { readonly id: number; readonly name: string }): Promise<{ secret: string; uri: string }> {
    const bytes = this.#random.bytes(secretBytes);
    const secret = base32(bytes);
    const sealed = this.#secrets.seal(Buffer.from(bytes).toString('base64url'));
    await this.#store.enrol(user.id, sealed, this.#clock.now());
    return { secret, uri: otpauthUri({ issuer, user: user.name, secret }) };
  }

  /**
   * Turns the second step on: the person's app shows the right codes.
   * @returns recovery codes, shown this once.
   * @throws AppError `totp.not_enrolled`, `totp.already_on`, `auth.wrong_code`.
   */
  async confirm(userId: number, code: string): Promise<string[]> {
    const factor = this.#store.of(userId);
    if (factor === undefined)
      throw new AppError('totp.not_enrolled', 'Begin with a new secret, then show a code of it.');
    if (factor.confirmed_at !== null) throw new AppError('totp.already_on', 'Sign-in with a code is on already.');
    const now = this.#clock.now();
    const step = findTotpStep(this.#secretOf(factor.secret), code, now);
    const codes = this.#newCodes();
    const recoveryHashes = codes.map((one) => this.#recoveryHash(userId, one));
    if (step === null || !(await this.#store.confirm(factor, { step, now, recoveryHashes }))) throw wrongCode();
    return codes;
  }

  /** New recovery codes in place of the old ones. @throws AppError `totp.not_enrolled`. */
  async renewRecoveryCodes(userId: number): Promise<string[]> {
    if (!this.state(userId).on) throw new AppError('totp.not_enrolled', 'Sign-in with a code is not on.');
    const codes = this.#newCodes();
    const hashes = codes.map((one) => this.#recoveryHash(userId, one));
    await this.#store.replaceRecoveryCodes(userId, hashes);
    return codes;
  }

  /** Sign-in asks for no code any more. @throws AppError `totp.not_enrolled`. */
  async remove(userId: number): Promise<void> {
    if (!(await this.#store.remove(userId)))
      throw new AppError('totp.not_enrolled', 'Sign-in with a code is not on for this user.');
  }

  #secretOf(sealed: string): Uint8Array {
    return Buffer.from(this.#secrets.unseal(sealed), 'base64url');
  }

  #newCodes(): string[] {
    return Array.from({ length: recoveryCodes }, () => readableCode(this.#random, [5, 5]));
  }

  #recoveryHash(userId: number, code: string): string {
    const plain = code.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '');
    return this.#secrets.codeHash(`recovery/${userId}/${plain}`);
  }
}

export function wrongCode(): AppError {
  return new AppError(
    'auth.wrong_code',
    'The code is not right, or was used already. Wait for the next one; if all are refused, check the clocks of phone and box.',
  );
}
