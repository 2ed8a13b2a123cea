import type { PortRole } from '../../../../server/carriers/modem/usb/port-role.ts';
import { ok, ScriptedModem } from '../../../fakes/scripted-modem.ts';
import type { Answer } from '../../../fakes/scripted-modem.ts';
import { createRig } from '../rig.ts';
import type { Rig } from '../rig.ts';

const error = '\r\nERROR\r\n';

/** A modem as its makers made it: what it calls itself, what it wants, and what it does when it does not get that. */
export interface Kin {
  readonly family: string;
  readonly maker: string;
  readonly model: string;
  readonly port?: { readonly role: PortRole; readonly usb: string };
  /** Heard at every start, in this order. */
  readonly setUp?: readonly string[];
  /** The memory it is used with, of SM, ME and SR, all offered. */
  readonly memory: 'SM' | 'ME';
  /** Its AT+CNMI=?, those that it refuses though it lists them, and the setting that is left. */
  readonly offers?: string;
  readonly refuses?: RegExp;
  readonly notification: string;
  /** Whether it wants AT+CNMA for what it passes on; else it takes AT+CNMA for an error and AT+CSMS=1 for a promise. */
  readonly acknowledged: boolean;
  /** What is written when it hangs. */
  readonly reset: readonly string[];
  /** How long after AT+CMGS its prompt may come. */
  readonly slowest: number;
  /** How it ends its start. */
  readonly says?: string;
  readonly warns?: true;
}

const everything = '+CNMI: (0-2),(0-3),(0,2),(0-2),(0,1)';

export const kin: readonly Kin[] = [
  {
    family: 'huawei',
    maker: 'huawei',
    model: 'E173',
    port: { role: 'commands', usb: '12d1:1436' },
    setUp: ['AT^CURC=0', 'AT^PORTSEL=0'],
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT^RESET', 'AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'huawei',
    maker: 'Vodafone (Huawei)',
    model: 'K3765',
    port: { role: 'dial', usb: '12d1:1465' },
    setUp: ['AT^CURC=0', 'AT^PORTSEL=1'],
    memory: 'SM',
    notification: '1,1,0,1,0',
    // Lists mode 2 and refuses it.
    refuses: /^AT\+CNMI=2/,
    acknowledged: true,
    reset: ['AT^RESET', 'AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'simcom-2g',
    maker: 'SIMCOM_Ltd',
    model: 'SIMCOM_SIM800L',
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: false,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
    says: 'SMS Ready',
    warns: true,
  },
  {
    family: 'simcom-lte',
    maker: 'SIMCOM INCORPORATED',
    model: 'SIMCOM_SIM7600E-H',
    port: { role: 'commands', usb: '1e0e:9001' },
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: false,
    reset: ['AT+CRESET', 'AT+CFUN=1,1'],
    slowest: 19_000,
    says: 'SMS DONE',
  },
  {
    family: 'simcom-a76',
    maker: 'INCORPORATED',
    model: 'A7670E-FASE',
    port: { role: 'commands', usb: '1e0e:9011' },
    memory: 'SM',
    notification: '2,1,0,2,0',
    // ds may be 0 or 2, whatever it lists.
    refuses: /^AT\+CNMI=\d,\d,\d,1/,
    acknowledged: false,
    reset: ['AT+CRESET', 'AT+CFUN=1,1'],
    slowest: 19_000,
    says: 'SMS DONE',
  },
  {
    family: 'quectel-lte',
    maker: 'Quectel',
    model: 'EC25',
    port: { role: 'commands', usb: '2c7c:0125' },
    setUp: ['AT+QURCCFG="urcport","usbat"'],
    memory: 'ME',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
    says: '+QIND: SMS DONE',
  },
  {
    family: 'quectel-lte',
    maker: 'Quectel',
    model: 'EG25',
    says: '+QIND: SMS DONE',
    port: { role: 'dial', usb: '2c7c:0125' },
    setUp: ['AT+QURCCFG="urcport","usbmodem"'],
    memory: 'ME',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'quectel-2g',
    maker: 'Quectel_Ltd',
    model: 'Quectel_M95',
    setUp: ['AT+QIURC=0'],
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: false,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
    says: 'SMS Ready',
    warns: true,
  },
  {
    family: 'sierra',
    maker: 'Sierra Wireless, Incorporated',
    model: 'MC7304',
    port: { role: 'commands', usb: '1199:68c0' },
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT!RESET', 'AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'wavecom',
    maker: 'WAVECOM MODEM',
    model: 'MULTIBAND  900E  1800',
    setUp: ['AT+WIND=0'],
    memory: 'SM',
    notification: '2,1,0,1,0',
    offers: '+CNMI: (0-2),(0-3),(0-3),(0-2),(0)',
    acknowledged: false,
    reset: ['AT+CFUN=1'],
    slowest: 9_000,
    warns: true,
  },
  {
    family: 'cinterion',
    maker: 'SIEMENS',
    model: 'TC35i',
    memory: 'SM',
    notification: '2,1,0,1,1',
    // Its last argument is 1 or nothing works, and it does not say so.
    offers: '+CNMI: (0-3),(0,1),(0,2,3),(0-2),',
    refuses: /,0$/,
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'zte',
    maker: 'ZTE CORPORATION',
    model: 'MF190',
    port: { role: 'commands', usb: '19d2:0117' },
    setUp: ['AT+ZOPRT=5', 'AT+CPMS?'],
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'novatel',
    maker: 'Novatel Wireless Incorporated',
    model: 'MC547',
    memory: 'SM',
    notification: '2,1,0,2,0',
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
  },
  {
    family: 'nokia',
    maker: 'Nokia',
    model: 'Nokia 6310i',
    memory: 'ME',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 19_000,
  },
  {
    family: 'unknown',
    maker: 'Longsung',
    model: 'U9300',
    memory: 'SM',
    notification: '2,1,0,1,0',
    acknowledged: true,
    reset: ['AT+CFUN=1,1'],
    slowest: 9_000,
  },
];

/** Plays the modem of a row. */
function played(row: Kin): Rig {
  let cnmi = '0,0,0,0,0';
  const answers: Record<string, Answer> = {
    'AT+CGMI': ok(row.maker),
    'AT+CGMM': ok(row.model),
    'AT+CNMI=?': ok(row.offers ?? everything),
    'AT+CNMI=': (line) => {
      if (row.refuses?.test(line) === true) return error;
      cnmi = line.slice('AT+CNMI='.length);
      return ok();
    },
    'AT+CNMI?': () => ok(`+CNMI: ${cnmi}`),
    'AT+CNMA': row.acknowledged ? ok() : error,
    'AT+CSMS=0': ok('+CSMS: 1,1,1'),
  };
  for (const command of row.setUp ?? []) answers[command] = ok();
  const modem = new ScriptedModem(answers);
  return createRig(modem, { openStream: () => Promise.resolve({ ...modem.open(), ...row.port }) });
}

/** The rig of a row, its carrier in service. */
export async function started(row: Kin): Promise<Rig> {
  const rig = played(row);
  await rig.carrier.start();
  await rig.clock.advance(5_000);
  if (rig.carrier.status().state !== 'ready') throw new Error(rig.carrier.status().reason);
  return rig;
}
