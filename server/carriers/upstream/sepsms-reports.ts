import type { ReportVerdict } from '../../domain/carrier.ts';

/** What a recipient's state over there means here (api-v2 §4, "Statuses"); null while nothing is known. */
export function verdictOf(drStatus: string): ReportVerdict | null {
  switch (drStatus) {
    case 'success':
      return 'delivered';
    case 'failed':
    case 'blocked':
    case 'cancelled':
      return 'failed';
    case 'expired':
      return 'expired';
    default:
      return null;
  }
}
