/** Where a webhook may go: reading URLs and addresses, and sorting addresses by who lives there (api-v2 §6). */

export type AddressKind =
  | 'public'
  | 'private'
  | 'loopback'
  | 'link-local'
  | 'metadata'
  | 'unspecified'
  | 'multicast'
  | 'reserved';

/** Kinds that no administrator can allow: nothing of a customer's ever lives there. */
const neverAllowed: ReadonlySet<AddressKind> = new Set([
  'link-local',
  'metadata',
  'unspecified',
  'multicast',
  'reserved',
]);

/** Whether an address of this kind may be posted to, given whether an administrator listed the URL's host. */
export function mayPostTo(kind: AddressKind, hostListed: boolean): boolean {
  if (neverAllowed.has(kind)) return false;
  return kind === 'public' || hostListed;
}

export type WebhookUrl =
  | { readonly ok: true; readonly url: URL; readonly host: string; readonly port: number }
  | { readonly ok: false; readonly problem: string };

/**
 * Parses a webhook URL. The URL standard already turns octal, hexadecimal, decimal and shortened IPv4 forms into
 * dotted decimal; this adds that nothing but http and https, no user name and no empty host pass.
 * `host` is lower-case, without brackets, trailing dot or zone, fit for an allow-list; `port` is the effective one.
 */
export function parseWebhookUrl(text: string): WebhookUrl {
  if (!URL.canParse(text))
    return { ok: false, problem: 'This is not a URL. Give one such as https://example.com/hook.' };
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, problem: 'Only https:// URLs can be used (http:// for hosts that an administrator allowed).' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, problem: 'Take the user name and password out of the URL; posts are signed instead.' };
  }
  const host = canonicalHost(url.hostname);
  if (host === '' || host.includes('..')) return { ok: false, problem: 'The URL names no host.' };
  url.hash = '';
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (port === 0) return { ok: false, problem: 'Port 0 cannot be reached. Give the port that your server listens on.' };
  return { ok: true, url, host, port };
}

/** A host name or address in the one form used for comparing: lower-case, no brackets, no trailing dots. */
export function canonicalHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.+$/, '');
}

/** The bytes of an IPv4 (4) or IPv6 (16) address, or null. Only dotted decimal IPv4; a zone (`%eth0`) is left out. */
export function parseAddress(text: string): readonly number[] | null {
  const bare = text.replace(/%.*$/, '');
  return bare.includes(':') ? parseIpv6(bare) : parseIpv4(bare);
}

function parseIpv4(text: string): readonly number[] | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  const bytes = parts.map((part) => (/^(0|[1-9]\d{0,2})$/.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte < 256) ? bytes : null;
}

function parseIpv6(text: string): readonly number[] | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '', halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '', true) : [];
  if (head === null || tail === null) return null;
  const missing = 16 - head.length - tail.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return null;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail];
}

/** Bytes of the groups on one side of `::`; the last group of the address may be a dotted IPv4 address. */
function groupsOf(text: string, endsAddress: boolean): number[] | null {
  if (text === '') return [];
  const bytes: number[] = [];
  const groups = text.split(':');
  for (const [index, group] of groups.entries()) {
    if (group.includes('.')) {
      const last = endsAddress && index === groups.length - 1 ? parseIpv4(group) : null;
      if (last === null) return null;
      bytes.push(...last);
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return null;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    }
  }
  return bytes;
}

type Range = readonly [kind: AddressKind, prefix: readonly number[], bits: number];

/** First match wins. RFC 6890 and its registry; 168.63.129.16 and 100.100.100.200 are clouds' own services. */
const ipv4Ranges: readonly Range[] = [
  ['metadata', [169, 254, 169, 254], 32],
  ['metadata', [168, 63, 129, 16], 32],
  ['metadata', [100, 100, 100, 200], 32],
  ['link-local', [169, 254], 16],
  ['unspecified', [0], 8],
  ['loopback', [127], 8],
  ['private', [10], 8],
  ['private', [172, 16], 12],
  ['private', [192, 168], 16],
  ['private', [100, 64], 10],
  ['private', [198, 18], 15],
  ['reserved', [192, 0, 0], 24],
  ['reserved', [192, 0, 2], 24],
  ['reserved', [198, 51, 100], 24],
  ['reserved', [203, 0, 113], 24],
  ['multicast', [224], 4],
  ['reserved', [240], 4],
];

const ipv6Ranges: readonly Range[] = [
  ['metadata', [0xfd, 0x00, 0x0e, 0xc2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54], 128],
  ['metadata', [0xfd, 0x20, 0x00, 0xce, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x02, 0x54], 128],
  ['link-local', [0xfe, 0x80], 10],
  ['private', [0xfe, 0xc0], 10],
  ['private', [0xfc], 7],
  ['multicast', [0xff], 8],
  ['reserved', [0x20, 0x01, 0x0d, 0xb8], 32],
  ['reserved', [0x01, 0x00, 0, 0, 0, 0, 0, 0], 64],
  // Local NAT64, RFC 8215: only the translator knows where in it the IPv4 address stands (RFC 6052 §2.2).
  ['reserved', [0x00, 0x64, 0xff, 0x9b, 0x00, 0x01], 48],
  ['public', [0x20], 3],
];

type Carrier = readonly [prefix: readonly number[], bits: number, at: number, inverted: boolean];

/** IPv6 prefixes under which an IPv4 host itself is reached, and where in them its address stands. */
const disguises: readonly Carrier[] = [
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff], 96, 12, false], // IPv4-mapped
  [[0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0], 96, 12, false], // IPv4-translated
  [[0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], 96, 12, false], // NAT64, RFC 6052
];

/** All IPv6 prefixes that carry an IPv4 address; the address inside decides. */
const carriers: readonly Carrier[] = [
  ...disguises,
  [[0x20, 0x02], 16, 2, false], // 6to4
  [[0x20, 0x01, 0, 0], 32, 12, true], // Teredo
];

/** Sorts an address as a resolver gives it; null when it is not an address at all. */
export function classifyAddress(text: string): AddressKind | null {
  const bytes = parseAddress(text);
  if (bytes === null) return null;
  return bytes.length === 4 ? kindIn(ipv4Ranges, bytes, 'public') : classifyIpv6(bytes);
}

function classifyIpv6(bytes: readonly number[]): AddressKind {
  if (bytes.every((byte) => byte === 0)) return 'unspecified';
  if (bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))) return 'loopback';
  const inner = carriedIn(carriers, bytes);
  return inner === null ? kindIn(ipv6Ranges, bytes, 'reserved') : kindIn(ipv4Ranges, inner, 'public');
}

/** The IPv4 address that an IPv6 address carries under one of the prefixes, or null. */
function carriedIn(prefixes: readonly Carrier[], bytes: readonly number[]): readonly number[] | null {
  const found = prefixes.find(([prefix, bits]) => startsWith(bytes, prefix, bits));
  if (found === undefined) return null;
  const [, , at, inverted] = found;
  return bytes.slice(at, at + 4).map((byte) => (inverted ? byte ^ 0xff : byte));
}

function kindIn(ranges: readonly Range[], bytes: readonly number[], otherwise: AddressKind): AddressKind {
  return ranges.find(([, prefix, bits]) => startsWith(bytes, prefix, bits))?.[0] ?? otherwise;
}

function startsWith(bytes: readonly number[], prefix: readonly number[], bits: number): boolean {
  for (let index = 0, left = bits; left > 0; index += 1, left -= 8) {
    const mask = left >= 8 ? 0xff : (0xff << (8 - left)) & 0xff;
    if (((bytes[index] ?? 0) & mask) !== ((prefix[index] ?? 0) & mask)) return false;
  }
  return true;
}

/** Whether two texts name the same host's address, whatever their spelling; an IPv4 address in IPv6 clothes equals the plain one. */
export function sameAddress(one: string, other: string): boolean {
  const a = undisguised(one);
  const b = undisguised(other);
  return a !== null && b !== null && a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function undisguised(text: string): readonly number[] | null {
  const bytes = parseAddress(text);
  return bytes === null || bytes.length === 4 ? bytes : (carriedIn(disguises, bytes) ?? bytes);
}
