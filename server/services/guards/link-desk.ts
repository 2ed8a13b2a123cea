import { AppError } from '../../domain/errors.ts';
import { parseLinkHost } from '../../domain/links.ts';
import type { Clock } from '../../domain/ports.ts';
import type { AccountStore } from '../../store/account-store.ts';
import type { LinkStore } from '../../store/link-store.ts';
import type { LinkGuard } from './link-guard.ts';

/** The hosts that an account's texts may link to, when the box lets them link to registered ones only. */
export class LinkDesk {
  readonly #store: LinkStore;
  readonly #accounts: AccountStore;
  readonly #guard: LinkGuard;
  readonly #clock: Clock;

  constructor(options: { store: LinkStore; accounts: AccountStore; guard: LinkGuard; clock: Clock }) {
    this.#store = options.store;
    this.#accounts = options.accounts;
    this.#guard = options.guard;
    this.#clock = options.clock;
  }

  list(account: string | undefined): { host: string; createdAt: string }[] {
    return this.#store
      .list(this.#accounts.named(account).id)
      .map((row) => ({ host: row.host, createdAt: new Date(row.created_at).toISOString() }));
  }

  /**
   * Registers hosts: `example.com` for it alone, `.example.com` for it and all below it; URLs will do. All or none.
   * @throws AppError `link.invalid_host` for what names no host, or a URL shortener.
   */
  async add(account: string | undefined, written: readonly string[]): Promise<{ added: number; hosts: string[] }> {
    const { id } = this.#accounts.named(account);
    const hosts = hostsOf(written);
    for (const host of hosts) {
      if (!this.#guard.isShortener(host)) continue;
      throw new AppError(
        'link.invalid_host',
        `${host} is a URL shortener: it can lead anywhere. Register the host it leads to.`,
      );
    }
    return { added: await this.#store.add(id, hosts, this.#clock.now()), hosts };
  }

  /** @throws AppError `link.invalid_host` for what names no host. */
  async remove(account: string | undefined, written: readonly string[]): Promise<{ removed: number }> {
    const { id } = this.#accounts.named(account);
    return { removed: await this.#store.remove(id, hostsOf(written)) };
  }
}

function hostsOf(written: readonly string[]): string[] {
  const hosts = new Set<string>();
  for (const one of written) {
    const host = parseLinkHost(one);
    if (host === null)
      throw new AppError('link.invalid_host', `${one} names no host. Write it like example.com or .example.com.`);
    hosts.add(host);
  }
  return [...hosts];
}
