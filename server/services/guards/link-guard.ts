import { AppError } from '../../domain/errors.ts';
import { findLinks, isListed, shortenerHosts } from '../../domain/links.ts';
import type { LinkStore } from '../../store/link-store.ts';

export interface LinkRules {
  /** Whether a text may link anywhere, or to registered hosts only. */
  readonly links: 'any' | 'registered';
  /** Hosts of URL shorteners besides those that are known anyway. */
  readonly shorteners: readonly string[];
}

/** Looks at every text of a request, then says whether it may be sent. */
export interface TextGuard {
  look(text: string): void;
  /** @throws AppError when one of the texts may not be sent. */
  finish(): void;
}

const mostNamed = 10;

/** Lets texts link to the hosts that their account registered, and to no shortener (box.md §4). */
export class LinkGuard {
  readonly #store: LinkStore;
  readonly #rules: () => LinkRules;
  #shorteners: { readonly more: readonly string[]; readonly hosts: ReadonlySet<string> } | null = null;

  constructor(options: { store: LinkStore; rules: () => LinkRules }) {
    this.#store = options.store;
    this.#rules = options.rules;
  }

  /** A guard for the texts of one request; null when they may link anywhere. */
  begin(accountId: number): TextGuard | null {
    const { links, shorteners } = this.#rules();
    if (links === 'any') return null;
    return new LinkLook(this.#store.hosts(accountId), this.#shortenersWith(shorteners));
  }

  /** Whether a host, as it stands in a registry, is one of a shortener or below it. */
  isShortener(host: string): boolean {
    return isListed(host.replace(/^\./u, ''), this.#shortenersWith(this.#rules().shorteners));
  }

  #shortenersWith(more: readonly string[]): ReadonlySet<string> {
    if (this.#shorteners?.more !== more) this.#shorteners = { more, hosts: shortenerHosts(more) };
    return this.#shorteners.hosts;
  }
}

class LinkLook implements TextGuard {
  readonly #registered: ReadonlySet<string>;
  readonly #shorteners: ReadonlySet<string>;
  readonly #shortened = new Set<string>();
  readonly #unregistered = new Set<string>();

  constructor(registered: ReadonlySet<string>, shorteners: ReadonlySet<string>) {
    this.#registered = registered;
    this.#shorteners = shorteners;
  }

  look(text: string): void {
    for (const { host, shown } of findLinks(text)) {
      if (isListed(host, this.#shorteners)) note(this.#shortened, shown);
      else if (!isListed(host, this.#registered)) note(this.#unregistered, shown);
    }
  }

  finish(): void {
    if (this.#shortened.size > 0) {
      const hosts = [...this.#shortened];
      throw new AppError(
        'message.link_shortened',
        `The text has links of URL shorteners, which hide where they lead: ${hosts.join(', ')}. Write the whole address instead.`,
        { extra: { hosts } },
      );
    }
    if (this.#unregistered.size > 0) {
      const hosts = [...this.#unregistered];
      throw new AppError(
        'message.link_not_registered',
        `The text has links to hosts that are not registered for this account: ${hosts.join(', ')}. Ask an administrator to register them, or take the links out.`,
        { extra: { hosts } },
      );
    }
  }
}

function note(hosts: Set<string>, host: string): void {
  if (hosts.size < mostNamed) hosts.add(host.toLowerCase());
}
