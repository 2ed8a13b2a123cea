import { describe, expect, it } from 'vitest';
import { families } from '../../../../server/carriers/modem/quirks/families.ts';
import { quirksOf } from '../../../../server/carriers/modem/quirks/quirks-of.ts';
import { submission } from '../rig.ts';
import { kin, started } from './kin.ts';

const deliver = '07916648010000F8040B916618325476F80000623040714285820AE8329BFD4697D9EC37';

const named = kin.map((row) => [`${row.family}: ${row.maker} ${row.model}`, row] as const);

it('every family of the table is played here', () => {
  expect([...new Set(kin.map((row) => row.family))].toSorted()).toEqual(
    [...families.map(({ quirks }) => quirks.id), 'unknown'].toSorted(),
  );
});

describe.each(named)('%s', (_name, row) => {
  it('is known by what it calls itself', () => {
    expect(quirksOf({ manufacturer: row.maker, model: row.model, usb: null }).id).toBe(row.family);
  });

  it('is set up in its own way, and warned of where it should be replaced', async () => {
    const { carrier, modem } = await started(row);
    expect(carrier.status().facts).toMatchObject({ memory: row.memory, notification: row.notification });
    const own = modem.heard.filter((line) => row.setUp?.includes(line) === true);
    expect(own.slice(0, row.setUp?.length ?? 0)).toEqual(row.setUp ?? []);
    expect(modem.heard.filter((line) => /PORTSEL|QURCCFG/u.test(line))).toEqual(
      (row.setUp ?? []).filter((line) => /PORTSEL|QURCCFG/u.test(line)),
    );
    const warning = carrier.status().facts['warning'];
    expect(String(warning).includes('2G')).toBe(row.warns === true);
  });

  it('gets an acknowledgement for what it passes on when it wants one, and only then', async () => {
    const { modem, clock, host } = await started(row);
    modem.say(`\r\n+CMT: ,32\r\n${deliver}\r\n`);
    await clock.advance(1_000);
    expect(host.inbounds).toHaveLength(1);
    expect(modem.count('AT+CNMA')).toBe(row.acknowledged ? 1 : 0);
    expect(modem.count('AT+CSMS=1')).toBe(row.acknowledged ? 1 : 0);
  });

  it('may be as slow with its prompt as it is', async () => {
    const rig = await started(row);
    rig.modem.answers.set('AT+CMGS=', null);
    const outcome = rig.carrier.submit(submission());
    await rig.clock.advance(row.slowest);
    rig.modem.answers.set('AT+CMGS=', '\r\n> ');
    rig.modem.prompt();
    await rig.clock.advance(5_000);
    await expect(outcome).resolves.toMatchObject({ kind: 'accepted' });
  });

  it('is reset by its maker’s command when it hangs', async () => {
    const { modem, clock } = await started(row);
    for (const command of ['AT', 'AT+CSQ', 'AT+CREG?', 'AT+CEREG?', 'AT+CGREG?']) modem.answers.set(command, null);
    const before = modem.heard.length;
    await clock.advance(70_000);
    const heard = modem.heard.slice(before).filter((line) => row.reset.includes(line) && line !== 'AT');
    expect(heard).toEqual(row.reset);
  });

  it('is waited for after a restart when it says that it is ready, and not longer than it takes', async () => {
    const { modem, clock, carrier } = await started(row);
    const before = modem.count('AT+CMGF=0');
    modem.say('\r\nRDY\r\n');
    await clock.advance(10_000);
    expect(modem.count('AT+CMGF=0') - before).toBe(row.says === undefined ? 1 : 0);
    if (row.says !== undefined) {
      expect(carrier.room()).toBe(0);
      modem.say(`\r\n${row.says}\r\n`);
      await clock.advance(2_000);
    }
    expect(carrier.status().state).toBe('ready');
    modem.say('\r\nRDY\r\n');
    await clock.advance(45_000);
    expect(carrier.status().state).toBe('ready');
  });
});
