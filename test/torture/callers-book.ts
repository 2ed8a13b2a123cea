import { z } from 'zod';
import type { BoxProcess } from './box-process.ts';
import type { PlannedRequest } from './life-plan.ts';

const sendAnswer = z.object({
  result: z.object({ uuid: z.uuid(), totalMsisdn: z.number(), totalCredit: z.number(), status: z.string() }),
});

export interface Promised {
  readonly request: PlannedRequest;
  readonly uuid: string;
  readonly totalMsisdn: number;
  readonly totalCredit: number;
}

/** What callers were told: the book that the box has to live up to. */
export class CallersBook {
  /** Answered 200, by id. */
  readonly promised = new Map<string, Promised>();
  /** Asked, and the connection broke before an answer: these may be there or not. */
  readonly inDoubt = new Set<string>();
  /** Answered with something else than 200; there is no reason for any. */
  readonly refused: string[] = [];

  /** Sends one request and writes down how it ended. Never rejects. */
  async send(box: BoxProcess, request: PlannedRequest, key: string): Promise<void> {
    let reply: Awaited<ReturnType<BoxProcess['post']>>;
    this.inDoubt.add(request.id);
    try {
      reply = await box.post('/message/send', key, request.body);
    } catch {
      // The box was killed under the request.
      return;
    }
    this.inDoubt.delete(request.id);
    const parsed = sendAnswer.safeParse(reply.answer);
    if (reply.status !== 200 || !parsed.success) {
      this.refused.push(`${request.id}: ${reply.status} ${JSON.stringify(reply.answer)}`);
      return;
    }
    this.promised.set(request.id, { request, ...parsed.data.result });
  }
}
