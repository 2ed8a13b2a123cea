import { describe, expect, it } from 'vitest';
import { encodeSubmit } from '../../../server/carriers/tpdu/submit.ts';
import { ScriptedModem, ok } from '../../fakes/scripted-modem.ts';
import { createRig, readyRig, submission } from './rig.ts';

describe('sending a part', () => {
  it('is ready and has room for one after the start sequence', async () => {
    const { carrier } = await readyRig();
    expect(carrier.status()).toMatchObject({ state: 'ready', reason: '' });
    expect(carrier.room()).toBe(1);
  });

  it('hands the PDU over and tells the reference of the modem', async () => {
    const { carrier, modem } = await readyRig();
    const part = submission({ text: 'สวัสดี', encoding: 'ucs2', expiresAt: Date.UTC(2026, 0, 16, 3, 0, 2) });
    const outcome = await carrier.submit(part);
    expect(outcome).toEqual({ kind: 'accepted', reference: '1' });
    const pdu = encodeSubmit({
      destination: part.msisdn,
      text: part.text,
      encoding: 'ucs2',
      part: 1,
      partCount: 1,
      concatReference: 7,
      validityMs: 24 * 3_600_000,
      requestReport: true,
    });
    expect(modem.heard.slice(-2)).toEqual([`AT+CMGS=${pdu.tpduLength}`, `body:${pdu.hex}`]);
  });

  it('has no room while it sends, and says so', async () => {
    const { carrier, modem, clock, host } = await readyRig();
    modem.body = null;
    const before = host.changes;
    const first = carrier.submit(submission());
    expect(carrier.room()).toBe(0);
    expect(host.changes).toBeGreaterThan(before);
    await expect(carrier.submit(submission())).resolves.toMatchObject({
      kind: 'retry',
      code: 'modem.busy',
      carrierFault: true,
    });
    await clock.advance(10);
    modem.say(ok('+CMGS: 200'));
    await expect(first).resolves.toEqual({ kind: 'accepted', reference: '200' });
    await clock.advance(0);
    expect(carrier.room()).toBe(1);
  });

  it.each([
    ['\r\n+CMGS: 17\r\n\r\nOK\r\n', '17'],
    ['\r\n+CMGS:17\r\nOK\r\n', '17'],
    ['\r\n+CMGS: "17"\r\n\r\nOK\r\n', '17'],
    ['\r\n+CMGS: 17,"06000115"\r\n\r\nOK\r\n', '17'],
    ['\r\n+CMGS: 0\r\n\r\nOK\r\n', '0'],
    ['\r\nOK\r\n\r\n+CMGS: 17\r\n', '17'],
    [
      '\r\n^RSSI: 20\r\n\r\n+CMTI: "SM",3\r\n\r\nRING\r\n\r\nNO CARRIER\r\n\r\n+CMGS: 17\r\n\r\n^RSSI: 21\r\n\r\nOK\r\n',
      '17',
    ],
  ])('reads the reference out of %j', async (answer, reference) => {
    const { carrier, modem } = await readyRig();
    modem.body = answer;
    await expect(carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference });
  });

  it.each(['\r\n> ', '\r\n>', '>', '> ', '\r\n^RSSI: 9\r\n\r\n+CREG: 1\r\n\r\n> ', 'AT+CMGS=19\r\r\n> '])(
    'takes %j as the prompt',
    async (prompt) => {
      const { carrier } = await readyRig({ 'AT+CMGS=': prompt });
      await expect(carrier.submit(submission())).resolves.toMatchObject({ kind: 'accepted' });
    },
  );

  it('works with a modem that echoes everything for ever', async () => {
    const modem = new ScriptedModem();
    const plain = modem.open.bind(modem);
    const rig = createRig(modem, {
      openStream: () => {
        const stream = plain();
        const write = stream.write.bind(stream);
        return Promise.resolve({
          ...stream,
          write: (bytes: Uint8Array) => {
            modem.say(Buffer.from(bytes).toString('latin1'));
            return write(bytes);
          },
        });
      },
    });
    await rig.carrier.start();
    await rig.clock.advance(2_000);
    expect(rig.carrier.status()).toMatchObject({ state: 'ready', facts: { manufacturer: 'Maker', firmware: 'Rev 2' } });
    await expect(rig.carrier.submit(submission())).resolves.toEqual({ kind: 'accepted', reference: '1' });
  });

  it('keeps the link open for the parts of one message, where the modem can', async () => {
    const { carrier, modem } = await readyRig();
    for (const part of [1, 2, 3]) await carrier.submit(submission({ part, partCount: 3 }));
    expect(modem.count('AT+CMMS=1')).toBe(1);
    expect(modem.bodies).toHaveLength(3);
  });

  it('asks only once whether the modem can keep the link', async () => {
    const { carrier, modem } = await readyRig({ 'AT+CMMS=1': '\r\nERROR\r\n' });
    for (let message = 0; message < 3; message += 1) await carrier.submit(submission({ part: 1, partCount: 2 }));
    expect(modem.count('AT+CMMS=1')).toBe(1);
  });

  it('sets PDU mode again after a silence', async () => {
    const { carrier, modem, clock } = await readyRig();
    await carrier.submit(submission());
    await clock.advance(61_000);
    const before = modem.count('AT+CMGF=0');
    await carrier.submit(submission());
    expect(modem.count('AT+CMGF=0')).toBe(before + 1);
  });

  it('rejects a number that cannot be written', async () => {
    const { carrier, modem } = await readyRig();
    await expect(carrier.submit(submission({ msisdn: 'nobody' }))).resolves.toMatchObject({ kind: 'rejected' });
    expect(modem.bodies).toHaveLength(0);
    await Promise.resolve();
    expect(carrier.room()).toBe(1);
  });

  it('keeps the pause between two parts', async () => {
    const { carrier, modem, clock } = await readyRig({}, { partGapMs: 400 });
    await carrier.submit(submission());
    await clock.advance(0);
    const second = carrier.submit(submission());
    await clock.advance(399);
    expect(modem.bodies).toHaveLength(1);
    await clock.advance(1);
    await expect(second).resolves.toMatchObject({ kind: 'accepted' });
  });
});
