/** Optional parameters (SMPP 3.4 §5.3): tag, length, value. */

export const tag = {
  destPort: 0x020b,
  sarReference: 0x020c,
  sarTotal: 0x020e,
  sarPart: 0x020f,
  scInterfaceVersion: 0x0210,
  sourcePort: 0x020a,
  receiptedMessageId: 0x001e,
  networkErrorCode: 0x0423,
  messagePayload: 0x0424,
  messageState: 0x0427,
} as const;

export type Tlvs = ReadonlyMap<number, Uint8Array>;

export interface TlvStream {
  readonly tlvs: Tlvs;
  /** Whether the octets end within a parameter; those before it are kept. */
  readonly broken: boolean;
}

const noTlvs: TlvStream = { tlvs: new Map(), broken: false };

/** Reads parameters up to the end; of repeated ones the first counts. */
export function readTlvs(octets: Uint8Array): TlvStream {
  if (octets.length === 0) return noTlvs;
  const tlvs = new Map<number, Uint8Array>();
  let at = 0;
  while (at + 4 <= octets.length) {
    const name = uint16(octets, at);
    const end = at + 4 + uint16(octets, at + 2);
    if (end > octets.length) return { tlvs, broken: true };
    if (!tlvs.has(name)) tlvs.set(name, octets.subarray(at + 4, end));
    at = end;
  }
  return { tlvs, broken: at !== octets.length };
}

/** A parameter as text; ends at the first NUL, or at its end. */
export function tlvText(tlvs: Tlvs, name: number): string | null {
  const value = tlvs.get(name);
  if (value === undefined) return null;
  const end = value.indexOf(0);
  return String.fromCharCode(...value.subarray(0, Math.min(end < 0 ? value.length : end, longestText)));
}

/** A parameter as an unsigned number of one or two octets; null when it is absent or has another size. */
export function tlvNumber(tlvs: Tlvs, name: number): number | null {
  const value = tlvs.get(name);
  if (value === undefined || value.length < 1 || value.length > 2) return null;
  return value.length === 1 ? (value[0] ?? 0) : uint16(value, 0);
}

/** No text in a parameter is longer: a message id has 65 octets. */
const longestText = 256;

function uint16(octets: Uint8Array, at: number): number {
  return ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
}
