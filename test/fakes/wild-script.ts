import type { SaidFault } from './wild-line.ts';

/** Where in the dialogue of AT+CMGS the modem is unplugged or restarts. */
export const sendSteps = ['command', 'prompt', 'first-octet', 'body', 'ctrl-z', 'taken', 'reference', 'ok'] as const;
export type SendStep = (typeof sendSteps)[number];

/** How one AT+CMGS goes. */
export interface SendPlan {
  /** `mute`: it waits for the PDU without saying so; `deaf`: the command got lost; else the error in place of a prompt. */
  readonly prompt: 'yes' | 'mute' | 'deaf' | { readonly error: string };
  readonly promptText: string;
  readonly promptMs: number;
  /** The network takes it, or the modem refuses it with an error; null for no answer at all. */
  readonly fate: { readonly taken: true } | { readonly taken: false; readonly error: string | null };
  /** What is said of a part that was taken. */
  readonly answer: 'normal' | 'ok-first' | 'no-ok' | 'no-reference' | 'nothing' | 'network-timeout';
  readonly answerMs: number;
  /** What nobody asked for: in front of the prompt, at the body, in front of the answer, within it, behind it. */
  readonly asides: readonly [string[], string[], string[], string[], string[]];
  readonly fault: SaidFault;
  readonly accident: { readonly at: SendStep; readonly kind: 'unplug' | 'restart' } | null;
}

/** One part that the network has. */
export interface Taken {
  readonly destination: string;
  readonly text: string;
  readonly reference: number;
}

export interface WildScript {
  readonly maker: string;
  readonly model: string;
  readonly echo: boolean;
  /** It falls back to text mode when it restarts, as Quectel modems do. */
  readonly textModeAtStart: boolean;
  readonly firstReference: number;
  /** For one AT+CMGS each, in their order; then all goes well. */
  readonly sends: readonly SendPlan[];
  /** For one command about the memories each. */
  readonly reads: readonly SaidFault[];
  /** For one other command each, in their order; then all goes well. */
  readonly answers: readonly SaidFault[];
}

export const fine: SaidFault = { lateMs: 0, missing: false, cuts: [], garble: null, aside: null };
export const finePlan: SendPlan = {
  prompt: 'yes',
  promptText: '\r\n> ',
  promptMs: 0,
  fate: { taken: true },
  answer: 'normal',
  answerMs: 0,
  asides: [[], [], [], [], []],
  fault: fine,
  accident: null,
};
