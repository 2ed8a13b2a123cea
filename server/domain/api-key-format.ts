/** The form of API keys: `sk_sep_`, 40 random hex digits, 8 hex digits of their CRC-32, which tells a typo at once. */

import { AppError } from './errors.ts';

const prefix = 'sk_sep_';
const randomLength = 20;
const wellFormed = /^sk_sep_([0-9a-f]{40})([0-9a-f]{8})$/;
const crcTable = buildCrcTable();

/** A key from 20 bytes of a cryptographically secure generator. */
export function composeApiKey(random: Uint8Array): string {
  if (random.length !== randomLength) {
    throw new AppError('internal.fault', `An API key is made from ${randomLength} random bytes.`);
  }
  const body = Array.from(random, (octet) => octet.toString(16).padStart(2, '0')).join('');
  return `${prefix}${body}${checksum(body)}`;
}

/** Whether a text has the form and the checksum of a key; it may still be unknown or revoked. */
export function isWellFormedApiKey(key: string): boolean {
  const [, body, crc] = wellFormed.exec(key) ?? [];
  return body !== undefined && checksum(body) === crc;
}

/** What is shown of a key after its creation: `sk_sep_3f9a...d21c`. What is no key shows nothing of itself. */
export function displayApiKey(key: string): string {
  return wellFormed.test(key) ? `${key.slice(0, prefix.length + 4)}...${key.slice(-4)}` : `${prefix}...`;
}

function checksum(body: string): string {
  let crc = 0xffffffff;
  for (let at = 0; at < body.length; at++) {
    crc = (crc >>> 8) ^ (crcTable[(crc ^ body.charCodeAt(at)) & 0xff] ?? 0);
  }
  return (~crc >>> 0).toString(16).padStart(8, '0');
}

/** CRC-32 of IEEE 802.3, reflected polynomial. */
function buildCrcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, octet) => {
    let crc = octet;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}
