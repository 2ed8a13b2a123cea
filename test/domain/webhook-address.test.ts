import * as fc from 'fast-check';
import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import {
  classifyAddress,
  mayPostTo,
  parseAddress,
  parseWebhookUrl,
  sameAddress,
} from '../../server/domain/webhook-address.ts';

const fixed = { seed: 20260115, numRuns: 500 };
const byte = fc.integer({ min: 0, max: 255 });
const bytes4 = fc.tuple(byte, byte, byte, byte);
const dotted = (bytes: readonly number[]): string => bytes.join('.');
const hex4 = (bytes: readonly number[]): string => Buffer.from(bytes).toString('hex');
const group = (bytes: readonly number[], at: number): string => hex4(bytes.slice(at, at + 2));

const octal = (value: number): string => `0${value.toString(8)}`;
const hex = (value: number): string => `0x${value.toString(16)}`;
const percent = (value: number): string => String(value).replaceAll(/\d/g, (digit) => `%3${digit}`);

/** Every way in which a URL may spell an IPv4 address. */
function spellings([a, b, c, d]: readonly [number, number, number, number]): readonly string[] {
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  return [
    `${a}.${b}.${c}.${d}`,
    `${a}.${b}.${c}.${d}.`,
    String(whole),
    hex(whole),
    octal(whole),
    [a, b, c, d].map(octal).join('.'),
    [a, b, c, d].map(hex).join('.'),
    `${a}.${b}.${c * 256 + d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${hex(a)}.${octal(b)}.${c}.${d}`,
    [a, b, c, d].map(percent).join('.'),
  ];
}

describe('addresses', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.1.2', 'loopback'],
    ['::1', 'loopback'],
    ['0.0.0.0', 'unspecified'],
    ['0.1.2.3', 'unspecified'],
    ['::', 'unspecified'],
    ['169.254.169.254', 'metadata'],
    ['fd00:ec2::254', 'metadata'],
    ['100.100.100.200', 'metadata'],
    ['169.254.1.1', 'link-local'],
    ['fe80::1', 'link-local'],
    ['fe80::1%eth0', 'link-local'],
    ['febf::1', 'link-local'],
    ['10.0.0.1', 'private'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.7.7', 'private'],
    ['100.64.0.1', 'private'],
    ['100.128.0.1', 'public'],
    ['fd12::1', 'private'],
    ['fec0::1', 'private'],
    ['224.0.0.1', 'multicast'],
    ['239.255.255.255', 'multicast'],
    ['ff02::1', 'multicast'],
    ['255.255.255.255', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['203.0.113.9', 'reserved'],
    ['2001:db8::1', 'reserved'],
    ['100::1', 'reserved'],
    ['8.8.8.8', 'public'],
    ['2606:4700::1111', 'public'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['::ffff:0:127.0.0.1', 'loopback'],
    ['::127.0.0.1', 'reserved'],
    ['::8.8.8.8', 'reserved'],
    ['64:ff9b::169.254.169.254', 'metadata'],
    ['2002:7f00:1::', 'loopback'],
    ['2001::5601:5601', 'metadata'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['64:ff9b:1::8.8.8.8', 'reserved'],
    ['64:ff9b:1:a9fe:a9:fe00::', 'reserved'],
    ['fd20:ce::254', 'metadata'],
    ['fd00::1', 'private'],
  ])('%s is %s', (address, kind) => {
    expect(classifyAddress(address)).toBe(kind);
  });

  it('reads exactly what Node reads as an address', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      'ff',
      'FFFF',
      '12345',
      ':',
      '::',
      '.',
      '127.0.0.1',
      '256',
      '01',
      'g',
      'abcd',
    );
    const anything = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.ipV4(),
      fc.ipV6(),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(parseAddress(text)?.length ?? 0).toBe({ 0: 0, 4: 4, 6: 16 }[isIP(text)]);
      }),
      { ...fixed, numRuns: 3000 },
    );
  });

  it('sorts an IPv6 address that carries an IPv4 address by the one inside', () => {
    fc.assert(
      fc.property(bytes4, (inner) => {
        const kind = classifyAddress(dotted(inner));
        const inverted = inner.map((value) => value ^ 0xff);
        for (const carrier of [
          `::ffff:${dotted(inner)}`,
          `0:0:0:0:0:ffff:${group(inner, 0)}:${group(inner, 2)}`,
          `::ffff:0:${dotted(inner)}`,
          `64:ff9b::${dotted(inner)}`,
          `2002:${group(inner, 0)}:${group(inner, 2)}::1`,
          `2001:0:1:2:3:4:${group(inverted, 0)}:${group(inverted, 2)}`,
        ]) {
          expect([carrier, classifyAddress(carrier)]).toEqual([carrier, kind]);
        }
      }),
      fixed,
    );
  });

  it('never lets a host be posted to for being listed when nothing of a customer lives there', () => {
    const never = ['link-local', 'metadata', 'unspecified', 'multicast', 'reserved'] as const;
    expect(never.filter((kind) => mayPostTo(kind, true) || mayPostTo(kind, false))).toEqual([]);
    expect((['private', 'loopback'] as const).map((kind) => [mayPostTo(kind, false), mayPostTo(kind, true)])).toEqual([
      [false, true],
      [false, true],
    ]);
    expect(mayPostTo('public', false)).toBe(true);
  });

  it('knows one address in two spellings', () => {
    expect(sameAddress('::ffff:192.168.1.2', '192.168.1.2')).toBe(true);
    expect(sameAddress('64:ff9b::192.168.1.2', '192.168.1.2')).toBe(true);
    expect(sameAddress('2002:c0a8:102::1', '192.168.1.2')).toBe(false);
    expect(sameAddress('2001:0:0::1', '2001::1')).toBe(true);
    expect(sameAddress('192.168.1.2', '192.168.1.3')).toBe(false);
    expect(sameAddress('::1', '127.0.0.1')).toBe(false);
    expect(sameAddress('x', 'x')).toBe(false);
  });
});

describe('webhook URLs', () => {
  it('sees the same address behind every spelling of it', () => {
    fc.assert(
      fc.property(bytes4, (address) => {
        for (const spelling of spellings(address)) {
          const parsed = parseWebhookUrl(`https://${spelling}/hook`);
          expect([spelling, parsed.ok && parsed.host]).toEqual([spelling, dotted(address)]);
        }
      }),
      fixed,
    );
  });

  it.each([
    ['https://EXAMPLE.com./a', 'example.com', 443],
    ['http://example.com:8080', 'example.com', 8080],
    ['https://[::FFFF:7f00:1]:444/', '::ffff:7f00:1', 444],
    ['https://１２７.0.0.1/', '127.0.0.1', 443],
    ['https://例え.jp/', 'xn--r8jz45g.jp', 443],
  ])('reads %s', (text, host, port) => {
    expect(parseWebhookUrl(text)).toMatchObject({ ok: true, host, port });
  });

  it.each([
    'file:///etc/passwd',
    'gopher://example.com',
    'javascript:alert(1)',
    'https://user@example.com',
    'https://:secret@example.com',
    'https://',
    'https://./',
    'https://a..b/',
    'https://example.com:0/',
    'https://example.com:99999/',
    'https://[::1%25eth0]/',
    '',
  ])('refuses %s', (text) => {
    expect(parseWebhookUrl(text).ok).toBe(false);
  });

  it('drops a fragment', () => {
    const parsed = parseWebhookUrl('https://example.com/a?b#c');
    expect(parsed.ok && parsed.url.href).toBe('https://example.com/a?b');
  });
});
