import { AppError } from '../../domain/errors.ts';
import { isLanguage, type Language } from '../../domain/languages.ts';
import type { Role } from '../../domain/roles.ts';
import { hashPassword, sha256Hex } from '../../platform/crypto.ts';
import type { PeopleStore, UserRecord } from '../../store/people-store.ts';
import type { SessionStore } from '../../store/session-store.ts';
import type { PasswordCheck } from './password-check.ts';
import type { SecondFactor } from './second-factor.ts';
import { roleOf, type Person, type Sessions, type SessionView } from './sessions.ts';

/** A person in a session of their own. */
export interface SignedIn {
  readonly person: Person;
  readonly token: string | null;
}

export interface ProfileView {
  readonly user: string;
  readonly role: Role;
  readonly language: Language | null;
  readonly totp: boolean;
  readonly recoveryCodesLeft: number;
}

/** What a person keeps of themselves: password, language, second factor, open sessions. The command line has none of it. */
export class ProfileDesk {
  readonly #people: PeopleStore;
  readonly #store: SessionStore;
  readonly #sessions: Sessions;
  readonly #passwords: PasswordCheck;
  readonly #secondFactor: SecondFactor;

  constructor(options: {
    people: PeopleStore;
    store: SessionStore;
    sessions: Sessions;
    passwords: PasswordCheck;
    secondFactor: SecondFactor;
  }) {
    this.#people = options.people;
    this.#store = options.store;
    this.#sessions = options.sessions;
    this.#passwords = options.passwords;
    this.#secondFactor = options.secondFactor;
  }

  /** The language that a person reads; null when none was chosen. */
  language(person: Person): Language | null {
    const chosen = person.id === null ? null : (this.#people.byId(person.id)?.language ?? null);
    return isLanguage(chosen) ? chosen : null;
  }

  show(who: SignedIn): ProfileView {
    const user = this.#user(who);
    const { on, recoveryCodesLeft } = this.#secondFactor.state(user.id);
    const language = isLanguage(user.language) ? user.language : null;
    return { user: user.name, role: roleOf(user.role), language, totp: on, recoveryCodesLeft };
  }

  async setLanguage(who: SignedIn, language: Language): Promise<void> {
    await this.#people.setLanguage(this.#user(who).id, language);
  }

  /**
   * Changes the password, asking for the old one; all other sessions end.
   * @returns the token by which the session in use goes on.
   * @throws AppError `auth.wrong_password`, `auth.locked`.
   */
  async changePassword(who: SignedIn, current: string, wanted: string): Promise<string> {
    const user = this.#user(who);
    await this.#passwords.confirm(user, current);
    const token = this.#sessions.newToken();
    await this.#store.renew(user.id, await hashPassword(wanted), { from: hashOf(who), to: sha256Hex(token) });
    return token;
  }

  sessions(who: SignedIn): SessionView[] {
    return this.#sessions.of(this.#user(who).id, who.token);
  }

  /** @throws AppError `session.not_found`. */
  async endSession(who: SignedIn, id: number): Promise<void> {
    await this.#store.closeOne(this.#user(who).id, id);
  }

  /** Ends all sessions but the one in use; returns how many. */
  async endOtherSessions(who: SignedIn): Promise<number> {
    return await this.#store.closeAll(this.#user(who).id, hashOf(who));
  }

  /** Begins the second factor with a new secret. @throws AppError `auth.wrong_password`, `auth.locked`, `totp.already_on`. */
  async enrolTotp(who: SignedIn, password: string): Promise<{ secret: string; uri: string }> {
    const user = this.#user(who);
    await this.#passwords.confirm(user, password);
    return await this.#secondFactor.enrol(user);
  }

  /** Turns the second factor on; other sessions, which never showed a code, end. @returns recovery codes. */
  async confirmTotp(who: SignedIn, code: string): Promise<string[]> {
    const { id } = this.#user(who);
    const codes = await this.#secondFactor.confirm(id, code);
    await this.#store.closeAll(id, hashOf(who));
    return codes;
  }

  /** @throws AppError `auth.wrong_password`, `auth.locked`, `totp.not_enrolled`. */
  async renewRecoveryCodes(who: SignedIn, password: string): Promise<string[]> {
    const user = this.#user(who);
    await this.#passwords.confirm(user, password);
    return await this.#secondFactor.renewRecoveryCodes(user.id);
  }

  /** @throws AppError `auth.wrong_password`, `auth.locked`, `totp.not_enrolled`. */
  async removeTotp(who: SignedIn, password: string): Promise<void> {
    const user = this.#user(who);
    await this.#passwords.confirm(user, password);
    await this.#secondFactor.remove(user.id);
  }

  #user({ person }: SignedIn): UserRecord {
    const user = person.id === null ? undefined : this.#people.byId(person.id);
    if (user !== undefined) return user;
    throw new AppError('auth.forbidden', 'Only a signed-in person has a profile. Use `user` commands instead.');
  }
}

function hashOf({ token }: SignedIn): string {
  return token === null ? '' : sha256Hex(token);
}
