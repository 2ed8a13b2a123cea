import { parseFinalResult } from './final-result.ts';
import type { AtError } from './final-result.ts';

/**
 * The dialogue that sends one PDU (3GPP TS 27.005 §4.3): command, prompt, body and Ctrl-Z, `+CMGS: <mr>`, `OK`.
 * A pure function of state and input: no timers, no I/O; `cmgs-dialogue.ts` carries its actions out.
 */
export type CmgsState =
  | { readonly stage: 'idle' }
  | { readonly stage: 'command' }
  | { readonly stage: 'escape'; readonly result: CmgsResult }
  | { readonly stage: 'body' }
  | { readonly stage: 'end' }
  | { readonly stage: 'answer' }
  | { readonly stage: 'reference' }
  | { readonly stage: 'ok'; readonly reference: number }
  | { readonly stage: 'done'; readonly result: CmgsResult };

export type CmgsInput =
  | { readonly type: 'start' }
  | { readonly type: 'prompt' }
  | { readonly type: 'line'; readonly text: string }
  /** The write asked for last is on the wire. */
  | { readonly type: 'written' }
  | { readonly type: 'write-failed'; readonly reason: string }
  | { readonly type: 'timeout' }
  | { readonly type: 'closed'; readonly reason: string }
  /** The modem started anew in the middle. */
  | { readonly type: 'restarted' };

export type CmgsAction =
  | { readonly type: 'write'; readonly data: string }
  /** Replaces the running timer. */
  | { readonly type: 'timer'; readonly ms: number }
  | { readonly type: 'arm-prompt'; readonly armed: boolean };

/** How the dialogue ended; `resync` asks for ESC and AT before the next command. */
export type CmgsResult =
  | { readonly kind: 'accepted'; readonly reference: number; readonly resync: boolean }
  /** `left` tells that Ctrl-Z was or may have been written before. */
  | { readonly kind: 'refused'; readonly error: AtError; readonly left: boolean; readonly resync: boolean }
  | { readonly kind: 'not-sent'; readonly cause: CmgsCause; readonly resync: boolean }
  | { readonly kind: 'uncertain'; readonly cause: CmgsCause; readonly resync: boolean };

export type CmgsCause =
  | 'no-turn'
  | 'no-pdu-mode'
  | 'no-prompt'
  | 'no-answer'
  | 'no-reference'
  | 'body-stuck'
  | 'write-failed'
  | 'closed'
  | 'restarted';

export interface CmgsPdu {
  readonly hex: string;
  /** Octets of the TPDU, without those of the service centre. */
  readonly tpduLength: number;
}

export interface CmgsTimeouts {
  readonly promptMs: number;
  /** From Ctrl-Z to `+CMGS`. */
  readonly answerMs: number;
  /** From `+CMGS` to `OK`. */
  readonly finalMs: number;
  /** What the modem gets to leave the prompt after ESC. */
  readonly escapeMs: number;
}

export interface CmgsStep {
  readonly state: CmgsState;
  readonly actions: readonly CmgsAction[];
}

export const ctrlZ = '\u001A';
export const escape = '\u001B';

export const cmgsStart: CmgsState = { stage: 'idle' };

/** Tells whether the message may already be on its way: Ctrl-Z was or may have been written. */
export function mayHaveLeft(state: CmgsState): boolean {
  return state.stage === 'end' || state.stage === 'answer' || state.stage === 'reference' || state.stage === 'ok';
}

/** One step of the dialogue. After `done` nothing changes any more. */
export function cmgsStep(state: CmgsState, input: CmgsInput, pdu: CmgsPdu, times: CmgsTimeouts): CmgsStep {
  if (state.stage === 'done') return { state, actions: [] };
  if (state.stage === 'escape') return stepEscape(state, input);
  switch (input.type) {
    case 'start':
      return state.stage === 'idle' ? begin(pdu, times) : stay(state);
    case 'prompt':
      return state.stage === 'command' ? writeBody(pdu, times) : stay(state);
    case 'written':
      return stepWritten(state, times);
    case 'line':
      return stepLine(state, input.text, times);
    case 'timeout':
      return stepTimeout(state, times);
    case 'write-failed':
      return done(broken(state, 'write-failed', true));
    case 'closed':
      return done(broken(state, 'closed', false));
    case 'restarted':
      return done(broken(state, 'restarted', true));
  }
}

function stay(state: CmgsState): CmgsStep {
  return { state, actions: [] };
}

function done(result: CmgsResult): CmgsStep {
  return { state: { stage: 'done', result }, actions: [{ type: 'arm-prompt', armed: false }] };
}

function begin(pdu: CmgsPdu, times: CmgsTimeouts): CmgsStep {
  return {
    state: { stage: 'command' },
    actions: [
      { type: 'arm-prompt', armed: true },
      { type: 'timer', ms: times.promptMs },
      { type: 'write', data: `AT+CMGS=${pdu.tpduLength}\r` },
    ],
  };
}

/** Body and Ctrl-Z are two writes, so that a body which never got out is known not to have been sent. */
function writeBody(pdu: CmgsPdu, times: CmgsTimeouts): CmgsStep {
  return {
    state: { stage: 'body' },
    actions: [
      { type: 'timer', ms: times.promptMs },
      { type: 'write', data: pdu.hex },
    ],
  };
}

function stepWritten(state: CmgsState, times: CmgsTimeouts): CmgsStep {
  if (state.stage === 'body') {
    return {
      state: { stage: 'end' },
      actions: [
        { type: 'timer', ms: times.answerMs },
        { type: 'write', data: ctrlZ },
      ],
    };
  }
  return state.stage === 'end' ? { state: { stage: 'answer' }, actions: [] } : stay(state);
}

function stepLine(state: CmgsState, text: string, times: CmgsTimeouts): CmgsStep {
  const reference = /^\+CMGS:\s*"?(\d{1,3})\b/.exec(text)?.[1];
  if (reference !== undefined) return stepReference(state, Number(reference), times);
  const final = parseFinalResult(text);
  if (final === null) return stay(state);
  if (!final.ok) {
    if (state.stage === 'ok') return done({ kind: 'accepted', reference: state.reference, resync: true });
    if (state.stage === 'reference') return done({ kind: 'uncertain', cause: 'no-reference', resync: true });
    const left = mayHaveLeft(state);
    // An error of something older leaves a prompt behind, into which the next command would run.
    return done({ kind: 'refused', error: final.error, left, resync: !left });
  }
  if (state.stage === 'ok') return done({ kind: 'accepted', reference: state.reference, resync: false });
  // An OK in front of the prompt belongs to something older; one behind Ctrl-Z may stand before its +CMGS.
  if (state.stage !== 'answer' && state.stage !== 'end') return stay(state);
  return { state: { stage: 'reference' }, actions: [{ type: 'timer', ms: times.finalMs }] };
}

function stepReference(state: CmgsState, reference: number, times: CmgsTimeouts): CmgsStep {
  if (state.stage === 'reference') return done({ kind: 'accepted', reference, resync: false });
  if (state.stage !== 'answer' && state.stage !== 'end') return stay(state);
  return { state: { stage: 'ok', reference }, actions: [{ type: 'timer', ms: times.finalMs }] };
}

function stepTimeout(state: CmgsState, times: CmgsTimeouts): CmgsStep {
  switch (state.stage) {
    case 'command':
      return leavePrompt({ kind: 'not-sent', cause: 'no-prompt', resync: true }, times);
    case 'body':
      return leavePrompt({ kind: 'not-sent', cause: 'body-stuck', resync: true }, times);
    case 'end':
    case 'answer':
      return done({ kind: 'uncertain', cause: 'no-answer', resync: true });
    case 'reference':
      return done({ kind: 'uncertain', cause: 'no-reference', resync: true });
    case 'ok':
      return done({ kind: 'accepted', reference: state.reference, resync: true });
    case 'idle':
    case 'escape':
    case 'done':
      return stay(state);
  }
}

/** ESC takes the modem out of a prompt that comes late; nothing has been sent, so the rest only waits. */
function leavePrompt(result: CmgsResult, times: CmgsTimeouts): CmgsStep {
  return {
    state: { stage: 'escape', result },
    actions: [
      { type: 'arm-prompt', armed: false },
      { type: 'timer', ms: times.escapeMs },
      { type: 'write', data: escape },
    ],
  };
}

function stepEscape(state: Extract<CmgsState, { stage: 'escape' }>, input: CmgsInput): CmgsStep {
  const over = input.type === 'timeout' || input.type === 'closed' || input.type === 'write-failed';
  return over ? done(state.result) : stay(state);
}

function broken(state: CmgsState, cause: CmgsCause, resync: boolean): CmgsResult {
  if (state.stage === 'ok') return { kind: 'accepted', reference: state.reference, resync };
  return { kind: mayHaveLeft(state) ? 'uncertain' : 'not-sent', cause, resync };
}
