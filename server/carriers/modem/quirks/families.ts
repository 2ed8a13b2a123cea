import { unknownModem, usualNotifications } from './modem-quirks.ts';
import type { Family, ModemQuirks } from './modem-quirks.ts';

const onlyGsm =
  'This modem knows 2G (GSM) only. Operators are switching 2G off, in Thailand as elsewhere, so it may stop working any day: take an LTE modem for anything that matters.';

/** Reports are stored and announced (ds 2), since direct ones are refused or do harm. */
const storedReports: readonly (readonly number[])[] = [
  [2, 1, 0, 2, 0],
  [1, 1, 0, 2, 0],
  [2, 0, 0, 2, 0],
  [2, 1, 0, 0, 0],
  [1, 1, 0, 0, 0],
  [1, 1],
];

/** The last argument of AT+CNMI may be 1 only, also where that is not listed. */
const bufferOne: readonly (readonly number[])[] = [
  [2, 1, 0, 1, 1],
  [1, 1, 0, 1, 1],
  [3, 1, 0, 1, 1],
  ...usualNotifications,
];

function like(base: ModemQuirks, over: Partial<ModemQuirks> & Pick<ModemQuirks, 'id' | 'name'>): ModemQuirks {
  return { ...base, ...over };
}

/** SIMCom's modules do not take AT+CNMA for what they pass on, and would wait for it in vain. */
const simcom = like(unknownModem, { id: 'simcom', name: 'SIMCom', acknowledges: false });
const quectel = like(unknownModem, { id: 'quectel', name: 'Quectel', memories: ['ME', 'SM'] });

/**
 * The families of modems that differ from the standard, from their makers' manuals, other drivers and trade knowledge. The
 * first that fits counts, so the narrower stands before the wider.
 */
export const families: readonly Family[] = [
  {
    marks: [{ maker: /huawei/i }, { usb: ['12d1'], maker: /^$|vodafone/i }],
    quirks: like(unknownModem, {
      id: 'huawei',
      name: 'Huawei',
      setUp: [
        // Every few seconds it tells of signal and mode otherwise; what 3GPP names is told all the same.
        { send: 'AT^CURC=0' },
        { send: 'AT^PORTSEL=0', at: 'commands' },
        { send: 'AT^PORTSEL=1', at: 'dial' },
      ],
      reset: ['AT^RESET', 'AT+CFUN=1,1'],
      ussd: 'packed',
    }),
  },
  {
    marks: [{ model: /SIM(?:300|340|8\d\d|900)(?!\d)/i }],
    quirks: like(simcom, {
      id: 'simcom-2g',
      name: 'SIMCom 2G',
      ready: { says: /^SMS Ready$/i, withinMs: 30_000 },
      advice: onlyGsm,
    }),
  },
  {
    // Asrmicro inside: SIMCom's names, its own manners.
    marks: [{ model: /A76\d\d|SIM767\d/i }],
    quirks: like(simcom, {
      id: 'simcom-a76',
      name: 'SIMCom A7670',
      notifications: storedReports,
      promptMs: 20_000,
      ready: { says: /^\+?SMS DONE$/i, withinMs: 40_000 },
      reset: ['AT+CRESET', 'AT+CFUN=1,1'],
    }),
  },
  {
    marks: [{ maker: /simcom|simtech/i }, { model: /SIM[57]\d\d\d/i }, { usb: ['1e0e'] }],
    quirks: like(simcom, {
      id: 'simcom-lte',
      name: 'SIMCom SIM7600',
      promptMs: 20_000,
      ready: { says: /^\+?SMS DONE$/i, withinMs: 40_000 },
      reset: ['AT+CRESET', 'AT+CFUN=1,1'],
    }),
  },
  {
    marks: [{ maker: /quectel/i, model: /(?:^|[^A-Z])M(?:10|26|35|50|6[06]|72|8[05]|9[05]|C60)(?!\d)/i }],
    quirks: like(quectel, {
      id: 'quectel-2g',
      name: 'Quectel 2G',
      setUp: [{ send: 'AT+QIURC=0' }],
      memories: ['SM', 'ME'],
      ready: { says: /^SMS Ready$/i, withinMs: 30_000 },
      acknowledges: false,
      advice: onlyGsm,
    }),
  },
  {
    marks: [{ maker: /quectel/i }, { usb: ['2c7c'] }],
    quirks: like(quectel, {
      id: 'quectel-lte',
      name: 'Quectel',
      setUp: [
        { send: 'AT+QURCCFG="urcport","usbat"', at: 'commands' },
        { send: 'AT+QURCCFG="urcport","usbmodem"', at: 'dial' },
      ],
      // With stored reports it names SM, and the report lies in SR.
      reportMemory: 'SR',
      ready: { says: /^\+QIND: ?"?SMS DONE"?$/i, withinMs: 30_000 },
    }),
  },
  {
    marks: [{ maker: /sierra/i }],
    quirks: like(unknownModem, { id: 'sierra', name: 'Sierra Wireless', reset: ['AT!RESET', 'AT+CFUN=1,1'] }),
  },
  {
    marks: [{ maker: /wavecom/i }, { model: /fastrack|wismo/i }],
    quirks: like(unknownModem, {
      id: 'wavecom',
      name: 'Wavecom',
      setUp: [{ send: 'AT+WIND=0' }],
      reset: ['AT+CFUN=1'],
      acknowledges: false,
      advice: onlyGsm,
    }),
  },
  {
    marks: [{ maker: /cinterion|gemalto|siemens|thales/i }],
    quirks: like(unknownModem, { id: 'cinterion', name: 'Cinterion', notifications: bufferOne }),
  },
  {
    marks: [{ maker: /\bzte\b/i }, { usb: ['19d2'] }],
    quirks: like(unknownModem, {
      id: 'zte',
      name: 'ZTE',
      // Puts it to work where it was left in standby, and ends its asking after the SIM's memory.
      setUp: [{ send: 'AT+ZOPRT=5' }, { send: 'AT+CPMS?' }],
    }),
  },
  {
    marks: [{ maker: /novatel/i }],
    quirks: like(unknownModem, { id: 'novatel', name: 'Novatel', notifications: storedReports }),
  },
  {
    marks: [{ maker: /nokia/i }],
    quirks: like(unknownModem, {
      id: 'nokia',
      name: 'Nokia phone',
      // A phone's small buffer loses what comes faster.
      body: { octets: 18, pauseMs: 50 },
      memories: ['ME', 'SM'],
      promptMs: 20_000,
    }),
  },
];
