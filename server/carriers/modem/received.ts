import type { CarrierHost } from '../../domain/carrier.ts';
import { errorText, isAppError } from '../../domain/errors.ts';
import type { Clock, Logger } from '../../domain/ports.ts';
import { decodeFromNetwork } from '../tpdu/network-pdu.ts';
import { within } from '../../platform/pause.ts';
import type { DeliverPdu, NetworkPdu, StatusReportPdu } from '../tpdu/network-pdu.ts';

/** What became of a PDU from the modem; `failed` means that the modem should keep it. */
export type Received = 'message' | 'report' | 'nothing' | 'failed';

export interface ReceiveContext {
  readonly host: CarrierHost;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What the box gets to store a message before the modem keeps it for later. */
const storeMs = 30_000;
/** More hex than any PDU has, so that a mad modem does not fill the store. */
const longestRaw = 1024;

/** Where a PDU came from, which counts only while it cannot be read. */
export type Source = 'message' | 'report';

/**
 * Gives one PDU to the box: what it is, its message type tells, never the memory or indication it came with. A message that
 * cannot be read is kept as raw hex, so that it neither blocks the memory nor is lost. Rejects when the box cannot store.
 */
async function receivePdu(hex: string, source: Source, context: ReceiveContext): Promise<Received> {
  const pdu = decode(hex);
  if (pdu === null) {
    context.log.warn('modem.pdu_unreadable', { length: hex.length, source });
    if (source === 'report') return 'nothing';
    await keepRaw(hex, context);
    return 'message';
  }
  if (pdu.type === 'status-report') {
    await context.host.report(toReport(pdu));
    return 'report';
  }
  if (pdu.silent) return 'nothing';
  await context.host.inbound(toInbound(pdu, hex));
  return 'message';
}

/** As `receivePdu`, but never rejects: what the box cannot store, or not in time, has `failed`. */
export async function storePdu(hex: string, source: Source, context: ReceiveContext): Promise<Received> {
  const { clock, log } = context;
  try {
    return await within(clock, storeMs, receivePdu(hex, source, context), 'failed' as const);
  } catch (error) {
    log.error('modem.inbound_not_stored', { error: errorText(error) });
    return 'failed';
  }
}

/** Whether a PDU can be understood. */
export function isReadable(hex: string): boolean {
  return decode(hex) !== null;
}

function decode(hex: string): NetworkPdu | null {
  try {
    return decodeFromNetwork(hex);
  } catch (error) {
    if (isAppError(error, 'validation.failed')) return null;
    throw error;
  }
}

function keepRaw(hex: string, { host }: ReceiveContext): Promise<void> {
  const raw = hex.slice(0, longestRaw);
  return host.inbound({ from: '', to: null, text: '', sentAt: null, concat: null, raw });
}

function toInbound(pdu: DeliverPdu, raw: string): Parameters<CarrierHost['inbound']>[0] {
  const concat =
    pdu.concat === null
      ? null
      : { reference: pdu.concat.reference, part: pdu.concat.part, partCount: pdu.concat.partCount };
  return {
    from: pdu.from,
    to: null,
    text: pdu.text,
    sentAt: pdu.sentAt,
    concat,
    raw: raw.toUpperCase(),
  };
}

function toReport(pdu: StatusReportPdu): Parameters<CarrierHost['report']>[0] {
  const status = pdu.status.toString(16).padStart(2, '0').toUpperCase();
  return {
    reference: String(pdu.reference),
    msisdn: pdu.recipient,
    verdict: pdu.verdict,
    code: `TP-Status 0x${status}`,
    message: pdu.description,
    at: pdu.doneAt,
  };
}
