import { randomFillSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { World } from './world.ts';
import { fill, type Words } from './words.ts';

const keyBytes = 32;
const sealedName = 'master.key.sealed';
/** As the box without a desktop keeps it. */
const plainName = 'master.key';
const databaseName = 'box.db';

interface KeyOptions {
  readonly world: Pick<World, 'electron' | 'log' | 'platform'>;
  readonly words: Words;
  readonly dataDir: string;
  /** The key lies in a plain file: the person should know. */
  readonly onPlain: (file: string) => void;
}

/**
 * The key that seals the box's secrets, kept by the system's own keyring: DPAPI, Keychain, libsecret or KWallet. Where a
 * Linux has none, it lies in a file of its own, as on a box without a desktop, and the person is told.
 * @throws Error with what to do, when a key was made before and cannot be had now: a new one would open nothing.
 */
export async function masterKey(options: KeyOptions): Promise<Uint8Array> {
  const { world, words, dataDir, onPlain } = options;
  const sealedFile = join(dataDir, sealedName);
  const plainFile = join(dataDir, plainName);
  const sealed = await readIfThere(sealedFile);
  if (sealed !== null) return await unseal(options, sealed, sealedFile);
  const plain = await readIfThere(plainFile);
  const sealing = await canSeal(world);
  if (plain === null && existsSync(join(dataDir, databaseName))) {
    throw new Error(fill(words.keyLost, { file: sealing ? sealedFile : plainFile }));
  }
  const key = plain === null ? randomFillSync(new Uint8Array(keyBytes)) : parseKey(plain);
  if (key === null) throw new Error(fill(words.keyLost, { file: plainFile }));
  if (sealing) {
    if (plain === null) await keep(sealedFile, await world.electron.safeStorage.encryptStringAsync(toText(key)));
    return key;
  }
  if (plain === null) await keep(plainFile, `${toText(key)}\n`);
  onPlain(plainFile);
  return key;
}

async function unseal({ world, words }: KeyOptions, sealed: Buffer, file: string): Promise<Uint8Array> {
  try {
    const { result, shouldReEncrypt } = await world.electron.safeStorage.decryptStringAsync(sealed);
    const key = parseKey(Buffer.from(result));
    if (key === null) throw new Error('no key');
    if (shouldReEncrypt) await keep(file, await world.electron.safeStorage.encryptStringAsync(toText(key)));
    return key;
  } catch (cause) {
    world.log('key.not_unsealed');
    throw new Error(fill(words.keyLost, { file }), { cause });
  }
}

/** With `basic_text` Linux seals by a password that every Electron app knows, which is none. */
async function canSeal({ electron, platform }: Pick<World, 'electron' | 'platform'>): Promise<boolean> {
  if (!(await electron.safeStorage.isAsyncEncryptionAvailable())) return false;
  return platform !== 'linux' || electron.safeStorage.getSelectedStorageBackend() !== 'basic_text';
}

/** As the box writes its key file: 64 hex digits. */
function toText(key: Uint8Array): string {
  return Buffer.from(key).toString('hex');
}

function parseKey(text: Buffer): Uint8Array | null {
  const digits = text.toString('utf8').trim();
  return /^[0-9a-f]{64}$/u.test(digits) ? new Uint8Array(Buffer.from(digits, 'hex')) : null;
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, and for this user alone. */
async function keep(file: string, content: Buffer | string): Promise<void> {
  const beside = `${file}.new`;
  await writeFile(beside, content, { mode: 0o600, flush: true });
  await rename(beside, file);
}
