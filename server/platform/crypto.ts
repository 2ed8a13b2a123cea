import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  scrypt,
  timingSafeEqual,
} from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';
import type { Clock, Random } from '../domain/ports.ts';

export const systemRandom: Random = {
  bytes: (n) => randomBytes(n),
  fraction: () => Math.random(),
};

/** Encrypts secrets for rest, and opens them again. */
export interface Sealer {
  seal(text: string): string;
  /** @throws AppError `config.invalid` when it was sealed with another key or altered. */
  unseal(sealed: string): string;
}

/** The box's secrets, all derived from one master key of 32 bytes. */
export class KeyRing implements Sealer {
  readonly #seal: Buffer;
  readonly #code: Buffer;
  readonly #audit: Buffer;
  readonly #callback: Buffer;
  /** Names this box to others; the same as long as its master key is. */
  readonly boxId: string;
  /** Keys of the public ids of recipients and of webhook deliveries. */
  readonly txIdKey: Uint8Array;
  readonly deliveryIdKey: Uint8Array;

  constructor(masterKey: Uint8Array) {
    this.#seal = derive(masterKey, 'seal');
    this.#code = derive(masterKey, 'one-time code');
    this.#audit = derive(masterKey, 'audit log');
    this.#callback = derive(masterKey, 'callback');
    this.boxId = derive(masterKey, 'box id').toString('hex', 0, 8);
    this.txIdKey = derive(masterKey, 'txid');
    this.deliveryIdKey = derive(masterKey, 'delivery id');
  }

  seal(text: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#seal, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`;
  }

  /** What is hard to guess in the address at which a carrier's other side calls the box. */
  callbackSecret(carrierId: number): string {
    return createHmac('sha256', this.#callback).update(`carrier ${carrierId}`).digest('base64url').slice(0, 24);
  }

  /** Keyed hash of a one-time code. */
  codeHash(text: string): string {
    return createHmac('sha256', this.#code).update(text).digest('hex');
  }

  /** Mark of a text that only the holder of the master key can make. */
  auditMark(text: string): string {
    return createHmac('sha256', this.#audit).update(text).digest('hex');
  }

  unseal(sealed: string): string {
    try {
      if (!sealed.startsWith('v1.')) throw new Error('unknown form');
      const bytes = Buffer.from(sealed.slice(3), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', this.#seal, bytes.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch (error) {
      throw new AppError(
        'config.invalid',
        'A stored secret cannot be opened: the master key is not the one it was sealed with. Put the right key file back.',
        { cause: error },
      );
    }
  }
}

function derive(masterKey: Uint8Array, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', masterKey, new Uint8Array(0), `sepsms-box/${purpose}`, 32));
}

/**
 * Reads the master key from its file, or makes the file (mode 0600) when there is none.
 * @throws AppError `config.invalid` when the file holds no key.
 */
export function loadMasterKey(path: string): Uint8Array {
  if (!existsSync(path)) {
    const key = randomBytes(32);
    writeFileSync(path, `${key.toString('hex')}\n`, { mode: 0o600, flag: 'wx' });
    return key;
  }
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/u.test(text)) {
    throw new AppError(
      'config.invalid',
      `The master key file ${path} does not hold a key of 64 hex digits. Restore it from your backup.`,
    );
  }
  return Buffer.from(text, 'hex');
}

export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

export function hmacSha256Hex(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** HMAC of a text (as UTF-8) or of bytes. */
export function hmac(
  algorithm: 'sha1' | 'sha256' | 'sha512',
  key: string,
  data: string | Uint8Array,
  encoding: 'hex' | 'base64',
): string {
  return createHmac(algorithm, key).update(data).digest(encoding);
}

export function sameText(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest();
  const right = createHash('sha256').update(b).digest();
  return timingSafeEqual(left, right);
}

const scryptCost = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;

/** Hash of a password, with its salt and cost in the text. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const digest = await runScrypt(password, salt);
  return `scrypt$${scryptCost.N}$${salt.toString('base64url')}$${digest.toString('base64url')}`;
}

export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [kind, , salt, digest] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || digest === undefined) return false;
  const given = await runScrypt(password, Buffer.from(salt, 'base64url'));
  const wanted = Buffer.from(digest, 'base64url');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function runScrypt(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, scryptCost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** Time-ordered ids (UUID version 7, RFC 9562 §5.7): indexes on them grow at one end only. */
export function createUuids(clock: Clock, random: Random): () => string {
  let pool: Uint8Array = new Uint8Array(0);
  let used = 0;
  let last = 0;
  let counter = 0;
  return () => {
    if (used + 8 > pool.length) {
      pool = random.bytes(4096);
      used = 0;
    }
    const now = clock.now();
    if (now > last) {
      last = now;
      counter = ((pool[used] ?? 0) << 3) & 0x7ff;
    } else {
      counter += 1;
      if (counter > 0xfff) {
        last += 1;
        counter = 0;
      }
    }
    const time = last.toString(16).padStart(12, '0');
    const tail = Buffer.from(pool.subarray(used, used + 8));
    used += 8;
    tail[0] = ((tail[0] ?? 0) & 0x3f) | 0x80;
    const low = tail.toString('hex');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${low.slice(0, 4)}-${low.slice(4)}`;
  };
}
