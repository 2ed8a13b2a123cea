import type { CarrierItem } from '../../../contract/carrier-forms.ts';
import type { Shown } from '../../admin-command.ts';
import { oneLine } from '../../text-table.ts';

function sentence(carrier: CarrierItem): string {
  // Reasons are whole sentences.
  const reason = carrier.reason === '' ? '' : ` ${oneLine(carrier.reason)}`;
  return `Carrier ${carrier.id} "${oneLine(carrier.name)}" (${carrier.kind}) is ${carrier.state}.${reason}\n`;
}

/** A carrier as one sentence. */
export function shown(answer: CarrierItem): Shown {
  return { answer, text: sentence(answer) };
}
