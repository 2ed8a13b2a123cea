/** From Ctrl-Z to the answer of AT+CMGS. 3GPP TS 27.005 §4.3. */

import { isAppError } from '../../domain/errors.ts';
import type { Clock } from '../../domain/ports.ts';
import { decodeSubmit } from '../tpdu/network-side.ts';
import { cms, ok, type Answer, type PromptRequest } from './answer.ts';
import { hasService, type ModemContext } from './context.ts';
import { takeCmsFault } from './faults.ts';
import type { SimulatedNetwork, SubmittedSms } from './network.ts';
import { tpduLength } from './routing.ts';

const invalidPdu = 304;
const noNetwork = 331;
const smscUnknown = 330;

type Draft = Omit<SubmittedSms, 'sequence' | 'reference' | 'at'>;

export interface SubmitterOptions {
  readonly clock: Clock;
  readonly modem: ModemContext;
  readonly network: SimulatedNetwork;
  readonly firstReference: number;
  /** The witness: called for every part the network took, before the modem answers. */
  readonly submitted: (sms: SubmittedSms) => void;
}

export class Submitter {
  readonly #options: SubmitterOptions;
  #reference: number;
  #sequence = 0;

  constructor(options: SubmitterOptions) {
    this.#options = options;
    this.#reference = options.firstReference;
  }

  /** Hands a body over; `answered` gets the answer in time, or null when the modem gives none. */
  submit(request: PromptRequest, body: string, answered: (answer: Answer | null) => void): void {
    const { power, profile, faults } = this.#options.modem;
    const draft = request.mode === 'pdu' ? readPdu(body, request.octets) : textDraft(request.destination, body);
    if (draft === null) {
      answered(cms(invalidPdu));
      return;
    }
    const half = (profile.partMs + faults.submitMs) / 2;
    power.after(half, () => {
      const mute = faults.noAnswerAfterPdu;
      const answer = mute === 'not-sent' ? null : this.#handOver(draft);
      power.after(half, () => answered(mute === null ? answer : null));
    });
  }

  #handOver(draft: Draft): Answer {
    const { modem, network, clock, submitted } = this.#options;
    if (!hasService(modem)) return cms(modem.sim.smsFault() ?? noNetwork);
    if (modem.smsc === '' && draft.pdu.startsWith('00')) return cms(smscUnknown);
    const refusal = takeCmsFault(modem.faults) ?? network.refusal(draft.destination, draft.text, draft.part);
    if (refusal !== null) return cms(refusal);
    const reference = this.#reference;
    this.#reference = (reference + 1) & 0xff;
    this.#sequence += 1;
    const sms: SubmittedSms = { ...draft, sequence: this.#sequence, reference, at: clock.now() };
    submitted(sms);
    network.submit(sms);
    return ok(`+CMGS: ${reference}`);
  }
}

function readPdu(body: string, octets: number): Draft | null {
  const pdu = body.replace(/[\r\n ]/g, '');
  if (!/^([0-9A-F]{2})+$/i.test(pdu) || tpduLength(pdu) !== octets) return null;
  try {
    const { destination, text, encoding, part, partCount, concatReference, requestReport, validityMs } =
      decodeSubmit(pdu);
    if (!/^[\d*#]{1,20}$/.test(destination)) return null;
    return { destination, text, encoding, part, partCount, concatReference, requestReport, validityMs, pdu };
  } catch (problem) {
    if (isAppError(problem, 'validation.failed')) return null;
    throw problem;
  }
}

function textDraft(destination: string, text: string): Draft {
  return {
    destination,
    text,
    encoding: 'gsm7',
    part: 1,
    partCount: 1,
    concatReference: null,
    requestReport: false,
    validityMs: null,
    pdu: '',
  };
}
