import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineParser, maxLineLength } from '../../../../server/carriers/modem/at/line-parser.ts';
import type { LineToken } from '../../../../server/carriers/modem/at/line-parser.ts';

const pdu = '07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07';
const session = [
  'AT+CMGL=4\r\r\n+CMGL: 1,1,"",30\r\n',
  `${pdu}\r\n\r\n^RSSI: 12\r\n+CMGL: 2,0,,30\r\n\r\n+CMTI: "SM",4\r\n${pdu.toLowerCase()}\r\n\r\nOK\r\n`,
  `\r\n+CMT: "x",30\r\n${pdu}\r\n\r\n+CMGR: 0,,30\r\n\r\nOK\r\n+CMGR: 0,,9\r\n\r\n+CDS: 25\r\n${pdu}\r\nFFFFFF\r\nOK\r\n`,
  'AT+CMGS=30\r\r\n> ',
  `${pdu}\u001A\r\n+CMGS: 5\r\n\r\nOK\r\n> \r\n+CMS ERROR: 500\r\n\u0000\u00FFgarbage\u0007\r\n>`,
].join('');

function parse(chunks: readonly Uint8Array[]): LineToken[] {
  const parser = new LineParser();
  parser.armPrompt(true);
  return chunks.flatMap((chunk) => parser.push(chunk));
}

function bytesOf(text: string): Uint8Array {
  return Buffer.from(text, 'latin1');
}

function lines(text: string): LineToken[] {
  return parse([bytesOf(text)]);
}

describe('cutting bytes into lines', () => {
  it('gives the same tokens wherever the chunks are cut', () => {
    const whole = lines(session);
    expect(whole.filter((token) => token.type === 'pdu')).toHaveLength(5);
    expect(whole.filter((token) => token.type === 'prompt')).toHaveLength(1);
    const bytes = bytesOf(session);
    expect(parse([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(whole);
    for (let at = 1; at < bytes.length; at += 1) {
      expect(parse([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(whole);
    }
  });

  it('survives any bytes, cut anywhere', () => {
    const anyBytes = fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 30 });
    fc.assert(
      fc.property(anyBytes, (chunks) => {
        const joined = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        expect(parse(chunks)).toEqual(parse([joined]));
      }),
      { seed: 20260115, numRuns: 300 },
    );
  });

  it('finds the next answer behind any garbage that ends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        const tokens = parse([garbage, bytesOf('\r\nOK\r\n')]);
        expect(tokens.at(-1)).toEqual({ type: 'line', text: 'OK' });
      }),
      { seed: 20260115, numRuns: 300 },
    );
  });

  it('drops a line without end and goes on behind it', () => {
    const parser = new LineParser();
    for (let sent = 0; sent < maxLineLength * 2; sent += 1024)
      expect(parser.push(new Uint8Array(1024).fill(65))).toEqual([]);
    expect(parser.push(bytesOf('\r\nOK\r\n'))).toEqual([{ type: 'line', text: 'OK' }]);
  });

  it('takes a damaged PDU by its position', () => {
    expect(lines('+CMGR: 0,,30\r\n07911326ZZ00\r\nOK\r\n').map((token) => token.type)).toEqual(['line', 'pdu', 'line']);
  });

  it('does not take a serial number for the PDU of an indication', () => {
    const tokens = lines('+CMT: ,24\r\n867000000000001\r\nOK\r\n');
    expect(tokens.map((token) => token.type)).toEqual(['line', 'line', 'line']);
  });

  it('sees a prompt only when one is awaited', () => {
    const parser = new LineParser();
    expect(parser.push(bytesOf('\r\n> '))).toEqual([]);
    parser.armPrompt(true);
    expect(parser.push(bytesOf('\r\n> '))).toEqual([{ type: 'prompt' }]);
    expect(parser.push(bytesOf('\r\n> \r\n'))).toEqual([]);
  });
});
