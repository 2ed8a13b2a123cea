import type { Clock } from '../../domain/ports.ts';
import type { Role } from '../../domain/roles.ts';
import { hashPassword } from '../../platform/crypto.ts';
import type { ListedUser, PeopleStore } from '../../store/people-store.ts';
import type { SessionStore } from '../../store/session-store.ts';
import type { SecondFactor } from './second-factor.ts';
import { roleOf, type Sessions, type SessionView } from './sessions.ts';

export interface UserView {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly totp: boolean;
  readonly sessions: number;
  /** When wrong tries stop keeping the user out; null when they do not. */
  readonly lockedUntil: number | null;
  readonly createdAt: number;
  readonly signedInAt: number | null;
}

/** Who may sign in to the box, for administrators. One who can sign in always stays. */
export class PeopleDesk {
  readonly #people: PeopleStore;
  readonly #store: SessionStore;
  readonly #sessions: Sessions;
  readonly #secondFactor: SecondFactor;
  readonly #clock: Clock;

  constructor(options: {
    people: PeopleStore;
    store: SessionStore;
    sessions: Sessions;
    secondFactor: SecondFactor;
    clock: Clock;
  }) {
    this.#people = options.people;
    this.#store = options.store;
    this.#sessions = options.sessions;
    this.#secondFactor = options.secondFactor;
    this.#clock = options.clock;
  }

  list(): UserView[] {
    const now = this.#clock.now();
    return this.#people.list(now).map((row) => userView(row, now));
  }

  /** @throws AppError `user.not_found`. */
  get(name: string): UserView {
    const { id } = this.#people.named(name);
    const now = this.#clock.now();
    const row = this.#people.list(now).find((each) => each.id === id);
    return userView(row ?? { ...this.#people.named(name), second_factor: 0, sessions: 0 }, now);
  }

  /** @throws AppError `user.exists`. */
  async create(name: string, password: string, role: Role): Promise<number> {
    return await this.#people.create(name, await hashPassword(password), role, this.#clock.now());
  }

  /** Sets a password and signs the user out everywhere. @throws AppError `user.not_found`. */
  async setPassword(name: string, password: string): Promise<void> {
    await this.#people.setPassword(name, await hashPassword(password));
  }

  /** @throws AppError `user.not_found`; `user.last_admin` when nobody else could then change anything. */
  async change(
    name: string,
    change: { readonly role?: Role | undefined; readonly disabled?: boolean | undefined },
  ): Promise<UserView> {
    await this.#people.change(name, change);
    return this.get(name);
  }

  /** @throws AppError `user.not_found`, `user.last_admin`. */
  async remove(name: string): Promise<void> {
    await this.#people.remove(name);
  }

  /** Ends all sessions of a user; returns how many. @throws AppError `user.not_found`. */
  async signOut(name: string): Promise<number> {
    return await this.#store.closeAll(this.#people.named(name).id);
  }

  /** Takes the second step away from who lost phone and recovery codes. @throws AppError `user.not_found`, `totp.not_enrolled`. */
  async resetTotp(name: string): Promise<void> {
    await this.#secondFactor.remove(this.#people.named(name).id);
  }

  /** Open sessions of a user. @param token of who asks. @throws AppError `user.not_found`. */
  sessionsOf(name: string, token: string | null): SessionView[] {
    return this.#sessions.of(this.#people.named(name).id, token);
  }

  /** @throws AppError `user.not_found`, `session.not_found`. */
  async endSession(name: string, id: number): Promise<void> {
    await this.#store.closeOne(this.#people.named(name).id, id);
  }
}

function userView(row: Omit<ListedUser, 'password'>, now: number): UserView {
  return {
    id: row.id,
    name: row.name,
    role: roleOf(row.role),
    disabled: row.disabled === 1,
    totp: row.second_factor === 1,
    sessions: row.sessions,
    lockedUntil: row.locked_until !== null && row.locked_until > now ? row.locked_until : null,
    createdAt: row.created_at,
    signedInAt: row.signed_in_at,
  };
}
