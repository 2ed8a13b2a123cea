import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { findLinks, isListed, parseLinkHost, shortenerHosts } from '../../server/domain/links.ts';

const seed = 20260115;
const hosts = (text: string) => findLinks(text).map((link) => link.host);

describe('links in a text', () => {
  test.each([
    ['See https://example.com/a?b=c#d now', ['example.com']],
    ['HTTPS://EXAMPLE.COM/A', ['example.com']],
    ['Http://Example.Com', ['example.com']],
    ['See www.example.test', ['www.example.test']],
    ['bit.ly/x1', ['bit.ly']],
    ['BIT.LY/X1', ['bit.ly']],
    ['Go to shop.co.th now', ['shop.co.th']],
    ['example.co.th', ['example.co.th']],
    ['x.com t.co', ['x.com', 't.co']],
    ['http://10.0.0.1:8080/x', ['10.0.0.1']],
    ['10.0.0.1/x and 10.0.0.2:80', ['10.0.0.1', '10.0.0.2']],
    ['http://3232235777/', ['192.168.1.1']],
    ['http://[2001:db8::1]/x', ['[2001:db8::1]']],
    ['http://intranet/x', ['intranet']],
    ['ftp://files.example/x line://app.open', ['files.example', 'app.open']],
    ['my_shop.example.com', ['my_shop.example.com']],
    ['example.com:8080/a', ['example.com']],
    ['example.com?q=a.co', ['example.com']],
    ['https://example.com/go?to=bit.ly/x', ['example.com']],
    ['a example.com b example.com c EXAMPLE.com', ['example.com']],
  ])('%s', (text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  test.each([
    ['คลิกhttps://bit.ly/abcสมัครเลย', ['bit.ly']],
    ['คลิกbit.ly/abcเลย', ['bit.ly']],
    ['ที่example.co.thวันนี้', ['example.co.th']],
    ['ดูที่https://example.comสมัครที่bit.lyได้เลย', ['example.com', 'bit.ly']],
    ['ราคา10.50บาทที่shop.th', ['shop.th']],
    ['สมัคร example.com.ขอบคุณครับ', ['example.com']],
    ['ไปที่ example.com\u200bเลย', ['example.com']],
    ['「example.com」', ['example.com']],
  ])('beside letters of another script: %s', (text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  test.each([
    ['เข้าเว็บ ร้านค้า.ไทย เลย', 'ร้านค้า.ไทย'],
    ['https://ร้านค้า.com/x', 'ร้านค้า.com'],
    ['www.ร้านค้า.com', 'www.ร้านค้า.com'],
    ['münchen.de', 'münchen.de'],
    ['xn--mnchen-3ya.de/x', 'xn--mnchen-3ya.de'],
  ])('with names in other letters: %s', (text, shown) => {
    const { hostname } = new URL(`http://${shown}`);
    expect(hostname).toMatch(/^[a-z0-9.-]+$/u);
    expect(findLinks(text)).toEqual([{ host: hostname, shown }]);
  });

  test.each([
    ['Go to example.com.', 'example.com'],
    ['Go to example.com, now', 'example.com'],
    ['(example.com)', 'example.com'],
    ['"https://example.com"', 'example.com'],
    ['<https://example.com>', 'example.com'],
    ['example.com…', 'example.com'],
    ['example.com!', 'example.com'],
    ['- example.com -', 'example.com'],
    ['-example.com-', 'example.com'],
    ['https://example.com.', 'example.com'],
    ['https://example.com...', 'example.com'],
    ['Visit example.com.Thank you', 'example.com'],
  ])('with punctuation round it: %s', (text, host) => {
    expect(hosts(text)).toEqual([host]);
  });

  test.each([
    'ราคา 10.50 บาท',
    '10.50',
    'v2.0 and 1.2.3 and 1.2.3.4',
    '12.30น.',
    'Done. Thanks',
    'Done.Thanks',
    'At 10.30 pay 1.500/month',
    'Mr.Lek/Mrs.Noi at 5',
    'ABC Co.,Ltd. and ABC Co.Ltd',
    'e.g. this, i.e. that, 8 a.m.',
    'Write to info@example.com',
    'first.me@mail.example.com or ขาย@ที่ร้าน',
    'ติดต่อinfo@example.comได้',
    'ก.ค. 2569 จ.ชลบุรี อ.เมือง',
    'Node.js notes.txt',
    '...',
    'a..b',
    '://',
    '',
  ])('there are none in: %s', (text) => {
    expect(hosts(text)).toEqual([]);
  });

  test.each([
    ['https://good.com@evil.com/x', ['evil.com']],
    ['https://user:pass.me@evil.com/x', ['evil.com']],
    ['https://a@b@evil.com', ['evil.com']],
    ['https://!x@evil.com', ['evil.com']],
    ['@bit.ly/x', ['bit.ly']],
    ['สนใจ@bit.ly/x', ['bit.ly']],
    ['https:\\\\bit.ly\\x', ['bit.ly']],
    ['//bit.ly/x', ['bit.ly']],
    ['example.com.evil.zz', ['example.com.evil.zz']],
    ['https://example.com.evil.zz', ['example.com.evil.zz']],
    ['example.com,bit.ly', ['example.com', 'bit.ly']],
    ['example.com bit.ly', ['example.com', 'bit.ly']],
    ['example.com/a\nbit.ly', ['example.com', 'bit.ly']],
  ])('are not hidden by tricks: %s', (text, expected) => {
    expect(hosts(text)).toEqual(expected);
  });

  const thai = fc.constantFrom('ดูที่', 'คลิก', 'ราคา๑๐', 'วันนี้', 'สมัครเลย ', '', ' ', '\n', '「', '👍');
  const before = fc.oneof(thai, fc.constantFrom('Go: ', 'see,', '("', '10.50 '));
  const after = fc.oneof(thai, fc.constantFrom(' now', '. ', ', ok', ')', '!'));
  const name = fc.stringMatching(/^[a-z][a-z0-9]{0,12}$/u);
  const ending = fc.constantFrom('com', 'co.th', 'th', 'ly', 'ไทย', 'org');
  const inAnyCase = fc.constantFrom(
    (text: string) => text.toUpperCase(),
    (text: string) => text,
  );

  it('finds a host whatever stands before and after it', () => {
    fc.assert(
      fc.property(before, name, ending, after, inAnyCase, fc.boolean(), (start, first, end, rest, turned, scheme) => {
        // A name that ends in Thai letters goes on in those that follow.
        fc.pre(end !== 'ไทย' || !/^\p{Script=Thai}/u.test(rest));
        const shown = `${first}.${end}`;
        const text = `${start}${turned(`${scheme ? 'https://' : ''}${shown}`)}${rest}`;
        expect(hosts(text)).toEqual([new URL(`http://${shown}`).hostname]);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('finds none in numbers, times and prices', () => {
    const number = fc.tuple(fc.nat(9_999), fc.nat(99)).map(([whole, part]) => `${whole}.${part}`);
    const unit = fc.constantFrom('บาท', 'น.', ' THB', '%', 'kg', '', '/mo');
    fc.assert(
      fc.property(fc.array(fc.tuple(before, number, unit), { maxLength: 8 }), (pieces) => {
        expect(hosts(pieces.flat().join(''))).toEqual([]);
      }),
      { seed, numRuns: 300 },
    );
  });

  it('takes any text, and not long for a long one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(Array.isArray(findLinks(text))).toBe(true);
      }),
      { seed, numRuns: 300 },
    );
    const nasty = ['a', 'ก', 'a.', 'ก.', 'a@', '://', 'a://', 'a.a@', 'https://a@', '-', '.', '://['];
    for (const piece of nasty) {
      const text = `${piece.repeat(Math.ceil(20_000 / piece.length))}.com`;
      const begun = performance.now();
      findLinks(text);
      expect([piece, performance.now() - begun < 500]).toEqual([piece, true]);
    }
  });
});

describe('lists of hosts', () => {
  test.each([
    ['example.com', 'example.com'],
    ['.example.com', '.example.com'],
    ['*.Example.COM', '.example.com'],
    [' https://www.example.co.th/path?x=1 ', 'www.example.co.th'],
    ['example.com:8080', 'example.com'],
    ['ร้านค้า.ไทย', new URL('http://ร้านค้า.ไทย').hostname],
    ['10.0.0.1', '10.0.0.1'],
  ])('%s is written down as %s', (written, host) => {
    expect(parseLinkHost(written)).toBe(host);
  });

  test.each([
    '',
    '.',
    'com',
    '.com',
    'localhost',
    'a b.com',
    'https://',
    'exa mple.com',
    '3232235777',
    `${'a'.repeat(64)}.com`,
  ])('%j is no host', (written) => {
    expect(parseLinkHost(written)).toBeNull();
  });

  test('a host stands for itself, with a dot for all below it', () => {
    const list = new Set(['example.com', '.shop.co.th']);
    const listed = ['example.com', 'shop.co.th', 'a.shop.co.th', 'a.b.shop.co.th'];
    const others = ['www.example.com', 'xshop.co.th', 'co.th', 'example.com.evil.zz', 'myexample.com'];
    expect(listed.filter((host) => !isListed(host, list))).toEqual([]);
    expect(others.filter((host) => isListed(host, list))).toEqual([]);
  });

  test('shorteners are known, and more can be named', () => {
    const list = shortenerHosts(['go.example', 'not a host']);
    for (const host of ['bit.ly', 'www.bit.ly', 'tinyurl.com', 'go.example', 'x.go.example'])
      expect([host, isListed(host, list)]).toEqual([host, true]);
    expect(isListed('example.com', list)).toBe(false);
  });
});
