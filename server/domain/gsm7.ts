/** The GSM 7-bit default alphabet, its extension table and the packing of septets (3GPP TS 23.038 §6.1.2.1, §6.2.1). */

const escapeCode = 0x1b;
/** Marks a code of the extension table in `codeOfUnit`. */
const extensionFlag = 0x80;
const notInAlphabet = 0xff;
const euroUnit = 0x20ac;
const euroCode = extensionFlag | 0x65;

const defaultTable =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';

const extensionTable: ReadonlyMap<number, string> = new Map([
  [0x0a, '\f'],
  [0x14, '^'],
  [0x28, '{'],
  [0x29, '}'],
  [0x2f, '\\'],
  [0x3c, '['],
  [0x3d, '~'],
  [0x3e, ']'],
  [0x40, '|'],
  [0x65, '€'],
]);

/** Code by UTF-16 unit, up to the Greek capitals; the euro sign lies beyond and is looked at by itself. */
const codeOfUnit = buildCodes();

function buildCodes(): Uint8Array {
  const codes = new Uint8Array(0x400).fill(notInAlphabet);
  for (let code = 0; code < defaultTable.length; code++) {
    if (code !== escapeCode) codes[defaultTable.charCodeAt(code)] = code;
  }
  for (const [code, character] of extensionTable) {
    const unit = character.charCodeAt(0);
    if (unit < codes.length) codes[unit] = extensionFlag | code;
  }
  return codes;
}

function lookUp(unit: number): number {
  return unit === euroUnit ? euroCode : (codeOfUnit[unit] ?? notInAlphabet);
}

/** Whether one UTF-16 unit takes two septets (`^{}\[~]|€` and the form feed). */
export function isExtensionUnit(unit: number): boolean {
  const code = lookUp(unit);
  return code !== notInAlphabet && (code & extensionFlag) !== 0;
}

/** Whether every character is in the default alphabet or its extension table. */
export function isGsm7(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    if (lookUp(text.charCodeAt(at)) === notInAlphabet) return false;
  }
  return true;
}

/** Septets that the text takes, extension characters counting two; null when it is not GSM-7. */
export function septetCount(text: string): number | null {
  let count = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = lookUp(text.charCodeAt(at));
    if (code === notInAlphabet) return null;
    if ((code & extensionFlag) !== 0) count++;
  }
  return count;
}

/** The text as septets, one in each element; null when it is not GSM-7. */
export function toSeptets(text: string): Uint8Array | null {
  const count = septetCount(text);
  if (count === null) return null;
  const septets = new Uint8Array(count);
  let filled = 0;
  for (let at = 0; at < text.length; at++) {
    const code = lookUp(text.charCodeAt(at));
    if ((code & extensionFlag) !== 0) septets[filled++] = escapeCode;
    septets[filled++] = code & 0x7f;
  }
  return septets;
}

/**
 * The text of septets. After an escape, a code that the extension table does not hold shows the default table's
 * character; a second escape, or one at the very end, shows a space (3GPP TS 23.038 §6.2.1.1, notes 1 and 3).
 */
export function fromSeptets(septets: Uint8Array): string {
  let text = '';
  let escaped = false;
  for (const octet of septets) {
    const code = octet & 0x7f;
    if (escaped) {
      text += code === escapeCode ? ' ' : (extensionTable.get(code) ?? defaultTable.charAt(code));
      escaped = false;
    } else if (code === escapeCode) {
      escaped = true;
    } else {
      text += defaultTable.charAt(code);
    }
  }
  return escaped ? `${text} ` : text;
}

/** Packs septets into octets, lowest bits first, after `fillBits` (0–6) zero bits that follow a user data header. */
export function packSeptets(septets: Uint8Array, fillBits = 0): Uint8Array {
  const octets = new Uint8Array(Math.ceil((fillBits + septets.length * 7) / 8));
  let bit = fillBits;
  for (const septet of septets) {
    const wide = (septet & 0x7f) << (bit & 7);
    const at = bit >> 3;
    octets[at] = (octets[at] ?? 0) | (wide & 0xff);
    if (wide > 0xff) octets[at + 1] = wide >> 8;
    bit += 7;
  }
  return octets;
}

/** Reads `count` septets that begin after `fillBits` bits; fewer when the octets do not hold so many. */
export function unpackSeptets(octets: Uint8Array, count: number, fillBits = 0): Uint8Array {
  const held = Math.max(0, Math.floor((octets.length * 8 - fillBits) / 7));
  const septets = new Uint8Array(Math.min(count, held));
  for (let index = 0, bit = fillBits; index < septets.length; index++, bit += 7) {
    const at = bit >> 3;
    const wide = (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8);
    septets[index] = (wide >> (bit & 7)) & 0x7f;
  }
  return septets;
}
