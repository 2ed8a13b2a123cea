/** What a simulated modem is: its maker, its SIM, its habits and the manners of its network. Fixed for its life. */

/**
 * What the network does with a submission to a number.
 * - deliver: delivered, and the report says so.
 * - fail: refused for good by the far end (TP-Status 0x43, not obtainable).
 * - no-report: delivered, but the report never comes.
 * - refuse-once: the first hand-over of each text ends in +CMS ERROR: 38, the next one works.
 * - delayed: first an interim report (TP-Status 0x20, congestion, still trying), then delivered.
 */
export type NumberBehaviour = 'deliver' | 'fail' | 'no-report' | 'refuse-once' | 'delayed';

/**
 * The rule by which a person at the demo may try failures. The last two digits of the number decide:
 *
 * | number ends in | what happens |
 * |---|---|
 * | 99 | the report says failed for good |
 * | 98 | sent, and no report ever comes |
 * | 97 | the first try is refused with +CMS ERROR: 38 (network out of order), the retry works |
 * | 96 | an interim report "still trying" comes first, "delivered" after three times the usual wait |
 * | anything else | delivered |
 */
export function behaviourByEnding(number: string): NumberBehaviour {
  const ending = number.slice(-2);
  if (ending === '99') return 'fail';
  if (ending === '98') return 'no-report';
  if (ending === '97') return 'refuse-once';
  if (ending === '96') return 'delayed';
  return 'deliver';
}

/** The values of the five arguments of AT+CNMI. 3GPP TS 27.005 §3.4.1. */
export interface CnmiModes {
  readonly mode: readonly number[];
  readonly mt: readonly number[];
  readonly bm: readonly number[];
  readonly ds: readonly number[];
  readonly bfr: readonly number[];
}

export interface UssdAnswer {
  readonly text: string;
  /** The network waits for an answer (`+CUSD: 1`); the answer is looked up like a code of its own. */
  readonly more?: boolean;
}

export interface SimulatorProfile {
  readonly manufacturer: string;
  readonly model: string;
  readonly revision: string;
  readonly imei: string;
  readonly imsi: string;
  readonly iccid: string;
  /** Digits in international form without `+`. */
  readonly msisdn: string;
  readonly operatorName: string;
  /** Mobile country and network code, five or six digits. */
  readonly operatorCode: string;
  /** Service centre, digits without `+`; empty: none is set on the SIM. */
  readonly smsc: string;
  /** Signal as AT+CSQ tells it, 0–31, 99 unknown. */
  readonly csq: number;
  /** `stat` of AT+CREG? while there is signal: 1 home, 5 roaming, 6 and 7 SMS only, 11 emergency only. */
  readonly registration: number;
  /** From Ctrl-Z to +CMGS, in milliseconds; the network has the message at half of it. */
  readonly partMs: number;
  /** From the hand-over to the delivery report, in milliseconds. */
  readonly reportAfterMs: number;
  readonly behaviour: (number: string) => NumberBehaviour;
  /** Highest value of AT+CSMS; 1 asks for AT+CNMA after each +CMT and +CDS once it is set. */
  readonly csms: 0 | 1;
  /** How long an unacknowledged +CMT or +CDS is waited for before routing is switched off, in milliseconds. */
  readonly acknowledgeMs: number;
  /** What AT+CNMI takes. */
  readonly cnmi: CnmiModes;
  /** What AT+CNMI=? tells, where the modem claims more than it takes. */
  readonly cnmiListed: CnmiModes | null;
  /** Memory named in +CDSI; some modems name "SM" though the report lies in "SR". */
  readonly cdsiNames: string;
  readonly firstIndex: 0 | 1;
  /** Slots of each memory; a memory with no slots does not exist. */
  readonly slots: Readonly<Record<'SM' | 'ME' | 'SR', number>>;
  /** What AT+CMGR answers for an empty slot: a bare OK, or +CMS ERROR: 321. */
  readonly emptySlot: 'ok' | 'error';
  readonly textModeAtBoot: boolean;
  readonly echoAtBoot: boolean;
  /** The bytes that ask for the PDU. */
  readonly prompt: string;
  /** TP-MR of the first message; null: any. */
  readonly firstReference: number | null;
  /** From power to `RDY`, and from there to `SMS Ready`, in milliseconds each. */
  readonly bootMs: number;
  /** AT+CFUN=1,1 makes the port vanish, as a USB modem does that enumerates anew. */
  readonly resetClosesPort: boolean;
  /** PUK of the SIM. */
  readonly puk: string;
  /** Reports due while nobody reads wait until the port is open and AT+CNMI is set; a real modem loses them. */
  readonly keepReports: boolean;
  readonly ussd: Readonly<Record<string, UssdAnswer>>;
  readonly ussdMs: number;
}

const range = (last: number): readonly number[] => Array.from({ length: last + 1 }, (_, n) => n);

export const defaultProfile: SimulatorProfile = {
  manufacturer: 'SEPSMS',
  model: 'Simulated Modem',
  revision: 'SIM-1.0',
  imei: '350000000000017',
  imsi: '520990000000001',
  iccid: '8966990000000000017',
  msisdn: '66800000001',
  operatorName: 'SIM Thailand',
  operatorCode: '52099',
  smsc: '66800000000',
  csq: 22,
  registration: 1,
  partMs: 120,
  reportAfterMs: 800,
  behaviour: behaviourByEnding,
  csms: 1,
  acknowledgeMs: 15_000,
  cnmi: { mode: range(2), mt: range(2), bm: [0], ds: range(2), bfr: range(1) },
  cnmiListed: null,
  cdsiNames: 'SR',
  firstIndex: 1,
  slots: { SM: 30, ME: 100, SR: 20 },
  emptySlot: 'error',
  textModeAtBoot: false,
  echoAtBoot: true,
  prompt: '\r\n> ',
  firstReference: null,
  bootMs: 500,
  resetClosesPort: false,
  puk: '12345678',
  keepReports: false,
  ussd: {
    '*121#': { text: 'ยอดเงินคงเหลือ 100.00 บาท ใช้ได้ถึง 31/12/2642' },
    '*101#': { text: 'Balance 100.00 THB, valid until 31/12/2099' },
    '*123#': { text: '1 Balance\n2 Number', more: true },
    '1': { text: 'Balance 100.00 THB' },
    '2': { text: 'Your number is 0800000001' },
  },
  ussdMs: 300,
};
