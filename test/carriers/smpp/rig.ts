import type { Carrier, CarrierStatus, Submission } from '../../../server/domain/carrier.ts';
import type { SmppSettings } from '../../../server/carriers/smpp/settings.ts';
import { createSmppCarrier, type SmppCarrierOptions } from '../../../server/carriers/smpp/smpp-carrier.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { Smsc } from '../../fakes/smsc.ts';
import { RecordingHost, silentLog, steadyRandom } from '../modem/rig.ts';

export const usual: SmppSettings = {
  host: 'smsc.example',
  port: 2775,
  tls: false,
  systemId: 'box',
  password: 'secret',
  systemType: '',
  addressRange: '',
  bind: 'transceiver',
  window: 10,
  partsPerSecond: null,
  longText: 'udh',
  defaultAlphabet: 'gsm7',
  sourceType: null,
  destType: { ton: 1, npi: 1 },
  serviceType: '',
  receipts: true,
  validity: 'relative',
  receiptIds: 'auto',
  receiptZone: null,
  query: false,
  enquireMs: 30_000,
};

export interface Rig {
  readonly carrier: Carrier;
  readonly smsc: Smsc;
  readonly clock: ManualClock;
  readonly host: RecordingHost;
  readonly settings: SmppSettings;
}

/** A carrier and an SMSC, joined in memory; the clock is turned by hand. */
export function createRig(settings: Partial<SmppSettings> = {}, options: Partial<SmppCarrierOptions> = {}): Rig {
  const clock = new ManualClock();
  const host = new RecordingHost();
  const smsc = new Smsc();
  smsc.now = () => clock.monotonic();
  const all = { ...usual, ...settings };
  const carrier = createSmppCarrier({
    name: 'test',
    settings: all,
    open: () => Promise.resolve(smsc.connect()),
    host,
    clock,
    random: steadyRandom,
    log: silentLog,
    ...options,
  });
  return { carrier, smsc, clock, host, settings: all };
}

/** The same with the session bound. */
export async function boundRig(
  settings: Partial<SmppSettings> = {},
  options: Partial<SmppCarrierOptions> = {},
): Promise<Rig> {
  const rig = createRig(settings, options);
  await rig.carrier.start();
  await rig.clock.advance(0);
  return rig;
}

let submissions = 0;

export function submission(fields: Partial<Submission> = {}): Submission {
  submissions += 1;
  return {
    id: submissions,
    msisdn: '66812345678',
    origin: 'SEPSMS',
    text: 'Hello',
    encoding: 'gsm7',
    part: 1,
    partCount: 1,
    concatReference: 0x5a,
    lane: 'normal',
    handedAt: Date.UTC(2026, 0, 15, 3, 0, 0),
    expiresAt: Date.UTC(2026, 0, 17, 3, 0, 0),
    ...fields,
  };
}

/** The status after its counters had time to be looked at anew. */
export async function freshStatus({ carrier, clock }: Rig): Promise<CarrierStatus> {
  await clock.advance(1_000);
  return carrier.status();
}
