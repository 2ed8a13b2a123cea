import { describe, expect, test } from 'vitest';
import type { SubmittedSms } from '../../../server/carriers/simulator/network.ts';
import { submit, Terminal } from './terminal.ts';

describe('AT+CMGS', () => {
  test('prompt, PDU, Ctrl-Z: the network has it, the modem answers with its reference', async () => {
    const told: SubmittedSms[] = [];
    const terminal = new Terminal({ onSubmitted: (sms) => told.push(sms) });
    const { hex, tpduLength } = submit({ text: 'สวัสดี', encoding: 'ucs2', part: 2, partCount: 3, concatReference: 9 });
    await terminal.type(`AT+CMGS=${tpduLength}\r`);
    expect(await terminal.read()).toBe('\r\n> ');
    await terminal.type(`${hex}\x1a`);
    expect(await terminal.lines(59)).toEqual([]);
    expect(told).toEqual([]);
    expect(await terminal.lines(1)).toEqual([]);
    expect(told).toEqual(terminal.modem.sent);
    expect(told).toMatchObject([
      {
        sequence: 1,
        destination: '66812345601',
        text: 'สวัสดี',
        encoding: 'ucs2',
        part: 2,
        partCount: 3,
        concatReference: 9,
        reference: 7,
        requestReport: true,
        validityMs: 3_600_000,
        pdu: hex,
      },
    ]);
    expect(await terminal.lines(60)).toEqual(['+CMGS: 7', 'OK']);
  });

  test('references go up and wrap after 255', async () => {
    const terminal = new Terminal({ profile: { firstReference: 254, partMs: 0 } });
    const answers: unknown[] = [];
    for (let count = 0; count < 4; count += 1) answers.push((await terminal.send())[0]);
    expect(answers).toEqual(['+CMGS: 254', '+CMGS: 255', '+CMGS: 0', '+CMGS: 1']);
  });

  test('ESC ends the dialogue and sends nothing', async () => {
    const terminal = new Terminal();
    const { hex, tpduLength } = submit();
    await terminal.ask(`AT+CMGS=${tpduLength}`);
    await terminal.type(`${hex}\x1b`);
    expect(await terminal.lines(1_000)).toEqual(['OK']);
    expect(await terminal.ask('AT')).toEqual(['OK']);
    expect(terminal.modem.sentCount).toBe(0);
  });

  test('a command typed at the prompt becomes part of the body', async () => {
    const terminal = new Terminal();
    const { hex, tpduLength } = submit();
    await terminal.ask(`AT+CMGS=${tpduLength}`);
    expect(await terminal.ask('AT')).toEqual([]);
    await terminal.type(`${hex}\x1a`);
    expect(await terminal.lines(200)).toEqual(['+CMS ERROR: 304']);
    expect(terminal.modem.sentCount).toBe(0);
  });

  test('the prompt outlives the port, as in a modem that nobody told', async () => {
    const terminal = new Terminal();
    await terminal.ask(`AT+CMGS=${submit().tpduLength}`);
    await terminal.port.close();
    terminal.open();
    expect(await terminal.ask('AT')).toEqual([]);
    expect(await terminal.ask('\x1bAT')).toEqual(['OK', 'OK']);
  });

  test.each([
    ['a wrong length', (hex: string) => hex, 1],
    ['half an octet', (hex: string) => hex.slice(0, -1), 0],
    ['no hex', (hex: string) => `${hex.slice(0, -2)}ZZ`, 0],
    ['a report instead of a submission', (hex: string) => hex.replace(/^0031/, '0002'), 0],
    ['nothing', () => '', 0],
    ['a body without end', (hex: string) => hex.repeat(100), 0],
  ])('%s is +CMS ERROR: 304', async (_name, spoil, more) => {
    const terminal = new Terminal();
    const { hex, tpduLength } = submit();
    await terminal.ask(`AT+CMGS=${tpduLength + more}`);
    await terminal.type(`${spoil(hex)}\x1a`);
    expect(await terminal.lines(200)).toEqual(['+CMS ERROR: 304']);
    expect(terminal.modem.sentCount).toBe(0);
  });

  test.each(['AT+CMGS=', 'AT+CMGS=0', 'AT+CMGS=165', 'AT+CMGS=abc'])('%s gives no prompt', async (command) => {
    expect(await new Terminal().ask(command)).toEqual(['+CMS ERROR: 304']);
  });

  test('a modem left in text mode takes the length for a number and the PDU for a text', async () => {
    const terminal = new Terminal({ profile: { textModeAtBoot: true } });
    const { hex } = submit();
    await terminal.send();
    expect(terminal.modem.sent).toMatchObject([{ destination: '19', text: hex, pdu: '' }]);
  });

  test('without a service centre nothing goes out', async () => {
    const terminal = new Terminal({ profile: { smsc: '' } });
    expect(await terminal.ask('AT+CSCA?')).toEqual(['+CSCA: "",129', 'OK']);
    expect(await terminal.send()).toEqual(['+CMS ERROR: 330']);
    await terminal.ask('AT+CSCA="+66811111111",145');
    expect(await terminal.send()).toEqual(['+CMGS: 7', 'OK']);
  });

  test('numbers that end in 97 are refused once for each text', async () => {
    const terminal = new Terminal();
    const destination = '66812345697';
    expect(await terminal.send({ destination })).toEqual(['+CMS ERROR: 38']);
    expect(await terminal.send({ destination })).toEqual(['+CMGS: 7', 'OK']);
    expect(await terminal.send({ destination, text: 'another' })).toEqual(['+CMS ERROR: 38']);
    expect(terminal.modem.sent).toHaveLength(1);
  });

  test('the log keeps the last 10,000 and counts all', async () => {
    const terminal = new Terminal({ profile: { partMs: 0, reportAfterMs: 0 } });
    const { hex, tpduLength } = submit({ requestReport: false });
    const one = `AT+CMGS=${tpduLength}\r${hex}\x1a`;
    for (let batch = 0; batch < 202; batch += 1) {
      await terminal.type(one.repeat(50));
      await terminal.clock.advance(200);
    }
    expect(terminal.modem.sentCount).toBe(10_100);
    expect(terminal.modem.sent).toHaveLength(10_000);
    expect(terminal.modem.sent[0]?.sequence).toBe(101);
  });
});
