import { describe, expect, it } from 'vitest';
import { describeTpStatus } from '../../../server/carriers/tpdu/tp-status.ts';

describe('TP-Status', () => {
  it.each([
    [0x00, 'delivered'],
    [0x01, 'delivered'],
    [0x02, 'delivered'],
    [0x1f, 'delivered'],
    [0x20, 'trying'],
    [0x25, 'trying'],
    [0x3f, 'trying'],
    [0x40, 'failed'],
    [0x46, 'expired'],
    [0x49, 'failed'],
    [0x5f, 'failed'],
    [0x60, 'failed'],
    [0x7f, 'failed'],
    [0x80, 'failed'],
    [0xff, 'failed'],
  ])('%d is %s', (status, verdict) => {
    expect(describeTpStatus(status).verdict).toBe(verdict);
  });

  it('is described for a person, with its number where the standard has no words', () => {
    expect(describeTpStatus(0x46).description).toBe('Not delivered within the validity period');
    expect(describeTpStatus(0x5a).description).toContain('0x5A');
    expect(describeTpStatus(0x31).description).toContain('0x31');
    expect(describeTpStatus(0x12).description).toContain('0x12');
    for (let status = 0; status < 256; status++) expect(describeTpStatus(status).description).not.toBe('');
  });
});
