import { AppError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports.ts';
import { hashPassword, verifyPassword } from '../../platform/crypto.ts';
import type { PeopleStore, UserRecord } from '../../store/people-store.ts';

const lockAfter = 8;
const lockMs = 5 * 60_000;

/** A person whose try is counted as a wrong one until it is taken back or crowned by a session. */
export interface CheckedTry {
  readonly user: UserRecord;
  /** The lock that this try may have set. */
  readonly lockedUntil: number;
}

/** Checks passwords and counts the tries, also those of the second step: too many lock a name for some minutes. */
export class PasswordCheck {
  readonly #people: PeopleStore;
  readonly #clock: Clock;
  /** A hash to check against when there is no such user, so that both cases take the same time. */
  #decoy: Promise<string> | undefined;

  constructor(options: { people: PeopleStore; clock: Clock }) {
    this.#people = options.people;
    this.#clock = options.clock;
  }

  /** @throws AppError `auth.wrong_password`, also for a name that there is not; `auth.locked`. */
  async check(user: UserRecord | undefined, password: string): Promise<CheckedTry> {
    const now = this.#clock.now();
    const lockedUntil = now + lockMs;
    this.#decoy ??= hashPassword('decoy');
    if (user !== undefined && !(await this.#people.noteTry(user.id, lockAfter, now, lockedUntil))) {
      throw new AppError('auth.locked', 'Too many wrong passwords or codes. Wait five minutes and try again.');
    }
    const right = await verifyPassword(password, user?.password ?? (await this.#decoy));
    if (!right || user === undefined)
      throw new AppError('auth.wrong_password', 'The name or the password is not right.');
    return { user, lockedUntil };
  }

  /** The same for who is signed in already; a right password forgets the wrong ones. */
  async confirm(user: UserRecord, password: string): Promise<void> {
    await this.check(user, password);
    await this.#people.clearTries(user.id);
  }

  /** The try was neither right nor wrong: it does not count. */
  async forgive({ user, lockedUntil }: CheckedTry): Promise<void> {
    await this.#people.forgiveTry(user.id, lockedUntil);
  }
}
