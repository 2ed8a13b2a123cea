import { describe, expect, it } from 'vitest';
import { createModemCarrier } from '../../../server/carriers/modem/modem-carrier.ts';
import type { ModemCarrierOptions } from '../../../server/carriers/modem/modem-options.ts';
import { SimulatedModem } from '../../../server/carriers/simulator/simulated-modem.ts';
import type { SimulatedModemOptions } from '../../../server/carriers/simulator/simulated-modem.ts';
import { segmentText } from '../../../server/domain/segments.ts';
import type { Carrier } from '../../../server/domain/carrier.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { seededRandom } from '../simulator/terminal.ts';
import { RecordingHost, silentLog, submission } from './rig.ts';

interface Simulated {
  readonly carrier: Carrier;
  readonly modem: SimulatedModem;
  readonly clock: ManualClock;
  readonly host: RecordingHost;
}

async function simulated(
  profile: NonNullable<SimulatedModemOptions['profile']> = {},
  options: Partial<ModemCarrierOptions> = {},
): Promise<Simulated> {
  const clock = new ManualClock();
  const host = new RecordingHost();
  const modem = new SimulatedModem({ clock, random: seededRandom(), profile });
  const carrier = createModemCarrier({
    kind: 'simulator',
    name: 'simulated',
    openStream: () => Promise.resolve(modem.connect()),
    host,
    clock,
    random: seededRandom(),
    log: silentLog,
    ...options,
  });
  await carrier.start();
  await clock.advance(5_000);
  return { carrier, modem, clock, host };
}

async function send({ carrier, clock }: Simulated, text: string, msisdn = '66812345601'): Promise<(string | null)[]> {
  const { encoding, parts } = segmentText(text);
  const references: (string | null)[] = [];
  for (const [index, part] of parts.entries()) {
    const outcome = carrier.submit(
      submission({ text: part, encoding, part: index + 1, partCount: parts.length, msisdn }),
    );
    await clock.advance(500);
    const settled = await outcome;
    references.push(settled.kind === 'accepted' ? settled.reference : null);
  }
  return references;
}

const longThai = 'สวัสดีครับ ยินดีต้อนรับ '.repeat(8);

describe('the driver with the simulated modem', () => {
  it('sends a long text, and each part gets its report', async () => {
    const box = await simulated();
    const references = await send(box, longThai);
    expect(references).toHaveLength(3);
    expect(references).not.toContain(null);
    expect(box.modem.sent.map((sms) => sms.text).join('')).toBe(longThai);
    await box.clock.advance(5_000);
    expect(box.host.reports.map((report) => report.reference)).toEqual(references);
    expect(new Set(box.host.reports.map((report) => report.verdict))).toEqual(new Set(['delivered']));
  });

  it('receives a long text, and leaves the memory empty', async () => {
    const box = await simulated();
    const count = box.modem.receive({ from: '66898765432', text: longThai });
    await box.clock.advance(5_000);
    expect(box.host.inbounds).toHaveLength(count);
    expect(box.host.inbounds.map((part) => part.text).join('')).toBe(longThai);
    expect(box.modem.stored('SM')).toEqual([]);
    expect(box.modem.stored('ME')).toEqual([]);
  });

  it.each([
    ['bytes one by one', { splitBytes: true }],
    ['noise between the lines', { urcNoise: 0.5 }],
    ['an echo for ever', { echo: true }],
    ['a slow modem', { latencyMs: 80 }],
  ])('gets by with %s', async (_name, faults) => {
    const box = await simulated();
    Object.assign(box.modem.faults, faults);
    const references = await send(box, longThai);
    await box.clock.advance(20_000);
    expect(references).not.toContain(null);
    expect(box.host.reports).toHaveLength(references.length);
  });

  it('gets reports stored in SR under a wrong name', async () => {
    const cnmi = { mode: [0, 1, 2], mt: [0, 1], bm: [0], ds: [0, 2], bfr: [0, 1] };
    const box = await simulated({ cnmi, cdsiNames: 'SM', emptySlot: 'ok' });
    expect(box.carrier.status().facts.notification).toBe('2,1,0,2,0');
    const references = await send(box, 'hello');
    await box.clock.advance(5_000);
    expect(box.host.reports.map((report) => report.reference)).toEqual(references);
    expect(box.modem.stored('SR')).toEqual([]);
  });

  it('sends with a modem that boots in text mode', async () => {
    const box = await simulated({ textModeAtBoot: true });
    expect(await send(box, 'hello')).not.toContain(null);
  });

  it('unplugged while sending, and plugged in again: nothing is sent twice by itself', async () => {
    const box = await simulated({ partMs: 1_000 });
    const outcome = box.carrier.submit(submission());
    await box.clock.advance(700);
    box.modem.unplug();
    await box.clock.advance(10);
    await expect(outcome).resolves.toMatchObject({ kind: 'uncertain' });
    await box.clock.advance(10_000);
    expect(box.carrier.status().state).toBe('faulty');
    box.modem.plug();
    await box.clock.advance(20_000);
    expect(box.carrier.status().state).toBe('ready');
    expect(box.modem.sentCount).toBe(1);
  });

  it('waits for the signal', async () => {
    const box = await simulated();
    box.modem.faults.noSignal = true;
    await box.clock.advance(40_000);
    expect(box.carrier.room()).toBe(0);
    expect(box.carrier.status().reason).not.toBe('');
    box.modem.faults.noSignal = false;
    await box.clock.advance(10_000);
    expect(box.carrier.room()).toBe(1);
  });

  it('recovers a modem that hung', async () => {
    const box = await simulated();
    box.modem.faults.silent = true;
    await box.clock.advance(120_000);
    expect(box.carrier.room()).toBe(0);
    box.modem.faults.silent = false;
    await box.clock.advance(60_000);
    expect(await send(box, 'hello')).not.toContain(null);
  });

  it('unlocks the SIM with its PIN, and tries a wrong one once', async () => {
    const right = await simulated({}, { pin: '2468' });
    right.modem.faults.pinRequired = '2468';
    right.modem.unplug();
    right.modem.plug();
    await right.clock.advance(60_000);
    expect(right.carrier.status().state).toBe('ready');

    const wrong = await simulated({}, { pin: '1111' });
    wrong.modem.faults.pinRequired = '2468';
    wrong.modem.unplug();
    wrong.modem.plug();
    await wrong.clock.advance(600_000);
    expect(wrong.carrier.status().reason).toContain('refused');
    wrong.modem.faults.pinRequired = null;
    await wrong.clock.advance(60_000);
    expect(wrong.carrier.status().state).toBe('ready');
  });
});
