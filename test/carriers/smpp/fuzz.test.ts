import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePdu } from '../../../server/carriers/smpp/pdu/decode.ts';
import { FrameReader } from '../../../server/carriers/smpp/pdu/frame-reader.ts';
import { readInbound } from '../../../server/carriers/smpp/receive/inbound.ts';
import { canonicalId, MessageIds } from '../../../server/carriers/smpp/receive/message-ids.ts';
import { isReceipt, readReceipt, receiptWords } from '../../../server/carriers/smpp/receive/receipt.ts';
import { receiptIdForms } from '../../../server/carriers/smpp/settings.ts';
import { decodeText, encodeText } from '../../../server/carriers/smpp/text/data-coding.ts';
import { isGsm7 } from '../../../server/domain/gsm7.ts';
import { deliverSm, pdu, receiptText, tlv } from '../../fakes/smsc-wire.ts';
import { boundRig, submission } from './rig.ts';

const fixed = { seed: 20260115, numRuns: 300 };

const octets = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));
const id = fc.oneof(
  fc.constantFrom(0x05, 0x103, 0x15, 0x06, 0x102, 0x0b, 0x8000_0000, 0x8000_0004, 0x8000_0003, 0x8000_0009, 0x04, 0x77),
  fc.nat(0xffff_ffff),
);
const small = fc.nat(12);

/** PDUs with a right length and any content. */
const anyPdu = fc
  .tuple(id, fc.oneof(fc.constant(0), fc.nat(0x600)), small, octets(80))
  .map(([command, status, sequence, body]) => pdu(command, status, sequence, body));

const aTlv = fc
  .tuple(fc.constantFrom(0x001e, 0x0427, 0x0423, 0x0424, 0x020c, 0x020e, 0x020f, 0x1400), octets(20))
  .map(([tag, value]) => tlv(tag, value));

const delivery = fc
  .record({
    source: fc.constantFrom('66811111111', '+66812345678', 'BANK', ''),
    esmClass: fc.nat(255),
    dataCoding: fc.oneof(fc.constantFrom(0, 1, 3, 4, 6, 7, 8), fc.nat(255)),
    message: fc.oneof(
      octets(140),
      fc
        .tuple(
          fc.nat().map((n) => n.toString(16)),
          fc.constantFrom('DELIVRD', 'UNDELIV', 'xx'),
        )
        .map(([n, stat]) => Buffer.from(receiptText(n, stat))),
    ),
    tlvs: fc.array(aTlv, { maxLength: 4 }),
  })
  .chain((what) => small.map((sequence) => deliverSm(sequence, what)));

/** A PDU with some octets changed, cut off or put in. */
const mutated = fc
  .tuple(fc.oneof(anyPdu, delivery), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), fc.nat(3), octets(6))
  .map(([whole, changes, shape, extra]) => {
    const copy = Buffer.from(whole);
    for (const [at, value] of changes) copy[4 + (at % Math.max(1, copy.length - 4))] = value;
    const changed =
      shape === 1 ? copy.subarray(0, Math.max(16, copy.length - extra.length)) : Buffer.concat([copy, extra]);
    const framed = Buffer.from(changed);
    framed.writeUInt32BE(framed.length, 0);
    return framed;
  });

const chunk = fc.oneof(
  { weight: 6, arbitrary: mutated },
  { weight: 3, arbitrary: delivery },
  { weight: 2, arbitrary: anyPdu },
  { weight: 1, arbitrary: octets(30) },
);

describe('whatever the other side sends', () => {
  it('nothing is thrown, the link lives or is made anew, and sending goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(chunk, { maxLength: 30 }), fc.nat(40), async (chunks, cutAt) => {
        const rig = await boundRig();
        const { carrier, clock, smsc } = rig;
        smsc.onSubmit = () => null;
        const outcomes = [1, 2, 3].map(() => carrier.submit(submission()));
        await clock.advance(0);
        for (const one of chunks) {
          const link = smsc.links.at(-1);
          link?.raw(one.subarray(0, cutAt));
          link?.raw(one.subarray(cutAt));
          await clock.advance(0);
        }
        await clock.advance(31_000);
        // Every hand-over has ended, as something that a journal can hold.
        for (const outcome of outcomes)
          expect((await outcome).kind).toMatch(/^(?:accepted|rejected|retry|uncertain)$/u);
        smsc.onSubmit = () => 'a1';
        await clock.advance(120_000);
        const outcome = carrier.submit(submission());
        await clock.advance(0);
        expect(await outcome).toEqual({ kind: 'accepted', reference: 'a1' });
        await carrier.stop();
        expect(clock.timers).toBe(0);
      }),
      { ...fixed, numRuns: 150 },
    );
  });

  it('a PDU is decoded or told to be damaged, and what is in it is read', () => {
    fc.assert(
      fc.property(fc.oneof(mutated, delivery, anyPdu), (one) => {
        const { body } = decodePdu(one);
        if (body.kind !== 'delivery') return;
        const report = isReceipt(body.delivery) ? readReceipt(body.delivery, 420) : null;
        if (report !== null) expect(report.verdict).toMatch(/^(?:delivered|trying|failed|expired)$/u);
        const part = readInbound(body.delivery, 'gsm7');
        expect(part.raw?.length).toBeLessThanOrEqual(1_024);
        if (part.concat !== null) expect(part.concat.part).toBeLessThanOrEqual(part.concat.partCount);
      }),
      { ...fixed, numRuns: 2_000 },
    );
  });

  it('a stream is cut into frames that are no longer than it', () => {
    fc.assert(
      fc.property(fc.array(octets(60), { maxLength: 20 }), (chunks) => {
        let framed = 0;
        const reader = new FrameReader((frame) => (framed += frame.length));
        for (const one of chunks) if (!reader.push(one)) break;
        expect(framed).toBeLessThanOrEqual(chunks.reduce((sum, one) => sum + one.length, 0));
      }),
      fixed,
    );
  });

  it('words of a receipt are found in any text, quickly', () => {
    const word = fc.constantFrom(
      'id:',
      'stat:',
      'text:',
      'done date:',
      'submit date',
      'err:',
      ' ',
      ':',
      'DELIVRD',
      'a',
    );
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(word, { maxLength: 400 }).map((words) => words.join('')),
    );
    fc.assert(
      fc.property(text, (written) => {
        for (const [name, value] of receiptWords(written))
          expect(written.toLowerCase()).toContain((name.split(' ')[0] ?? '') && value.toLowerCase());
      }),
      fixed,
    );
    const long = ' id:'.repeat(20_000) + ' '.repeat(60_000);
    const from = performance.now();
    receiptWords(long);
    expect(performance.now() - from).toBeLessThan(500);
  });
});

describe('what is written is read again', () => {
  it('as the same text, in whatever coding it went', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('aZ09 @£$é{}[]~^\\|€ΔΩñÄกข\n')), maxLength: 160 });
    fc.assert(
      fc.property(text, fc.constantFrom('gsm7', 'latin1'), (written, alphabet) => {
        const { dataCoding, octets: coded } = encodeText(written, isGsm7(written) ? 'gsm7' : 'ucs2', alphabet);
        expect(decodeText(coded, dataCoding, alphabet)).toBe(written);
      }),
      fixed,
    );
  });

  it('as the same message id, padded or not, in any case and either number system', () => {
    const number = fc.bigInt({ min: 256n, max: 2n ** 64n });
    fc.assert(
      fc.property(
        number,
        fc.constantFrom(...receiptIdForms),
        fc.nat(4),
        fc.boolean(),
        (value, wanted, zeros, upper) => {
          const ids = new MessageIds({ wanted, known: null, learnt: () => {} });
          const cased = (text: string) => (upper ? text.toUpperCase() : text);
          const hex = cased(value.toString(16));
          const decimal = value.toString(10);
          const answer = wanted === 'decimal-hex' ? decimal : hex;
          const receipt = { same: hex, 'hex-decimal': decimal, 'decimal-hex': hex, auto: decimal }[wanted];
          const reference = ids.answered(answer, '66812345678');
          expect(reference).toBe(canonicalId(answer));
          expect(ids.receipted('0'.repeat(zeros) + receipt, '0812345678', () => {})).toBe(reference);
        },
      ),
      fixed,
    );
  });
});
