/** Texts from phones: deliver_sm and data_sm that are no receipts (SMPP 3.4 §4.6, §4.7). */

import type { InboundPart } from '../../../domain/carrier.ts';
import { octetsToHex } from '../../tpdu/octets.ts';
import { decodeHeader } from '../../tpdu/user-data.ts';
import type { Delivery } from '../pdu/decode.ts';
import { tag, tlvNumber } from '../pdu/tlv.ts';
import type { SmppSettings } from '../settings.ts';
import { decodeText } from '../text/data-coding.ts';

const esmUdh = 0x40;
/** Octets kept of what is no text. */
const mostRaw = 512;

/** One text, or one part of it. Pictures, settings and other binary data have no text; their octets stay as hex. SMPP tells no time of sending. */
export function readInbound(delivery: Delivery, alphabet: SmppSettings['defaultAlphabet']): InboundPart {
  const { tlvs, shortMessage, esmClass, dataCoding } = delivery;
  const octets = tlvs.get(tag.messagePayload) ?? shortMessage;
  const headerEnd = (esmClass & esmUdh) === 0 || octets.length === 0 ? 0 : 1 + (octets[0] ?? 0);
  // A header that is longer than the message is none, and then nobody knows where the text begins.
  const damaged = headerEnd > octets.length;
  const header = damaged || headerEnd === 0 ? null : decodeHeader(octets.subarray(1, headerEnd)).concat;
  const text = damaged ? null : decodeText(octets.subarray(headerEnd), dataCoding, alphabet);
  return {
    from: delivery.source.address.replace(/^\+/u, ''),
    to: delivery.dest.address === '' ? null : delivery.dest.address.replace(/^\+/u, ''),
    text: text ?? '',
    sentAt: null,
    concat:
      header === null
        ? sarParts(delivery)
        : { reference: header.reference, part: header.part, partCount: header.partCount },
    raw: octetsToHex(octets.subarray(0, mostRaw)),
  };
}

/** §5.3.2.22–24. Numbers out of range void them, as in a header. */
function sarParts({ tlvs }: Delivery): InboundPart['concat'] {
  const reference = tlvNumber(tlvs, tag.sarReference);
  const partCount = tlvNumber(tlvs, tag.sarTotal) ?? 0;
  const part = tlvNumber(tlvs, tag.sarPart) ?? 0;
  if (reference === null || partCount < 2 || partCount > 255 || part < 1 || part > partCount) return null;
  return { reference, part, partCount };
}
