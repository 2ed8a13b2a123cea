/** TP-Status of delivery reports (3GPP TS 23.040 §9.2.3.15). */

import type { ReportVerdict } from '../../domain/carrier.ts';

export interface StatusMeaning {
  readonly verdict: ReportVerdict;
  readonly description: string;
}

const validityExpired = 0x46;

const descriptions: ReadonlyMap<number, string> = new Map([
  [0x00, 'Delivered to the phone'],
  [0x01, 'Forwarded to the phone; the network cannot confirm delivery'],
  [0x02, 'Replaced by a later message'],
  [0x20, 'The network is congested; it keeps trying'],
  [0x21, 'The phone is busy; the network keeps trying'],
  [0x22, 'The phone does not answer; the network keeps trying'],
  [0x23, 'Service rejected; the network keeps trying'],
  [0x24, 'Quality of service not available; the network keeps trying'],
  [0x25, 'Error in the phone; the network keeps trying'],
  [0x40, 'Remote procedure error'],
  [0x41, 'The number cannot receive this message'],
  [0x42, 'The recipient refused the connection'],
  [0x43, 'The number cannot be reached'],
  [0x44, 'Quality of service not available'],
  [0x45, 'No interworking with the recipient’s network'],
  [validityExpired, 'Not delivered within the validity period'],
  [0x47, 'Deleted by the sender'],
  [0x48, 'Deleted by the service centre'],
  [0x49, 'The network no longer knows the message'],
  [0x60, 'The network was congested and gave up'],
  [0x61, 'The phone was busy and the network gave up'],
  [0x62, 'The phone did not answer and the network gave up'],
  [0x63, 'Service rejected; the network gave up'],
  [0x64, 'Quality of service not available; the network gave up'],
  [0x65, 'Error in the phone; the network gave up'],
]);

/** What a status means for the message: `trying` is the only one that is not final. Reserved values of a range follow it. */
export function describeTpStatus(status: number): StatusMeaning {
  const verdict = verdictOf(status);
  return { verdict, description: descriptions.get(status) ?? fallbackDescription(status, verdict) };
}

function verdictOf(status: number): ReportVerdict {
  if (status < 0x20) return 'delivered';
  if (status < 0x40) return 'trying';
  return status === validityExpired ? 'expired' : 'failed';
}

function fallbackDescription(status: number, verdict: ReportVerdict): string {
  const number = `0x${status.toString(16).padStart(2, '0').toUpperCase()}`;
  if (verdict === 'delivered') return `Done, with the network’s own status ${number}`;
  if (verdict === 'trying') return `Not delivered yet (${number}); the network keeps trying`;
  return `Not delivered, with the network’s own status ${number}`;
}
