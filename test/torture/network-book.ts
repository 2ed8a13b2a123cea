import type { SubmittedSms } from '../../server/carriers/simulator/network.ts';
import { idOf } from './life-plan.ts';

/** What the simulated network really took, kept outside the box. */
export class NetworkBook {
  readonly #taken = new Map<string, number>();
  /** Parts that carry no id; there should be none. */
  readonly strange: string[] = [];
  parts = 0;

  readonly add = (sms: Pick<SubmittedSms, 'text' | 'destination' | 'part' | 'partCount'>): void => {
    this.parts += 1;
    const id = idOf(sms.text);
    if (id === null) {
      this.strange.push(`part ${sms.part} of ${sms.partCount} to ${sms.destination}`);
      return;
    }
    const key = keyOf(id, sms.destination, sms.part);
    this.#taken.set(key, (this.#taken.get(key) ?? 0) + 1);
  };

  /** How often the network took this part. */
  times(id: string, msisdn: string, part: number): number {
    return this.#taken.get(keyOf(id, msisdn, part)) ?? 0;
  }

  /** Everything that was taken, with the number of times. */
  *entries(): Iterable<{ id: string; msisdn: string; part: number; times: number }> {
    for (const [key, times] of this.#taken) {
      const [id = '', msisdn = '', part = ''] = key.split('/');
      yield { id, msisdn, part: Number(part), times };
    }
  }
}

function keyOf(id: string, msisdn: string, part: number): string {
  return `${id}/${msisdn}/${part}`;
}
