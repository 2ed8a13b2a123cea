import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAppError } from '../../../server/domain/errors.ts';
import { decodeFromNetwork } from '../../../server/carriers/tpdu/network-pdu.ts';
import { decodeSubmit, encodeDeliver, encodeStatusReport } from '../../../server/carriers/tpdu/network-side.ts';
import { encodeSubmit } from '../../../server/carriers/tpdu/submit.ts';

const seed = 20260115;
const sentAt = Date.UTC(2026, 0, 15, 10, 35, 0);

const whole = [
  encodeDeliver({ from: '66812345678', text: 'hello hello', sentAt, smsc: '66891009120' }),
  encodeDeliver({ from: 'MyShop', text: 'สวัสดี', sentAt, concat: { reference: 1, part: 1, partCount: 2 } }),
  encodeStatusReport({ reference: 9, recipient: '66812345678', sentAt, doneAt: sentAt, status: 0x46 }),
];

/** 'read', the code of an AppError, or 'another error'. */
function outcome(decode: (hex: string) => unknown, hex: string): string {
  try {
    decode(hex);
    return 'read';
  } catch (error) {
    return isAppError(error) ? error.code : 'another error';
  }
}

describe('damaged PDUs', () => {
  it.each([
    '',
    '0',
    '00',
    'hello',
    'FF'.repeat(176),
    '07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EC3',
    '07917283010010F5040BC87238880900F100009930925161 95800AE8329BFD4697D9EC37',
    '07917283010010F5040BC87238880900F10000993092516195800AE8329BFD4697D9EX37',
    // Header longer than the user data.
    '00440B916618325476F8000862105171530082020E01',
    // Sender longer than any.
    '0004FF91',
  ])('%j is refused', (hex) => {
    expect(outcome(decodeFromNetwork, hex)).toBe('validation.failed');
  });

  it('are refused wherever they are cut', () => {
    for (const hex of whole) {
      for (let length = 0; length < hex.length; length++) {
        expect(outcome(decodeFromNetwork, hex.slice(0, length))).toBe('validation.failed');
      }
      expect(outcome(decodeFromNetwork, hex)).toBe('read');
    }
  });

  it('are read or refused, and nothing else, with any octet changed', () => {
    const faults: string[] = [];
    for (const hex of whole) {
      for (let at = 0; at < hex.length; at += 2) {
        for (let octet = 0; octet < 256; octet++) {
          const changed = hex.slice(0, at) + octet.toString(16).padStart(2, '0') + hex.slice(at + 2);
          if (outcome(decodeFromNetwork, changed) === 'another error') faults.push(changed);
        }
      }
    }
    expect(faults).toEqual([]);
  });

  it('are read or refused, and nothing else, whatever comes', () => {
    const octets = fc
      .uint8Array({ maxLength: 200 })
      .map((list) => Array.from(list, (o) => o.toString(16).padStart(2, '0')).join(''));
    const likely = octets.map((hex) => `00${hex}`);
    fc.assert(
      fc.property(
        fc.oneof(octets, likely, fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9A-Fa-f]*$/)),
        (hex) => {
          for (const decode of [decodeFromNetwork, decodeSubmit]) {
            expect(['read', 'validation.failed']).toContain(outcome(decode, hex));
          }
        },
      ),
      { seed, numRuns: 2000 },
    );
  });

  it('are refused as submits too, wherever they are cut', () => {
    const { hex } = encodeSubmit({
      destination: '66812345678',
      text: 'hello',
      encoding: 'gsm7',
      part: 1,
      partCount: 2,
      concatReference: 3,
      validityMs: 3_600_000,
      requestReport: true,
    });
    for (let length = 0; length < hex.length; length++) {
      expect(outcome(decodeSubmit, hex.slice(0, length))).toBe('validation.failed');
    }
  });
});
