import type {
  DeliveryReport,
  HandedOver,
  ReportAsking,
  Submission,
  SubmitOutcome,
} from '../../server/domain/carrier.ts';
import { ScriptedCarrier } from '../fakes/scripted-carrier.ts';
import { uncertain } from '../fakes/store-box.ts';

/** A carrier that can be asked what became of hand-overs. */
export class TellingCarrier extends ScriptedCarrier {
  readonly asking: ReportAsking = { afterMs: 10_000, everyMs: 15_000 };
  /** Hand-overs that it was asked to clear up, in order. */
  readonly queried: Submission[] = [];
  /** References whose report was asked for, each with the time. */
  readonly asked: { readonly reference: string; readonly at: number }[] = [];
  /** What it knows about a hand-over; nothing at first. */
  known: SubmitOutcome = uncertain;
  report: DeliveryReport['verdict'] | null = null;
  readonly #now: () => number;

  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  query(submission: Submission): Promise<SubmitOutcome> {
    this.queried.push(submission);
    return Promise.resolve(this.known);
  }

  ask({ reference, msisdn }: HandedOver): Promise<DeliveryReport | null> {
    this.asked.push({ reference, at: this.#now() });
    if (this.report === null) return Promise.resolve(null);
    return Promise.resolve({ reference, msisdn, verdict: this.report, code: 'told', message: 'It says so.', at: null });
  }
}
