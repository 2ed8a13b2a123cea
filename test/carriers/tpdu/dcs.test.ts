import { describe, expect, it } from 'vitest';
import { decodeDcs, encodeDcs } from '../../../server/carriers/tpdu/dcs.ts';

describe('data coding scheme', () => {
  it.each([
    [0x00, 'gsm7', null],
    [0x04, 'binary', null],
    [0x08, 'ucs2', null],
    [0x0c, 'gsm7', null],
    [0x10, 'gsm7', 0],
    [0x18, 'ucs2', 0],
    [0x15, 'binary', 1],
    [0x20, 'binary', null],
    [0x48, 'ucs2', null],
    [0x58, 'ucs2', 0],
    [0x80, 'gsm7', null],
    [0xb8, 'gsm7', null],
    [0xf0, 'gsm7', 0],
    [0xf5, 'binary', 1],
    [0xf6, 'binary', 2],
  ])('0x%s', (dcs, alphabet, messageClass) => {
    expect(decodeDcs(dcs)).toEqual({ alphabet, messageClass, waiting: null, discard: false });
  });

  it('tells message-waiting indications', () => {
    expect(decodeDcs(0xc8)).toMatchObject({
      alphabet: 'gsm7',
      waiting: { kind: 'voice', active: true },
      discard: true,
    });
    expect(decodeDcs(0xd1)).toMatchObject({
      alphabet: 'gsm7',
      waiting: { kind: 'fax', active: false },
      discard: false,
    });
    expect(decodeDcs(0xea)).toMatchObject({
      alphabet: 'ucs2',
      waiting: { kind: 'email', active: true },
      discard: false,
    });
  });

  it('means something for every octet', () => {
    for (let dcs = 0; dcs < 256; dcs++) expect(['gsm7', 'ucs2', 'binary']).toContain(decodeDcs(dcs).alphabet);
    expect(decodeDcs(encodeDcs('ucs2')).alphabet).toBe('ucs2');
    expect(decodeDcs(encodeDcs('gsm7')).alphabet).toBe('gsm7');
  });
});
