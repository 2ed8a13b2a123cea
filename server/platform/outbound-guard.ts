import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import { errorText } from '../domain/errors.ts';
import type { Clock } from '../domain/ports.ts';
import { classifyAddress, mayPostTo, parseWebhookUrl, sameAddress } from '../domain/webhook-address.ts';

/** Turns a host name into its addresses. Rejects when there are none. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

export interface OutboundGuardOptions {
  readonly clock: Clock;
  /** Whether an administrator listed this host; it comes lower-case, without brackets or trailing dot. */
  readonly isAllowedHost: (host: string) => boolean;
  /** The ports that the box itself listens on. */
  readonly ownPorts: () => readonly number[];
  /** The addresses of this machine; loopback always counts as one. */
  readonly ownAddresses?: () => readonly string[];
  readonly resolve?: ResolveHost;
  /** Limit for one resolution, in milliseconds. */
  readonly resolveLimitMs?: number;
}

/** Where a URL leads at this moment. `refused` says that the box will not go there, `unresolved` that nobody knows where it is. */
export type Verdict =
  | { readonly kind: 'clear'; readonly url: URL; readonly host: string; readonly addresses: readonly string[] }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unresolved'; readonly reason: string };

interface Remembered {
  readonly at: number;
  readonly addresses: Promise<readonly string[]>;
}

/** Answers are shared for this long, so that a burst of posts asks the resolver once. */
const shareMs = 1000;
const mostRemembered = 256;

/**
 * Keeps the box from being used to reach what only the box can reach (server-side request forgery).
 * A verdict is good for one attempt: the caller must connect to `addresses` and never resolve the name again.
 */
export class OutboundGuard {
  readonly #options: OutboundGuardOptions;
  readonly #resolve: ResolveHost;
  readonly #remembered = new Map<string, Remembered>();

  constructor(options: OutboundGuardOptions) {
    this.#options = options;
    this.#resolve = options.resolve ?? resolveBySystem;
  }

  /** What can be said without asking a resolver: null, or why the URL is refused whatever its name resolves to. */
  refusal(text: string, listed?: boolean): string | null {
    const parsed = parseWebhookUrl(text);
    if (!parsed.ok) return parsed.problem;
    const allowed = listed ?? this.#options.isAllowedHost(parsed.host);
    if (parsed.url.protocol === 'http:' && !allowed) {
      return `Plain http is only for hosts that an administrator allowed, and ${parsed.host} is not one. Use https, or allow the host.`;
    }
    if (classifyAddress(parsed.host) === null) return null;
    return this.#refuseAddress(parsed.host, parsed.port, parsed.host, allowed);
  }

  /**
   * Resolves the URL's host and checks every address it has; one that is refused refuses the URL. Never rejects.
   * @param listed overrides the allow-list, to ask what would be if the host were on it
   */
  async vet(text: string, listed?: boolean): Promise<Verdict> {
    const parsed = parseWebhookUrl(text);
    if (!parsed.ok) return { kind: 'refused', reason: parsed.problem };
    const allowed = listed ?? this.#options.isAllowedHost(parsed.host);
    const early = this.refusal(text, allowed);
    if (early !== null) return { kind: 'refused', reason: early };
    let addresses: readonly string[] = [parsed.host];
    if (classifyAddress(parsed.host) === null) {
      try {
        addresses = await this.#addressesOf(parsed.host);
      } catch (error) {
        return { kind: 'unresolved', reason: `The host ${parsed.host} was not found (${errorText(error)}).` };
      }
    }
    for (const address of addresses) {
      const reason = this.#refuseAddress(address, parsed.port, parsed.host, allowed);
      if (reason !== null) return { kind: 'refused', reason };
    }
    return { kind: 'clear', url: parsed.url, host: parsed.host, addresses };
  }

  #refuseAddress(address: string, port: number, host: string, listed: boolean): string | null {
    const kind = classifyAddress(address);
    if (kind === null) return `The host ${host} has an address that cannot be read (${address}).`;
    if (!mayPostTo(kind, listed)) {
      return kind === 'private' || kind === 'loopback'
        ? `The host ${host} is inside this network (${address}, ${kind}). Allow the host if it is meant to be reached.`
        : `The host ${host} leads to ${address} (${kind}), where nothing is ever posted.`;
    }
    if (this.#options.ownPorts().includes(port) && this.#isOwn(address, kind)) {
      return `The URL leads to the box itself (${address} port ${port}).`;
    }
    return null;
  }

  #isOwn(address: string, kind: string): boolean {
    if (kind === 'loopback') return true;
    return (this.#options.ownAddresses ?? machineAddresses)().some((own) => sameAddress(own, address));
  }

  #addressesOf(host: string): Promise<readonly string[]> {
    const now = this.#options.clock.monotonic();
    const known = this.#remembered.get(host);
    if (known !== undefined && now - known.at < shareMs) return known.addresses;
    this.#remembered.delete(host);
    for (const [oldest] of this.#remembered) {
      if (this.#remembered.size < mostRemembered) break;
      this.#remembered.delete(oldest);
    }
    const addresses = this.#resolveInTime(host);
    this.#remembered.set(host, { at: now, addresses });
    return addresses;
  }

  async #resolveInTime(host: string): Promise<readonly string[]> {
    const limit = this.#options.resolveLimitMs ?? 5000;
    const late = Promise.withResolvers<never>();
    const timer = this.#options.clock.after(limit, () => late.reject(new Error(`no answer in ${limit} ms`)));
    try {
      const addresses = await Promise.race([this.#resolve(host), late.promise]);
      if (addresses.length === 0) throw new Error('it has no address');
      return addresses.slice(0, 16);
    } finally {
      timer.cancel();
    }
  }
}

async function resolveBySystem(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map((entry) => entry.address);
}

/** Addresses of this machine's network interfaces. */
export function machineAddresses(): readonly string[] {
  return Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map((entry) => entry.address));
}
