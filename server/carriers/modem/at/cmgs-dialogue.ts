import type { Clock, Timer } from '../../../domain/ports.ts';
import { errorText } from '../../../domain/errors.ts';
import { cmgsStart, cmgsStep } from './cmgs-machine.ts';
import type { CmgsAction, CmgsInput, CmgsPdu, CmgsResult, CmgsState, CmgsTimeouts } from './cmgs-machine.ts';
import type { Wire } from './wire.ts';

/** Runs the dialogue of `cmgs-machine.ts` on the wire. Settles within the sum of the time-outs; never rejects. */
export function runCmgs(wire: Wire, clock: Clock, pdu: CmgsPdu, times: CmgsTimeouts): Promise<CmgsResult> {
  return new Promise((resolve) => {
    new Dialogue(wire, clock, pdu, times, resolve).begin();
  });
}

class Dialogue {
  readonly #wire: Wire;
  readonly #clock: Clock;
  readonly #pdu: CmgsPdu;
  readonly #times: CmgsTimeouts;
  readonly #settle: (result: CmgsResult) => void;
  #state: CmgsState = cmgsStart;
  #timer: Timer | null = null;
  #settled = false;

  constructor(wire: Wire, clock: Clock, pdu: CmgsPdu, times: CmgsTimeouts, settle: (result: CmgsResult) => void) {
    this.#wire = wire;
    this.#clock = clock;
    this.#pdu = pdu;
    this.#times = times;
    this.#settle = settle;
  }

  begin(): void {
    this.#wire.listen({
      answering: ['CMGS'],
      token: (token) => {
        if (token.type === 'prompt') this.#feed({ type: 'prompt' });
        else if (token.type === 'line') this.#feed({ type: 'line', text: token.text });
      },
      restarted: () => this.#feed({ type: 'restarted' }),
      closed: (reason) => this.#feed({ type: 'closed', reason }),
    });
    this.#feed({ type: 'start' });
  }

  #feed(input: CmgsInput): void {
    if (this.#state.stage === 'done') return;
    const step = cmgsStep(this.#state, input, this.#pdu, this.#times);
    this.#state = step.state;
    for (const action of step.actions) this.#act(action);
    // A stream that answers within `write` has fed, and perhaps settled, in between.
    if (this.#state.stage !== 'done' || this.#settled) return;
    this.#settled = true;
    this.#timer?.cancel();
    this.#wire.unlisten();
    this.#settle(this.#state.result);
  }

  #act(action: CmgsAction): void {
    if (action.type === 'arm-prompt') {
      this.#wire.armPrompt(action.armed);
      return;
    }
    if (action.type === 'timer') {
      this.#timer?.cancel();
      this.#timer = this.#clock.after(action.ms, () => this.#feed({ type: 'timeout' }));
      return;
    }
    void this.#write(action.data, this.#state.stage);
  }

  async #write(data: string, stage: CmgsState['stage']): Promise<void> {
    try {
      await this.#wire.write(data);
    } catch (error) {
      this.#feed({ type: 'write-failed', reason: errorText(error) });
      return;
    }
    if (this.#state.stage === stage) this.#feed({ type: 'written' });
  }
}
