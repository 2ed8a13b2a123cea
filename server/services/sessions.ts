import { AppError } from '../domain/errors.ts';
import type { Clock, Random } from '../domain/ports.ts';
import type { Role } from '../domain/roles.ts';
import { hashPassword, sameText, sha256Hex, verifyPassword } from '../platform/crypto.ts';
import type { PeopleStore } from '../store/people-store.ts';

export interface Person {
  readonly name: string;
  readonly role: Role;
}

const sessionMs = 12 * 3_600_000;
const lockAfter = 8;
const lockMs = 5 * 60_000;

/** People: first set-up, sign-in with lock-out, sessions; and the token by which the box's own command line speaks. */
export class Sessions {
  readonly #people: PeopleStore;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #cliToken: string;
  readonly #setupCode: string;
  /** A hash to check against when there is no such user, so that both cases take the same time. */
  #decoy: Promise<string> | undefined;

  constructor(options: { people: PeopleStore; clock: Clock; random: Random; cliToken: string; setupCode: string }) {
    this.#people = options.people;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#cliToken = options.cliToken;
    this.#setupCode = options.setupCode;
  }

  setupNeeded(): boolean {
    return !this.#people.anyone();
  }

  /** Creates the first administrator. @throws AppError `auth.setup_done`, `auth.wrong_setup_code`. */
  async setUp(code: string, user: string, password: string): Promise<{ token: string; person: Person }> {
    if (!this.setupNeeded()) throw new AppError('auth.setup_done', 'The box is set up already. Sign in instead.');
    if (!sameText(code.trim().toUpperCase(), this.#setupCode)) {
      throw new AppError(
        'auth.wrong_setup_code',
        'The set-up code is not right. It stands on the console where the box was started.',
      );
    }
    await this.#people.create(user, await hashPassword(password), 'admin', this.#clock.now(), true);
    return await this.signIn(user, password);
  }

  /** @throws AppError `auth.wrong_password`, `auth.locked`. */
  async signIn(name: string, password: string): Promise<{ token: string; person: Person }> {
    const now = this.#clock.now();
    const user = this.#people.byName(name);
    this.#decoy ??= hashPassword('decoy');
    if (user !== undefined && !(await this.#people.noteTry(user.id, lockAfter, now, now + lockMs))) {
      throw new AppError('auth.locked', 'Too many wrong passwords. Wait five minutes and try again.');
    }
    const right = await verifyPassword(password, user?.password ?? (await this.#decoy));
    if (!right || user === undefined)
      throw new AppError('auth.wrong_password', 'The name or the password is not right.');
    const token = Buffer.from(this.#random.bytes(32)).toString('base64url');
    await this.#people.openSession(sha256Hex(token), user.id, now, now + sessionMs);
    return { token, person: { name: user.name, role: roleOf(user.role) } };
  }

  async signOut(token: string): Promise<void> {
    await this.#people.closeSession(sha256Hex(token));
  }

  /** The person behind a session's token, or undefined. */
  bySession(token: string): Person | undefined {
    const user = this.#people.bySession(sha256Hex(token), this.#clock.now());
    return user === undefined ? undefined : { name: user.name, role: roleOf(user.role) };
  }

  /** The command line of this machine, an administrator by its token file. */
  byCliToken(token: string): Person | undefined {
    return sameText(token, this.#cliToken) ? { name: 'command line', role: 'admin' } : undefined;
  }

  async createUser(name: string, password: string, role: Role): Promise<number> {
    return await this.#people.create(name, await hashPassword(password), role, this.#clock.now());
  }

  async setPassword(name: string, password: string): Promise<void> {
    await this.#people.setPassword(name, await hashPassword(password));
  }
}

function roleOf(text: string): Role {
  return text === 'admin' || text === 'operator' ? text : 'viewer';
}

const codeLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A code that a person reads from the console, such as `K7QX-93MB`. */
export function makeSetupCode(random: Random): string {
  const letters = [...random.bytes(8)].map((byte) => codeLetters[byte % codeLetters.length] ?? 'A');
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}
