import type {
  Carrier,
  CarrierKind,
  CarrierState,
  CarrierStatus,
  Submission,
  SubmitOutcome,
} from '../../server/domain/carrier.ts';

export interface HandedOver {
  readonly submission: Submission;
  /** Lets the hand-over end; further calls do nothing. */
  answer(outcome: SubmitOutcome): void;
}

/** A carrier at the end of a test's strings: it takes what is handed over and answers as it is told. */
export class ScriptedCarrier implements Carrier {
  readonly kind: CarrierKind = 'modem';
  readonly splitting: 'parts' | 'whole' = 'parts';
  readonly reports = true;
  /** How many hand-overs it takes at once. */
  width = 1;
  state: CarrierState = 'ready';
  /** Answers at once with what this gives; null leaves the hand-over open until the test answers it. */
  script: (submission: Submission) => SubmitOutcome | null = () => null;
  readonly handed: HandedOver[] = [];
  /** The most hand-overs that were open at once. */
  mostOpen = 0;
  #open = 0;
  #waiting: (() => void)[] = [];

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.state = 'stopped';
    return Promise.resolve();
  }

  status(): CarrierStatus {
    return { state: this.state, reason: this.state === 'ready' ? '' : `it is ${this.state}`, facts: {} };
  }

  room(): number {
    return this.state === 'ready' ? Math.max(0, this.width - this.#open) : 0;
  }

  submit(submission: Submission): Promise<SubmitOutcome> {
    const { promise, resolve } = Promise.withResolvers<SubmitOutcome>();
    this.#open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.#open);
    let open = true;
    const answer = (outcome: SubmitOutcome): void => {
      if (!open) return;
      open = false;
      this.#open -= 1;
      resolve(outcome);
    };
    this.handed.push({ submission, answer });
    const scripted = this.state === 'ready' ? this.script(submission) : downAnswer;
    if (scripted !== null) answer(scripted);
    for (const wake of this.#waiting.splice(0)) wake();
    return promise;
  }

  get submissions(): readonly Submission[] {
    return this.handed.map((one) => one.submission);
  }

  /** Settles once `count` hand-overs have begun altogether; gives the last of them. */
  async arrival(count: number): Promise<HandedOver> {
    while (this.handed.length < count) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    const one = this.handed[count - 1];
    if (one === undefined) throw new Error('out of range');
    return one;
  }
}

const downAnswer: SubmitOutcome = { kind: 'retry', code: 'not_ready', message: 'It is not ready.', carrierFault: true };
