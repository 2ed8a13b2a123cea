import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as answers from '../../../../server/carriers/modem/at/answers.ts';
import { classifyError } from '../../../../server/carriers/modem/at/error-class.ts';
import { errorName, parseFinalResult } from '../../../../server/carriers/modem/at/final-result.ts';
import { LineParser, maxLineLength } from '../../../../server/carriers/modem/at/line-parser.ts';
import { parseStoredAt, parseUrc } from '../../../../server/carriers/modem/at/urc.ts';
import { parseOffer } from '../../../../server/carriers/modem/init/notification.ts';
import { checkAtLine } from '../../../../server/carriers/modem/operate/at-line.ts';
import { parseUssd } from '../../../../server/carriers/modem/operate/ussd-codec.ts';
import { AppError, isAppError } from '../../../../server/domain/errors.ts';

const seed = 20260115;

/** Everything that reads a line of a modem, or lines. */
const readers: Readonly<Record<string, (line: string) => unknown>> = {
  plainValue: (line) => answers.plainValue([line]),
  parseImei: (line) => answers.parseImei([line]),
  parseImsi: (line) => answers.parseImsi([line]),
  parseIccid: (line) => answers.parseIccid([line]),
  parseRawIccid: (line) => answers.parseRawIccid([line]),
  parsePinState: (line) => answers.parsePinState([line]),
  parsePinTries: (line) => answers.parsePinTries([line]),
  parseRegistration: (line) => answers.parseRegistration(line),
  parseSignal: (line) => answers.parseSignal([line]),
  parseOperator: (line) => answers.parseOperator([line]),
  parseSmsc: (line) => answers.parseSmsc([line]),
  parseGroups: (line) => answers.parseGroups([line]),
  parseUsage: (line) => answers.parseUsage([line]),
  parseListed: (line) => answers.parseListed(line),
  parseFunctionality: (line) => answers.parseFunctionality([line]),
  spreadValues: (line) => answers.spreadValues(line),
  parseOffer: (line) => parseOffer([line]),
  parseStoredAt: (line) => parseStoredAt(line),
  parseUrc: (line) => parseUrc({ type: 'line', text: line }, ['CREG', 'CPIN']),
  parseFinalResult: (line) => {
    const final = parseFinalResult(line);
    return final?.ok === false ? [errorName(final.error), classifyError(final.error)] : final;
  },
  parseUssd: (line) => parseUssd(line, 'plain'),
};

const heads = [
  '+CPIN: ',
  '+CREG: ',
  '+CSQ: ',
  '+COPS: 0,0,"',
  '+CSCA: "+66',
  '+CPMS: "SM",',
  '+CPMS: (',
  '+CMGL: ',
  '+CMTI: "SM",',
  '+CRSM: 144,0,"',
  '+CUSD: 1,"',
  '+CNMI: (0-2),',
  '^CPIN: SIM PIN,',
  '+CMS ERROR: ',
  '+CCID: 8966',
  '',
];
const pieces = [' ', '"', ',', '(', ')', '0', '9', 'A', 'F', '-', '0-999,', '(0-999)', '", "', ' ,', '+', ':', '\n'];

const line = fc
  .tuple(
    fc.constantFrom(...heads),
    fc.oneof(
      fc.string({ unit: 'binary-ascii', maxLength: 60 }),
      fc.string({ unit: fc.constantFrom(...pieces), maxLength: 40 }),
      fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
    ),
  )
  .map(([head, tail]) => `${head}${tail}`);

describe.each(Object.entries(readers))('%s', (_name, read) => {
  it('takes any line, and throws nothing', () => {
    fc.assert(
      fc.property(line, (text) => {
        read(text);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('takes the longest line in no time and makes little of it', () => {
    const slow: string[] = [];
    for (const head of heads) {
      for (const piece of pieces) {
        const text = `${head}${piece.repeat(maxLineLength / piece.length)}!`;
        const begin = performance.now();
        const made = JSON.stringify(read(text)) ?? '';
        if (performance.now() - begin > 200 || made.length > 10 * maxLineLength) slow.push(`${head}${piece}…`);
      }
    }
    expect(slow).toEqual([]);
  });
});

describe('the values that are read', () => {
  it('are in their ranges or null', () => {
    const within = (value: number | null, from: number, to: number): boolean =>
      value === null || (Number.isInteger(value) && value >= from && value <= to);
    fc.assert(
      fc.property(line, (text) => {
        expect(within(answers.parseSignal([text]), -113, -51)).toBe(true);
        expect(within(answers.parseRegistration(text), 0, 999)).toBe(true);
        expect(within(answers.parsePinTries([text]), 0, 99)).toBe(true);
        expect(within(answers.parseListed(text)?.index ?? null, 0, 99_999)).toBe(true);
        expect(answers.parseImei([text]) ?? '00000000000000').toMatch(/^\d{14,17}$/);
      }),
      { seed, numRuns: 1_000 },
    );
  });
});

describe('a flood of bytes', () => {
  it('is cut into bounded lines, of which no more is kept than one', () => {
    const parser = new LineParser();
    let tokens = 0;
    for (const piece of ['+CUSD: 1,"', 'x', '\r\n', '+CMT: ,24\r\n', '+CMGL: 1,1,,24\r\n', '"', '> ']) {
      for (let times = 0; times < 50; times += 1) {
        for (const token of parser.push(Buffer.from(piece.repeat(2_000), 'latin1'))) {
          tokens += 1;
          if (token.type !== 'prompt') expect(token.text.length).toBeLessThanOrEqual(maxLineLength + 2_100);
        }
      }
    }
    expect(tokens).toBeGreaterThan(1_000);
    expect(parser.push(Buffer.from('\r\n\r\nOK\r\n')).at(-1)).toEqual({ type: 'line', text: 'OK' });
  });
});

describe('a line of a person', () => {
  it('is taken as it is or refused with words, and nothing that is refused alone passes behind something else', () => {
    const refused = ['+CMGS=19', '+CPIN="1234"', '+CMUX=0', '+CFUN=0', 'D123;', '+CUSD=1,"*1#"', '+COPS=?'];
    const good = ['+CSQ', '+COPS?', '+CSCA="1;2"', 'I', '+CNMP=38', '+CGMI;'];
    const between = fc.constantFrom(';', ' ; ', ';;', ' ', '', ',', '"', ';"";', ';\t');
    const command = fc.array(fc.tuple(fc.constantFrom(...good), between), { maxLength: 4 });
    fc.assert(
      fc.property(command, fc.constantFrom(...refused), command, (before, bad, after) => {
        const text = (parts: typeof before): string => parts.map((part) => part.join('')).join('');
        const whole = `AT${text(before)}${bad}${text(after)}`;
        const quoted = /"[^"]*$/.test(text(before)) || (text(before).match(/"/g) ?? []).length % 2 === 1;
        // A letter behind a name or a value is part of it.
        const swallowed = bad.startsWith('D') && !/(?:^|;)\s*$/.test(text(before));
        if (quoted || swallowed) return;
        expect(() => checkAtLine(whole)).toThrow(AppError);
      }),
      { seed, numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          expect(checkAtLine(`AT${text}`).text).toMatch(/^AT[ -~]*$/);
        } catch (error) {
          expect(isAppError(error, 'validation.failed')).toBe(true);
        }
      }),
      { seed, numRuns: 2_000 },
    );
  });
});
