import type { AtError } from './final-result.ts';

/**
 * What an error of the modem or the network means for a message.
 * - permanent: the network will never take it.
 * - retry: try again later; the message or the moment is to blame.
 * - network: as retry, but nothing would get through, so the carrier is to blame.
 * - barred: the SIM may not send it (credit, barring, quota); permanent unless it hits several numbers in a row.
 * - carrier: modem or SIM trouble; somebody else should send it.
 * - wait: repeat the same command in a moment.
 * - storage: memory of SIM or modem; sweep it, then retry.
 * - sent: the network has it already.
 * - unanswered: the network had it or not; no answer came in time.
 * - ignore: means nothing.
 */
export type ErrorKind =
  | 'permanent'
  | 'retry'
  | 'network'
  | 'barred'
  | 'carrier'
  | 'wait'
  | 'storage'
  | 'sent'
  | 'unanswered'
  | 'ignore';

export interface ErrorClass {
  readonly kind: ErrorKind;
  /** For a person. */
  readonly message: string;
}

const cms = new Map<number, ErrorClass>();
const cme = new Map<number, ErrorClass>();

function put(table: Map<number, ErrorClass>, kind: ErrorKind, codes: readonly number[], message: string): void {
  for (const code of codes) table.set(code, { kind, message });
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

// Causes 1–127 are those of 3GPP TS 24.011 annex E-2, 128–255 of TS 23.040 §9.2.3.22, 300–512 of TS 27.005 §3.2.5.
put(cms, 'permanent', [1], 'The number is not in use.');
put(cms, 'barred', [8], 'The operator bars this SIM from sending (operator determined barring).');
put(cms, 'barred', [10], 'Sending is barred on this SIM.');
put(cms, 'retry', [17], 'The network failed for a moment.');
put(
  cms,
  'retry',
  [21],
  'The network refused the message; on a prepaid SIM mostly for lack of credit or by a spam filter.',
);
put(cms, 'retry', [22, 42], 'The network is congested.');
put(cms, 'retry', [27], 'The destination is out of service.');
put(cms, 'permanent', [28, 30], 'The network does not know the subscriber.');
put(cms, 'barred', [29], 'The network refuses this service to the SIM.');
put(cms, 'network', [38], 'The network is out of order.');
put(cms, 'retry', [41], 'The network reports a temporary failure.');
put(cms, 'retry', [47], 'The network has no resources free.');
put(cms, 'barred', [50], 'The SIM is not subscribed to sending messages.');
put(cms, 'permanent', [69, 81, ...range(95, 99), 111, 127], 'The network refuses the message as wrong or unsupported.');
put(cms, 'permanent', [128, 129, 130, 143, 144, 145, 159, 175, 176], 'The service centre cannot take this message.');
put(cms, 'retry', [160], 'The service centre cannot act on the message now.');
put(cms, 'retry', [192], 'The service centre is busy.');
put(cms, 'carrier', [193], 'The SIM has no subscription at this service centre; check the service centre number.');
put(cms, 'retry', [194], 'The service centre has a system failure.');
put(cms, 'permanent', [195], 'The service centre says that the number is invalid.');
put(cms, 'permanent', [196], 'The operator bars this destination.');
put(cms, 'sent', [197], 'The service centre already has this message.');
put(cms, 'permanent', [198, 199], 'The service centre refuses the validity period.');
put(cms, 'retry', [...range(208, 213), 255], 'The SIM or the network reports a passing error.');
put(cms, 'retry', [300], 'The modem failed inside.');
put(cms, 'carrier', [301], 'Another program has reserved the message service of the modem.');
put(cms, 'wait', [302], 'The modem does not allow this now.');
put(cms, 'permanent', [303, 304, 305], 'The modem refuses the form of the message.');
put(cms, 'carrier', [310], 'There is no SIM in the modem.');
put(cms, 'carrier', [311, 316, 317, 318], 'The SIM is locked by a PIN or PUK.');
put(cms, 'carrier', [312], 'The modem is locked to another SIM.');
put(cms, 'carrier', [313], 'The SIM fails; take it out, clean it and put it back.');
put(cms, 'wait', [314], 'The SIM is busy.');
put(cms, 'carrier', [315], 'The modem does not accept this SIM.');
put(cms, 'storage', [320], 'The message memory fails.');
put(cms, 'storage', [321], 'There is no message at this place of the memory.');
put(cms, 'storage', [322], 'The message memory is full.');
put(cms, 'carrier', [330], 'The service centre number is not set; set it for this modem.');
put(cms, 'network', [331], 'There is no network.');
put(cms, 'unanswered', [332], 'The network did not answer in time.');
put(cms, 'ignore', [340], 'No acknowledgement was expected.');
put(cms, 'retry', [500], 'The modem gives no reason.');
put(cms, 'retry', [512, 513, 514, 528], 'The radio link failed while sending.');
put(cms, 'wait', [515], 'The modem is still starting.');
put(cms, 'wait', [517], 'The SIM is still being read.');

put(cme, 'retry', [3, 4, 100], 'The modem does not know or allow this command.');
put(cme, 'carrier', [5, 6, 7], 'The modem is locked to another SIM or phone.');
put(cme, 'carrier', [10], 'There is no SIM in the modem.');
put(cme, 'carrier', [11, 12, 16, 17, 18], 'The SIM is locked by a PIN or PUK.');
put(cme, 'carrier', [13], 'The SIM fails; take it out, clean it and put it back.');
put(cme, 'wait', [14], 'The SIM is busy.');
put(cme, 'carrier', [15], 'The modem does not accept this SIM.');
put(cme, 'storage', [20, 23], 'The memory of the modem is full or fails.');
put(cme, 'network', [30], 'There is no network.');
put(cme, 'unanswered', [31], 'The network did not answer in time.');
put(cme, 'carrier', [32], 'The network allows this SIM emergency calls only.');
put(cme, 'wait', [515], 'The modem is still starting.');

const unknown: ErrorClass = { kind: 'retry', message: 'The modem gives no reason.' };

/** Never fails: an error that no table knows is worth another try. */
export function classifyError(error: AtError): ErrorClass {
  if (error.code === null || error.family === 'plain') return unknown;
  return (error.family === 'cms' ? cms : cme).get(error.code) ?? unknown;
}

/** SIM not inserted: +CME ERROR: 10 (3GPP TS 27.007 §9.2.1), +CMS ERROR: 310 (TS 27.005 §3.2.5). */
export function isSimMissing({ family, code }: AtError): boolean {
  return (family === 'cme' && code === 10) || (family === 'cms' && code === 310);
}
