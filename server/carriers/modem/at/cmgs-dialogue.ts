import type { Clock, Timer } from '../../../domain/ports.ts';
import { errorText } from '../../../domain/errors.ts';
import { cmgsStart, cmgsStep } from './cmgs-machine.ts';
import type { CmgsAction, CmgsInput, CmgsPdu, CmgsResult, CmgsState, CmgsTimeouts } from './cmgs-machine.ts';
import { delay } from '../../../platform/pause.ts';
import type { Wire } from './wire.ts';

/** Runs the dialogue of `cmgs-machine.ts` on the wire. Settles within the sum of the time-outs; never rejects. */
export function runCmgs(
  wire: Wire,
  clock: Clock,
  pdu: CmgsPdu,
  times: CmgsTimeouts,
  pieces: BodyPieces | null = null,
): Promise<CmgsResult> {
  return new Promise((resolve) => {
    new Dialogue({ wire, clock, pdu, times, pieces, settle: resolve }).begin();
  });
}

/** How a body is written to a modem that does not take it in one go. */
export interface BodyPieces {
  readonly octets: number;
  readonly pauseMs: number;
}

interface DialogueOptions {
  readonly wire: Wire;
  readonly clock: Clock;
  readonly pdu: CmgsPdu;
  readonly times: CmgsTimeouts;
  readonly pieces: BodyPieces | null;
  readonly settle: (result: CmgsResult) => void;
}

class Dialogue {
  readonly #options: DialogueOptions;
  readonly #wire: Wire;
  #state: CmgsState = cmgsStart;
  #timer: Timer | null = null;
  #settled = false;

  constructor(options: DialogueOptions) {
    this.#options = options;
    this.#wire = options.wire;
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
    const { pdu, times } = this.#options;
    const step = cmgsStep(this.#state, input, pdu, times);
    this.#state = step.state;
    for (const action of step.actions) this.#act(action);
    // A stream that answers within `write` has fed, and perhaps settled, in between.
    if (this.#state.stage !== 'done' || this.#settled) return;
    this.#settled = true;
    this.#timer?.cancel();
    this.#wire.unlisten();
    this.#options.settle(this.#state.result);
  }

  #act(action: CmgsAction): void {
    if (action.type === 'arm-prompt') {
      this.#wire.armPrompt(action.armed);
      return;
    }
    if (action.type === 'timer') {
      this.#timer?.cancel();
      this.#timer = this.#options.clock.after(action.ms, () => this.#feed({ type: 'timeout' }));
      return;
    }
    void this.#write(action.data, this.#state.stage);
  }

  async #write(data: string, stage: CmgsState['stage']): Promise<void> {
    try {
      for (const [at, piece] of this.#piecesOf(data, stage).entries()) {
        if (at > 0) await delay(this.#options.clock, this.#options.pieces?.pauseMs ?? 0);
        // Given up meanwhile: what would follow would be taken for a command.
        if (this.#state.stage !== stage) return;
        await this.#wire.write(piece);
      }
    } catch (error) {
      this.#feed({ type: 'write-failed', reason: errorText(error) });
      return;
    }
    if (this.#state.stage === stage) this.#feed({ type: 'written' });
  }

  #piecesOf(data: string, stage: CmgsState['stage']): readonly string[] {
    const { pieces } = this.#options;
    if (pieces === null || stage !== 'body') return [data];
    const count = Math.ceil(data.length / pieces.octets);
    return Array.from({ length: count }, (_, at) => data.slice(at * pieces.octets, (at + 1) * pieces.octets));
  }
}
