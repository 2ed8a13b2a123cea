/** TP-DCS: alphabet, message class and message-waiting indications (3GPP TS 23.038 §4). */

export type Alphabet = 'gsm7' | 'ucs2' | 'binary';
export type WaitingKind = 'voice' | 'fax' | 'email' | 'other';

export interface DataCoding {
  readonly alphabet: Alphabet;
  /** 0 is shown at once and not stored ("flash"). */
  readonly messageClass: number | null;
  /** Message-waiting indication. */
  readonly waiting: { readonly kind: WaitingKind; readonly active: boolean } | null;
  /** The text of the indication need not be kept. */
  readonly discard: boolean;
}

const waitingKinds = ['voice', 'fax', 'email', 'other'] as const;

/** TP-DCS for a text without class. */
export function encodeDcs(alphabet: 'gsm7' | 'ucs2'): number {
  return alphabet === 'gsm7' ? 0x00 : 0x08;
}

/** Name of the low two bits that say what waits. */
export function waitingKind(bits: number): WaitingKind {
  return waitingKinds[bits & 3] ?? 'other';
}

/** What an octet says. Reserved codings are the default alphabet, as §4 demands; compressed text is left as binary. */
export function decodeDcs(dcs: number): DataCoding {
  const group = dcs >> 4;
  if (group <= 7) return decodeGeneral(dcs);
  if (group >= 0xc && group <= 0xe) {
    return {
      alphabet: group === 0xe ? 'ucs2' : 'gsm7',
      messageClass: null,
      waiting: { kind: waitingKind(dcs), active: (dcs & 0x08) !== 0 },
      discard: group === 0xc,
    };
  }
  if (group === 0xf) {
    return { alphabet: (dcs & 4) === 0 ? 'gsm7' : 'binary', messageClass: dcs & 3, waiting: null, discard: false };
  }
  return { alphabet: 'gsm7', messageClass: null, waiting: null, discard: false };
}

function decodeGeneral(dcs: number): DataCoding {
  const compressed = (dcs & 0x20) !== 0;
  return {
    alphabet: compressed ? 'binary' : generalAlphabet(dcs),
    messageClass: (dcs & 0x10) === 0 ? null : dcs & 3,
    waiting: null,
    discard: false,
  };
}

function generalAlphabet(dcs: number): Alphabet {
  const bits = (dcs >> 2) & 3;
  if (bits === 1) return 'binary';
  return bits === 2 ? 'ucs2' : 'gsm7';
}
