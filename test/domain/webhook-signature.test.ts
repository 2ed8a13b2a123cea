import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signatureHeader, signedText } from '../../server/domain/webhook-signature.ts';
import { hmacSha256Hex } from '../../server/platform/crypto.ts';

describe('the signature', () => {
  it('is over the time, a dot and the raw body, keyed with the whole secret', () => {
    const body = '{"text":"สวัสดี"}';
    const wanted = createHmac('sha256', 'whsec_abc').update('1768446000.{"text":"สวัสดี"}').digest('hex');
    expect(signedText(1768446000, body)).toBe(`1768446000.${body}`);
    expect(signatureHeader(1768446000, body, ['whsec_abc'], hmacSha256Hex)).toBe(`t=1768446000,v1=${wanted}`);
  });

  it('agrees with a value worked out by another tool', () => {
    // printf '1.{}' | openssl dgst -sha256 -hmac whsec_test
    expect(signatureHeader(1, '{}', ['whsec_test'], hmacSha256Hex)).toBe(
      't=1,v1=7500d5d4be4b3ef07af1fe56f7d522d135cdaa7530de557e67cc1049c52de094',
    );
  });

  it('has one part for each secret, in order', () => {
    expect(signatureHeader(5, 'x', ['new', 'old'], (secret) => `<${secret}>`)).toBe('t=5,v1=<new>,v1=<old>');
  });
});
