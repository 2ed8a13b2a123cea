import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SimulatorFaults } from '../../../server/carriers/simulator/faults.ts';
import { submit, Terminal } from './terminal.ts';

const fixed = { seed: 20260115, numRuns: 150 };

const { hex, tpduLength } = submit();
const names = [
  '+CMGS',
  '+CMGL',
  '+CMGR',
  '+CMGD',
  '+CPMS',
  '+CNMI',
  '+CPIN',
  '+CUSD',
  '+CFUN',
  '+COPS',
  '+CREG',
  '+CMEE',
];

/** Bytes that look like what a driver writes, and bytes that do not. */
const piece = fc.oneof(
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.tuple(fc.constantFrom(...names), fc.string({ maxLength: 20 })).map(([name, rest]) => `AT${name}${rest}\r`),
  fc
    .tuple(fc.constantFrom(...names), fc.array(fc.nat(300), { maxLength: 5 }))
    .map(([n, a]) => `AT${n}=${a.join(',')}\r`),
  fc.constantFrom(`AT+CMGS=${tpduLength}\r`, hex, '\x1a', '\x1b', 'AT\r', `${hex}\x1a`, 'AT+CFUN=1,1\r', ';', '"'),
);

const faults: fc.Arbitrary<Partial<SimulatorFaults>> = fc.record(
  {
    garble: fc.double({ min: 0, max: 1, noNaN: true }),
    urcNoise: fc.double({ min: 0, max: 1, noNaN: true }),
    splitBytes: fc.boolean(),
    noSignal: fc.boolean(),
    storageFull: fc.boolean(),
    simRemoved: fc.boolean(),
    pinRequired: fc.constantFrom(null, '1234'),
    noPrompt: fc.boolean(),
    echo: fc.constantFrom(null, true, false),
  },
  { requiredKeys: [] },
);

test('whatever is written, nothing throws, and after ESC and a reset it answers again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), faults, async (pieces, wrong) => {
      const terminal = new Terminal();
      Object.assign(terminal.modem.faults, wrong);
      for (const text of pieces) await terminal.type(text);
      await terminal.clock.advance(60_000);
      await terminal.type('\x1b\r');
      await terminal.clock.advance(2_000);
      await terminal.ask('ATV1Q0E0');
      Object.assign(terminal.modem.faults, { garble: 0, urcNoise: 0, echo: null });
      await terminal.read();
      expect(await terminal.ask('AT')).toEqual(['OK']);
      terminal.modem.stop();
      await terminal.clock.advance(0);
      expect(terminal.clock.timers).toBe(0);
    }),
    fixed,
  );
}, 20_000);

test('any octets after a valid length are sent or refused, and the log holds just what was answered with +CMGS', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 8, maxLength: 164 }), async (tpdu) => {
      const terminal = new Terminal();
      await terminal.ask(`AT+CMGS=${tpdu.length}`);
      await terminal.type(`00${Buffer.from(tpdu).toString('hex')}\x1a`);
      const [answer] = await terminal.lines(200);
      expect(answer).toMatch(/^\+(CMGS: 7|CMS ERROR: (304|38))$/);
      expect(terminal.modem.sentCount).toBe(answer === '+CMGS: 7' ? 1 : 0);
      await terminal.clock.advance(10_000);
    }),
    fixed,
  );
});

test('any octets of a short message from the network are stored and handed on', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 180 }), async (octets) => {
      const terminal = new Terminal();
      const pdu = Buffer.from(octets).toString('hex').toUpperCase();
      terminal.modem.receivePdu(pdu);
      expect((await terminal.ask('AT+CMGL=4'))[1]).toBe(pdu);
    }),
    fixed,
  );
});

test('floods in both directions stay within bounds', async () => {
  const terminal = new Terminal();
  const garbage = Buffer.alloc(1024 * 1024, 'AT+COPS=?');
  await terminal.port.write(garbage);
  await terminal.clock.advance(0);
  for (let chunk = 0; chunk < 20; chunk += 1) await terminal.port.write(garbage.subarray(0, 200_000));
  await terminal.clock.advance(0);
  await terminal.type('\r');
  expect(await terminal.lines(60_000)).toEqual(['ERROR']);
  for (let count = 0; count < 11_000; count += 1) terminal.modem.receive({ from: '66898765432', text: 'flood' });
  expect(terminal.modem.stored()).toHaveLength(30);
  expect(terminal.modem.heldByNetwork).toBe(10_000);
});
