import type { Carrier, CarrierHost, DeliveryReport, InboundPart, Submission } from '../../../server/domain/carrier.ts';
import type { Logger, Random } from '../../../server/domain/ports.ts';
import { createModemCarrier } from '../../../server/carriers/modem/modem-carrier.ts';
import type { ModemCarrierOptions } from '../../../server/carriers/modem/modem-options.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { ScriptedModem } from '../../fakes/scripted-modem.ts';

export const silentLog: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};

export const steadyRandom: Random = { bytes: (n) => new Uint8Array(n), fraction: () => 0.5 };

/** A box that stores at once and remembers the order of things. */
export class RecordingHost implements CarrierHost {
  readonly reports: DeliveryReport[] = [];
  readonly inbounds: InboundPart[] = [];
  changes = 0;
  onChange: () => void = () => {};
  /** Called before a part counts as stored; a test may make it wait or fail. */
  beforeInbound: (part: InboundPart) => Promise<void> = () => Promise.resolve();
  beforeReport: (report: DeliveryReport) => Promise<void> = () => Promise.resolve();

  async report(report: DeliveryReport): Promise<void> {
    await this.beforeReport(report);
    this.reports.push(report);
  }

  async inbound(part: InboundPart): Promise<void> {
    await this.beforeInbound(part);
    this.inbounds.push(part);
  }

  changed(): void {
    this.changes += 1;
    this.onChange();
  }
}

export interface Rig {
  readonly carrier: Carrier;
  readonly modem: ScriptedModem;
  readonly clock: ManualClock;
  readonly host: RecordingHost;
}

export function createRig(modem: ScriptedModem, options: Partial<ModemCarrierOptions> = {}): Rig {
  const clock = new ManualClock();
  const host = new RecordingHost();
  const carrier = createModemCarrier({
    kind: 'modem',
    name: 'test',
    openStream: () => Promise.resolve(modem.open()),
    host,
    clock,
    random: steadyRandom,
    log: silentLog,
    ...options,
  });
  return { carrier, modem, clock, host };
}

/** A carrier that has come up on a modem; two seconds are more than a healthy one takes. */
export async function readyRig(
  answers: Readonly<Record<string, string | null>> = {},
  options: Partial<ModemCarrierOptions> = {},
): Promise<Rig> {
  const rig = createRig(new ScriptedModem(answers), options);
  await rig.carrier.start();
  await rig.clock.advance(2_000);
  return rig;
}

let nextId = 1;

export function submission(over: Partial<Submission> = {}): Submission {
  nextId += 1;
  return {
    id: nextId,
    msisdn: '66812345678',
    origin: 'SEPSMS',
    text: 'Hello',
    encoding: 'gsm7',
    part: 1,
    partCount: 1,
    concatReference: 7,
    lane: 'normal',
    expiresAt: Date.UTC(2027, 0, 1),
    handedAt: Date.UTC(2026, 0, 15, 3, 0, 0),
    ...over,
  };
}
