import type { SubmitOutcome } from '../../../domain/carrier.ts';
import type { Reply } from '../link/connection.ts';
import { submitStatus } from './submit-status.ts';

/**
 * What an answer says about the carrier. slower: it asks to send slower. pause: something is wrong that sending on would not
 * help. check: the link may be dead. rebind: the session is not bound.
 */
export type Effect = 'none' | 'slower' | 'pause' | 'check' | 'rebind';

export interface Judgement {
  readonly outcome: SubmitOutcome;
  readonly effect: Effect;
}

/** Refusals in a row, of whatever messages, after which the SMSC is at fault and not they. */
const mostInARow = 5;

const unanswered: SubmitOutcome = {
  kind: 'uncertain',
  code: 'smpp.no_answer',
  message: 'The SMSC did not answer in time. It may or may not have been sent.',
};
const lost: SubmitOutcome = {
  kind: 'uncertain',
  code: 'smpp.link_lost',
  message: 'The connection was lost before the SMSC answered. It may or may not have been sent.',
};
const unsent: SubmitOutcome = {
  kind: 'retry',
  code: 'smpp.not_ready',
  message: 'The connection to the SMSC was lost.',
  afterMs: 1_000,
  carrierFault: true,
};
const strange: SubmitOutcome = {
  kind: 'uncertain',
  code: 'smpp.strange_answer',
  message: 'The answer of the SMSC cannot be read. It may or may not have been sent.',
};

/** Turns answers to submit_sm into outcomes. */
export class Judge {
  #refusals = 0;

  /** @param reference the journal's reference of a message id. */
  judge(reply: Reply, reference: (messageId: string) => string): Judgement {
    if (reply.kind === 'silent') return { outcome: unanswered, effect: 'check' };
    if (reply.kind === 'lost') return { outcome: lost, effect: 'none' };
    if (reply.kind === 'unsent') return { outcome: unsent, effect: 'none' };
    if (reply.status !== 0) return this.#refused(reply.status);
    if (reply.body.kind !== 'submitted') return { outcome: strange, effect: 'none' };
    this.#refusals = 0;
    return { outcome: { kind: 'accepted', reference: reference(reply.body.messageId) }, effect: 'none' };
  }

  #refused(commandStatus: number): Judgement {
    const { name: code, class: kind, message } = submitStatus(commandStatus);
    const retry = (carrierFault: boolean): SubmitOutcome => ({ kind: 'retry', code, message, carrierFault });
    switch (kind) {
      case 'rejected':
        return { outcome: { kind: 'rejected', code, message }, effect: 'none' };
      case 'throttled':
        return { outcome: retry(true), effect: 'slower' };
      case 'carrier':
        return { outcome: retry(true), effect: 'pause' };
      case 'unbound':
        return { outcome: retry(true), effect: 'rebind' };
      case 'again':
        this.#refusals += 1;
        return this.#refusals < mostInARow
          ? { outcome: retry(false), effect: 'none' }
          : { outcome: retry(true), effect: 'pause' };
    }
  }
}
