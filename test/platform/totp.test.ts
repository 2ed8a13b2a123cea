import { expect, test } from 'vitest';
import { base32, findTotpStep, otpauthUri, totpCode, totpStep } from '../../server/platform/totp.ts';

const secret = Buffer.from('12345678901234567890');

test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('the code of second %i is the one of RFC 6238, appendix B', (seconds, code) => {
  expect(totpCode(secret, totpStep(seconds * 1000))).toBe(code);
});

test('a code is taken half a minute early and late, and no more', () => {
  const at = 1_800_000_000_000;
  const step = totpStep(at);
  for (const away of [-1, 0, 1]) expect(findTotpStep(secret, totpCode(secret, step + away), at)).toBe(step + away);
  for (const away of [-2, 2]) expect(findTotpStep(secret, totpCode(secret, step + away), at)).toBeNull();
  const code = totpCode(secret, step);
  expect(findTotpStep(secret, `${code.slice(0, 3)} ${code.slice(3)}`, at)).toBe(step);
  for (const strange of ['', '12345', `${code}0`, 'abcdef']) expect(findTotpStep(secret, strange, at)).toBeNull();
});

test.each([
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
  ['12345678901234567890', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'],
])('base 32 of %j is %s (RFC 4648 §10)', (text, written) => {
  expect(base32(Buffer.from(text))).toBe(written);
});

test('what an app reads names box, user and secret', () => {
  const uri = new URL(otpauthUri({ issuer: 'SEPSMS Box', user: 'ann@shop', secret: 'MZXW6' }));
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    'otpauth:',
    'totp',
    '/SEPSMS Box:ann@shop',
  ]);
  expect(Object.fromEntries(uri.searchParams)).toEqual({
    secret: 'MZXW6',
    issuer: 'SEPSMS Box',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
