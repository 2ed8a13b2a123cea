import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dressCode, parseUssd } from '../../../../server/carriers/modem/operate/ussd-codec.ts';
import type { UssdDress } from '../../../../server/carriers/modem/operate/ussd-codec.ts';

function hex(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
}

const thai = 'ยอดเงินคงเหลือ 100.00 บาท';

describe('the code of AT+CUSD', () => {
  it.each<[string, UssdDress, string, number]>([
    ['*121#', 'plain', '*121#', 15],
    ['*100#', 'packed', 'AA180C3602', 15],
    ['*121#', 'ucs2', hex('*121#'), 15],
    // Seven septets leave seven bits, which a carriage return fills.
    ['*100*1#', 'packed', 'AA180CA68A8D1A', 15],
    ['ใช่', 'plain', hex('ใช่'), 72],
    ['ใช่', 'packed', hex('ใช่'), 72],
  ])('%s in dress %s', (code, dress, text, dcs) => {
    expect(dressCode(code, dress)).toEqual({ text, dcs });
  });

  it('never holds what would end its quotes', () => {
    expect(dressCode('1"', 'plain')).toBeNull();
  });
});

describe('the answer +CUSD', () => {
  it.each<[string, UssdDress, string, string]>([
    ['+CUSD: 0,"Balance 100.00 THB",15', 'plain', 'done', 'Balance 100.00 THB'],
    ['+CUSD: 1,"1 Balance\n2 Number",15', 'plain', 'more', '1 Balance\n2 Number'],
    [`+CUSD: 0,"${hex(thai)}",72`, 'plain', 'done', thai],
    [`+CUSD:0,"${hex(thai).toLowerCase()}",72`, 'ucs2', 'done', thai],
    [`+CUSD: 0,"${hex('Balance 5')}",15`, 'ucs2', 'done', 'Balance 5'],
    // A modem whose alphabet another program has set to UCS-2.
    [`+CUSD: 0,"${hex('Balance 5')}",15`, 'plain', 'done', 'Balance 5'],
    // A language, two packed letters, in front of UCS-2; and a network that forgets it.
    [`+CUSD: 0,"7434${hex(thai)}",17`, 'plain', 'done', thai],
    [`+CUSD: 0,"${hex(thai)}",17`, 'plain', 'done', thai],
    // 8-bit data that is UCS-2, or UTF-8.
    [`+CUSD: 0,"${hex(thai)}",68`, 'plain', 'done', thai],
    [`+CUSD: 0,"${Buffer.from(thai).toString('hex')}",68`, 'plain', 'done', thai],
    ['+CUSD: 0,"C2303BEC1E974131180C44450A5D",15', 'packed', 'done', 'Balance 100 THB.'],
    ['+CUSD: 0,C2303BEC1E974131180C44450A5D,15', 'plain', 'done', 'Balance 100 THB.'],
    ['+CUSD: 2', 'plain', 'ended', ''],
    ['+CUSD: 0,"",15', 'plain', 'done', ''],
    ['+CUSD: 0,"He said "no", twice",15', 'plain', 'done', 'He said "no", twice'],
    ['+CUSD: 0,"0812345678",15', 'plain', 'done', '0812345678'],
    ['+CUSD: 0,"1234"', 'plain', 'done', '1234'],
    ['+CUSD: 4', 'plain', 'unsupported', ''],
    ['+CUSD: 5', 'plain', 'timeout', ''],
    [`+CUSD: 0,"${Buffer.from(thai).toString('latin1')}",15`, 'plain', 'done', thai],
    ['+CUSD: 0,"cut in the mid', 'plain', 'done', 'cut in the mid'],
    ['+CUSD: 0,"D835",72', 'plain', 'done', '�'],
  ])('%j in dress %s', (line, dress, mode, text) => {
    expect(parseUssd(line, dress)).toEqual({ mode, text });
  });

  it.each(['', '+CUSD:', '+CUSD: 9', '+CUSD: x,"y"', 'OK', '+CUSD: 12'])('%j is none', (line) => {
    expect(parseUssd(line, 'plain')).toBeNull();
  });

  it('reads back what was dressed as a code, in every dress', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('abcXYZ 0123456789.,:*#\n@äöü€')),
      minLength: 1,
      maxLength: 160,
    });
    fc.assert(
      fc.property(text, fc.constantFrom<UssdDress>('packed', 'ucs2'), (said, dress) => {
        const dressed = dressCode(said, dress);
        const read = parseUssd(`+CUSD: 0,"${dressed?.text}",${dressed?.dcs}`, dress);
        expect(read?.text).toBe(said.trim());
      }),
      { seed: 20260115, numRuns: 500 },
    );
  });

  it('is read or not, and never throws, whatever comes', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.stringMatching(/^[0-9A-Fa-f]{0,400}$/),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    );
    const line = fc
      .tuple(fc.integer({ min: -1, max: 10 }), anything, fc.option(fc.integer({ min: 0, max: 999 })))
      .map(([mode, text, dcs]) => `+CUSD: ${mode},"${text}"${dcs === null ? '' : `,${dcs}`}`);
    fc.assert(
      fc.property(fc.oneof(line, anything), fc.constantFrom<UssdDress>('plain', 'ucs2', 'packed'), (said, dress) => {
        const read = parseUssd(said, dress);
        expect(read === null || read.text.length <= 1_000).toBe(true);
      }),
      { seed: 20260115, numRuns: 2_000 },
    );
  });

  it('takes a line of any length in no time', () => {
    const begin = performance.now();
    for (const piece of ['"', ' ', ',', '0', '" ', 'A']) parseUssd(`+CUSD: 0,"${piece.repeat(200_000)}`, 'plain');
    expect(performance.now() - begin).toBeLessThan(1_000);
  });
});
