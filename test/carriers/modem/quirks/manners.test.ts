import { describe, expect, it } from 'vitest';
import { ok, ScriptedModem } from '../../../fakes/scripted-modem.ts';
import { createRig, submission } from '../rig.ts';
import { kin, started } from './kin.ts';

describe('a modem that restarts again while it is waited for', () => {
  const row = kin.find(({ model }) => model === 'EC25');

  it('is waited for from then on', async () => {
    if (row === undefined) throw new Error('no row');
    const { modem, clock, carrier } = await started(row);
    modem.say('\r\nRDY\r\n');
    await clock.advance(10_000);
    modem.say('\r\nRDY\r\n');
    await clock.advance(25_000);
    expect(carrier.room()).toBe(0);
    modem.say('\r\n+QIND: SMS DONE\r\n');
    await clock.advance(2_000);
    expect(carrier.room()).toBe(1);
  });

  it('is let go at once when it is unplugged, and when its carrier stops', async () => {
    if (row === undefined) throw new Error('no row');
    const { modem, clock, carrier } = await started(row);
    modem.say('\r\nRDY\r\n');
    await clock.advance(5_000);
    modem.unplug();
    await clock.advance(5_000);
    expect(carrier.status().state).toBe('ready');
    modem.say('\r\nRDY\r\n');
    await clock.advance(5_000);
    const stopped = carrier.stop();
    await clock.advance(100);
    await stopped;
    expect(clock.timers).toBe(0);
  });
});

describe('a Quectel that names SM for a report that lies in SR', () => {
  it('has the report read from SR, and what lies at that place of SM left alone', async () => {
    const modem = new ScriptedModem({
      'AT+CGMI': ok('Quectel'),
      'AT+CGMM': ok('EC25'),
      'AT+CNMI=?': ok('+CNMI: (0-2),(0,1),(0),(0,2),(0)'),
    });
    let memory = 'ME';
    modem.answers.set('AT+CPMS=', (line) => {
      memory = /"(\w+)"/u.exec(line)?.[1] ?? '';
      return ok('+CPMS: 0,20,0,20,0,20');
    });
    const report = '07916648010000F8060A0B916618325476F862304071428582623040714285820000';
    modem.answers.set('AT+CMGR=', () => (memory === 'SR' ? ok(`+CMGR: 0,,26`, report) : ok()));
    const rig = createRig(modem);
    await rig.carrier.start();
    await rig.clock.advance(5_000);
    expect(rig.carrier.status().facts['notification']).toBe('2,1,0,2,0');
    const before = modem.heard.length;
    modem.say('\r\n+CDSI: "SM",0\r\n');
    await rig.clock.advance(2_000);
    expect(rig.host.reports).toMatchObject([{ reference: '10', verdict: 'delivered' }]);
    expect(modem.heard.slice(before)).toEqual(['AT+CPMS="SR"', 'AT+CMGR=0', 'AT+CMGD=0', 'AT+CPMS="ME"']);
  });
});

describe('a Nokia phone', () => {
  it('gets a message in small pieces, and the end of it in one of its own', async () => {
    const modem = new ScriptedModem({ 'AT+CGMI': ok('Nokia'), 'AT+CGMM': ok('Nokia 6310i') });
    const writes: string[] = [];
    const rig = createRig(modem, {
      openStream: () => {
        const stream = modem.open();
        return Promise.resolve({
          ...stream,
          write: (bytes) => {
            writes.push(Buffer.from(bytes).toString('latin1'));
            return stream.write(bytes);
          },
        });
      },
    });
    await rig.carrier.start();
    await rig.clock.advance(5_000);
    const before = writes.length;
    const outcome = rig.carrier.submit(submission({ text: 'A text of some length' }));
    await rig.clock.advance(5_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'accepted' });
    const [command = '', ...rest] = writes.slice(before);
    expect(command).toMatch(/^AT\+CMGS=\d+\r$/u);
    const pieces = rest.slice(0, rest.indexOf('\u001A'));
    expect(pieces.length).toBeGreaterThan(2);
    for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(18);
    expect(modem.bodies).toEqual([pieces.join('')]);
  });

  it('gets no more of it once the sending was given up', async () => {
    const modem = new ScriptedModem({ 'AT+CGMI': ok('Nokia'), 'AT+CGMM': ok('Nokia 6310i') });
    const rig = createRig(modem);
    await rig.carrier.start();
    await rig.clock.advance(5_000);
    const outcome = rig.carrier.submit(submission({ text: 'A text of some length' }));
    await rig.clock.advance(60);
    modem.say('\r\n+CMS ERROR: 303\r\n');
    await rig.clock.advance(10_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'rejected' });
    expect(modem.bodies).toEqual([]);
  });
});
