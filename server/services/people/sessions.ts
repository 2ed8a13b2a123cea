import { AppError, errorText } from '../../domain/errors.ts';
import type { Clock, Logger, Millis, Random } from '../../domain/ports.ts';
import type { Role } from '../../domain/roles.ts';
import { hashPassword, sameText, sha256Hex } from '../../platform/crypto.ts';
import type { PeopleStore, UserRecord } from '../../store/people-store.ts';
import type { OpenTerms, SessionStore } from '../../store/session-store.ts';
import type { PasswordCheck } from './password-check.ts';
import { wrongCode, type SecondFactor } from './second-factor.ts';
import type { WindowTicket } from './window-ticket.ts';

export interface Person {
  /** Null for the command line. */
  readonly id: number | null;
  readonly name: string;
  readonly role: Role;
}

export interface SessionView {
  readonly id: number;
  readonly createdAt: Millis;
  readonly seenAt: Millis;
  readonly expiresAt: Millis;
  readonly address: string | null;
  readonly agent: string | null;
  /** Whether it is the one that asks. */
  readonly current: boolean;
}

/** Where somebody signs in from. */
export interface SignInFrom {
  readonly address?: string | null;
  readonly agent?: string | null;
  /** The token of a session that the browser had; it ends, whosever it was. */
  readonly oldToken?: string | null;
}

export interface SessionsOptions {
  readonly people: PeopleStore;
  readonly sessions: SessionStore;
  readonly passwords: PasswordCheck;
  readonly secondFactor: SecondFactor;
  readonly ticket: WindowTicket;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly cliToken: string;
  readonly setupCode: string;
  /** How long a session may lie unused; 0 for its whole life. */
  readonly idleMs: () => Millis;
}

const sessionMs = 12 * 3_600_000;
/** Using a session is noted so often at most. */
const noteEveryMs = 60_000;
const longestAgent = 200;

/** First set-up, sign-in in one or two steps, sessions; and the token by which the box's own command line speaks. */
export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  setupNeeded(): boolean {
    return !this.#options.people.anyone();
  }

  /** Creates the first administrator. @throws AppError `auth.setup_done`, `auth.wrong_setup_code`. */
  async setUp(
    code: string,
    user: string,
    password: string,
    from: SignInFrom = {},
  ): Promise<{ token: string; person: Person }> {
    if (!this.setupNeeded()) throw new AppError('auth.setup_done', 'The box is set up already. Sign in instead.');
    if (!sameText(code.trim().toUpperCase(), this.#options.setupCode)) {
      throw new AppError(
        'auth.wrong_setup_code',
        'The set-up code is not right. It stands on the console where the box was started.',
      );
    }
    await this.#options.people.create(user, await hashPassword(password), 'admin', this.#options.clock.now(), true);
    return await this.signIn(user, password, null, from);
  }

  /**
   * Opens a session under a new token. Who has a second factor gives its code, or a recovery code, along; without one the
   * first step ends with `auth.code_required`.
   * @throws AppError `auth.wrong_password`, `auth.locked`, `auth.user_disabled`, `auth.code_required`, `auth.wrong_code`.
   */
  async signIn(
    name: string,
    password: string,
    code: string | null = null,
    from: SignInFrom = {},
  ): Promise<{ token: string; person: Person }> {
    const { people, passwords, secondFactor } = this.#options;
    const tried = await passwords.check(people.byName(name), password);
    const { user } = tried;
    if (user.disabled === 1) {
      await passwords.forgive(tried);
      throw new AppError('auth.user_disabled', 'This user may not sign in any more. Ask an administrator.');
    }
    if (secondFactor.state(user.id).on) {
      if (code === null) {
        await passwords.forgive(tried);
        throw new AppError('auth.code_required', 'Enter the code that your authenticator app shows.');
      }
      if (!(await secondFactor.use(user.id, code))) throw wrongCode();
    }
    return { token: await this.#open(user, from), person: personOfUser(user) };
  }

  /** A ticket for the desktop's own window; null while there is nobody whose session it could open. */
  issueTicket(): string | null {
    return this.#options.people.firstAdmin() === undefined ? null : this.#options.ticket.issue();
  }

  /** Opens a session of the first administrator for the desktop's own window. @throws AppError `auth.wrong_ticket`. */
  async signInByTicket(ticket: string, from: SignInFrom = {}): Promise<{ token: string; person: Person }> {
    const user = this.#options.ticket.take(ticket) ? this.#options.people.firstAdmin() : undefined;
    if (user === undefined) throw new AppError('auth.wrong_ticket', 'This way in was used or is too old. Sign in.');
    return { token: await this.#open(user, from), person: personOfUser(user) };
  }

  async signOut(token: string): Promise<void> {
    await this.#options.sessions.close(sha256Hex(token));
  }

  /** The person behind a session's token, or undefined; asking counts as using the session. */
  bySession(token: string): Person | undefined {
    const hash = sha256Hex(token);
    const { sessions, log } = this.#options;
    const terms = this.#terms();
    const user = sessions.byToken(hash, terms);
    if (user === undefined) return undefined;
    if (terms.now - user.seen_at >= noteEveryMs) {
      sessions.touch(hash, terms.now).catch((error: unknown) => {
        log.warn('session.use_not_noted', { error: errorText(error) });
      });
    }
    return personOfUser(user);
  }

  /** Whether a session is still open; looking does not count as using it. */
  isOpen(token: string): boolean {
    return this.#options.sessions.byToken(sha256Hex(token), this.#terms()) !== undefined;
  }

  /** Open sessions of a user, newest first. @param token of who asks, to tell their own from the others. */
  of(userId: number, token: string | null): SessionView[] {
    const own = token === null ? null : sha256Hex(token);
    return this.#options.sessions.ofUser(userId, this.#terms()).map((row) => ({
      id: row.id,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      expiresAt: row.expires_at,
      address: row.address,
      agent: row.agent,
      current: row.token_hash === own,
    }));
  }

  /** What makes a session an open one at this moment. */
  #terms(): OpenTerms {
    const now = this.#options.clock.now();
    const idleMs = this.#options.idleMs();
    return { now, usedSince: idleMs === 0 ? 0 : now - idleMs };
  }

  /** The command line of this machine, an administrator by its token file. */
  byCliToken(token: string): Person | undefined {
    return sameText(token, this.#options.cliToken) ? { id: null, name: 'command line', role: 'admin' } : undefined;
  }

  /** A token that nobody had before. */
  newToken(): string {
    return Buffer.from(this.#options.random.bytes(32)).toString('base64url');
  }

  async #open(user: UserRecord, from: SignInFrom): Promise<string> {
    const token = this.newToken();
    const now = this.#options.clock.now();
    const { address = null, agent = null, oldToken = null } = from;
    await this.#options.sessions.open({
      tokenHash: sha256Hex(token),
      userId: user.id,
      now,
      expiresAt: now + sessionMs,
      address,
      agent: agent?.slice(0, longestAgent) ?? null,
      instead: oldToken === null ? null : sha256Hex(oldToken),
    });
    return token;
  }
}

function personOfUser(user: UserRecord): Person {
  return { id: user.id, name: user.name, role: roleOf(user.role) };
}

export function roleOf(text: string): Role {
  return text === 'admin' || text === 'operator' ? text : 'viewer';
}
