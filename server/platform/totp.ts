import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Millis } from '../domain/ports.ts';

/** Time-based one-time passwords (RFC 6238 over RFC 4226) as every authenticator app makes them: SHA-1, six digits, 30 s. */

const stepMs = 30_000;
const digits = 6;
/** Codes of so many steps before and after now are taken too: clocks of phones differ. */
const tolerance = 1;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The number of a moment's time step. */
export function totpStep(at: Millis): number {
  return Math.floor(at / stepMs);
}

/** The code of one step (RFC 4226 §5.3). */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** digits;
  return String(number).padStart(digits, '0');
}

/** The step that a code belongs to, among those around a moment; null when it is the code of none. */
export function findTotpStep(secret: Uint8Array, code: string, at: Millis): number | null {
  const given = Buffer.from(code.replaceAll(/\s/gu, ''));
  const now = totpStep(at);
  let found: number | null = null;
  for (let step = now - tolerance; step <= now + tolerance; step += 1) {
    const wanted = Buffer.from(totpCode(secret, step));
    if (given.length === wanted.length && timingSafeEqual(given, wanted)) found = step;
  }
  return found;
}

/** Base 32 without padding (RFC 4648 §6), as people type secrets into their apps. */
export function base32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(held >>> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31];
}

/** What an authenticator app reads from a QR code. */
export function otpauthUri(options: {
  readonly issuer: string;
  readonly user: string;
  readonly secret: string;
}): string {
  const issuer = encodeURIComponent(options.issuer);
  const label = `${issuer}:${encodeURIComponent(options.user)}`;
  return `otpauth://totp/${label}?secret=${options.secret}&issuer=${issuer}&algorithm=SHA1&digits=${digits}&period=${stepMs / 1000}`;
}
