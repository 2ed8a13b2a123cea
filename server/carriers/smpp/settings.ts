/** How an SMPP account is used; what a contract with a carrier says, and what its SMSC is like. */
export interface SmppSettings {
  /** Where it is, for the operator. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly addressRange: string;
  /** One session for both directions, or one session for each. */
  readonly bind: 'transceiver' | 'pair';
  /** Submissions that may be without an answer at one time. */
  readonly window: number;
  /** Parts a second at the most; null for as many as the SMSC takes. */
  readonly partsPerSecond: number | null;
  /**
   * How long texts go: cut by the box with a header in the text (`udh`) or parameters beside it (`sar`), or whole, to be
   * cut by the SMSC (`payload`).
   */
  readonly longText: 'udh' | 'sar' | 'payload';
  /** What the SMSC takes data_coding 0 for. */
  readonly defaultAlphabet: 'gsm7' | 'latin1';
  /** Fixed types and plans of addresses; null for what the address looks like. */
  readonly sourceType: AddressType | null;
  readonly destType: AddressType;
  readonly serviceType: string;
  /** Whether delivery receipts are asked for. */
  readonly receipts: boolean;
  /** How the end of validity is told. */
  readonly validity: 'relative' | 'absolute' | 'none';
  readonly receiptIds: ReceiptIdForm;
  /** Minutes that the SMSC's clock in receipts is ahead of UTC; null when nobody knows. */
  readonly receiptZone: number | null;
  /** Whether query_sm may be asked. */
  readonly query: boolean;
  /** Silence after which the link is tried, in milliseconds. */
  readonly enquireMs: number;
}

export interface AddressType {
  readonly ton: number;
  readonly npi: number;
}

/**
 * The form of message ids in answers, then in receipts. `same` is the same number or word in both, whatever its case and
 * leading zeros; `auto` finds out.
 */
export const receiptIdForms = ['same', 'hex-decimal', 'decimal-hex', 'auto'] as const;
export type ReceiptIdForm = (typeof receiptIdForms)[number];
