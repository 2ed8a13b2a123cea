import { BlockList, isIP } from 'node:net';
import { composeApiKey, displayApiKey, isWellFormedApiKey } from '../domain/api-key-format.ts';
import { AppError, errorText } from '../domain/errors.ts';
import type { Clock, Logger, Millis, Random, Service, Timer } from '../domain/ports.ts';
import { isScope, type Scope } from '../domain/scopes.ts';
import { sha256Hex } from '../platform/crypto.ts';
import type { KeyRecord, KeyStore } from '../store/access-store.ts';

/** Who calls with a key. */
export interface KeyCaller {
  readonly accountId: number;
  readonly keyId: number;
  readonly scopes: ReadonlySet<Scope>;
  /** The key's own limit for all endpoints together; null for the box's. */
  readonly rpm: number | null;
}

interface KnownKey extends KeyCaller {
  readonly suspended: boolean;
  readonly expiresAt: Millis | null;
  /** Null when any address may call. */
  readonly addresses: BlockList | null;
}

const noteEveryMs = 5_000;
const mostKnown = 10_000;

function refusedKey(): AppError {
  return new AppError('auth.invalid_credentials', 'API key is missing or invalid');
}

/** Checks API keys (api-v2 §2). Known keys are kept in memory by their hash until anything about access changes. */
export class KeyGate implements Service {
  readonly name = 'key-gate';
  readonly #keys: KeyStore;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #log: Logger;
  readonly #known = new Map<string, KnownKey>();
  #uses = new Map<number, { id: number; at: Millis; ip: string }>();
  #timer: Timer | undefined;
  #running = false;

  constructor(options: { keys: KeyStore; clock: Clock; random: Random; log: Logger }) {
    this.#keys = options.keys;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
  }

  async start(): Promise<void> {
    this.#running = true;
    this.#schedule();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#timer?.cancel();
    await this.#noteUses();
  }

  /**
   * @param key the value of the key header, if there was one.
   * @throws AppError `auth.invalid_credentials`, `auth.account_suspended`, `auth.ip_not_allowed`, `auth.insufficient_scope`.
   */
  admit(key: string | undefined, ip: string, scope: Scope | null): KeyCaller {
    if (key === undefined || !isWellFormedApiKey(key)) throw refusedKey();
    const known = this.#find(key);
    const now = this.#clock.now();
    if (known.expiresAt !== null && known.expiresAt <= now) throw refusedKey();
    if (known.suspended) throw new AppError('auth.account_suspended', 'The account of this API key is suspended.');
    if (known.addresses !== null && !known.addresses.check(ip, isIP(ip) === 6 ? 'ipv6' : 'ipv4')) {
      throw new AppError('auth.ip_not_allowed', `This API key may not be used from the address ${ip}.`);
    }
    if (scope !== null && !known.scopes.has(scope)) {
      throw new AppError('auth.insufficient_scope', `This API key lacks the scope ${scope}.`);
    }
    this.#noteUse(known.keyId, now, ip);
    return known;
  }

  /** Creates a key; `key` is shown this once. @throws AppError `validation.failed` for an address that is none. */
  async create(wanted: {
    readonly accountId: number;
    readonly name: string;
    readonly scopes: readonly Scope[];
    readonly ips: readonly string[];
    readonly rpm: number | null;
    readonly expiresAt: Millis | null;
  }): Promise<{ key: string; record: KeyRecord }> {
    addressList(wanted.ips);
    const key = composeApiKey(this.#random.bytes(20));
    const record = await this.#keys.create({
      ...wanted,
      hash: sha256Hex(key),
      display: displayApiKey(key),
      createdAt: this.#clock.now(),
    });
    return { key, record };
  }

  async revoke(id: number): Promise<void> {
    await this.#keys.revoke(id, this.#clock.now());
    this.forget();
  }

  list(): KeyRecord[] {
    return this.#keys.list();
  }

  /** Access changed somewhere: everything is read anew. */
  forget(): void {
    this.#known.clear();
  }

  #find(key: string): KnownKey {
    const hash = sha256Hex(key);
    const known = this.#known.get(hash);
    if (known !== undefined) return known;
    const record = this.#keys.byHash(hash);
    if (record === undefined || record.revoked_at !== null) throw refusedKey();
    const fresh = toKnown(record);
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(hash, fresh);
    return fresh;
  }

  #noteUse(id: number, at: Millis, ip: string): void {
    const use = this.#uses.get(id);
    if (use === undefined) this.#uses.set(id, { id, at, ip });
    else {
      use.at = at;
      use.ip = ip;
    }
  }

  #schedule(): void {
    if (!this.#running) return;
    this.#timer = this.#clock.after(noteEveryMs, () => {
      void this.#noteUses().then(() => this.#schedule());
    });
  }

  async #noteUses(): Promise<void> {
    if (this.#uses.size === 0) return;
    const uses = [...this.#uses.values()];
    this.#uses = new Map();
    try {
      await this.#keys.noteUse(uses);
    } catch (error) {
      this.#log.warn('key.use_not_noted', { error: errorText(error) });
    }
  }
}

function toKnown(record: KeyRecord): KnownKey {
  const scopes = stringList(record.scopes).filter(isScope);
  const ips = stringList(record.ips);
  return {
    accountId: record.account_id,
    keyId: record.id,
    scopes: new Set(scopes),
    rpm: record.rpm,
    suspended: record.suspended === 1,
    expiresAt: record.expires_at,
    addresses: ips.length === 0 ? null : addressList(ips),
  };
}

/** Texts of a stored JSON list. */
export function stringList(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function addressList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix, ...more] = entry.split('/');
    const family = isIP(address);
    const bits = prefix === undefined ? null : Number(prefix);
    const most = family === 6 ? 128 : 32;
    if (family === 0 || more.length > 0 || (bits !== null && (!/^\d{1,3}$/u.test(prefix ?? '') || bits > most))) {
      throw new AppError(
        'validation.failed',
        `${entry} is no address. Write one like 192.168.1.10 or 192.168.1.0/24.`,
        {
          details: [{ path: 'ips', message: `${entry} is no IP address or CIDR range` }],
        },
      );
    }
    const kind = family === 6 ? 'ipv6' : 'ipv4';
    if (bits === null) list.addAddress(address, kind);
    else list.addSubnet(address, bits, kind);
  }
  return list;
}
