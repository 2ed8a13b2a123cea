import { createHmac } from 'node:crypto';
import type { Clock } from '../../server/domain/ports.ts';

/** The box whose carrier it is, as far as the far end has to do with it. */
interface BoxAround {
  readonly url: string;
  readonly admin: (
    method: string,
    path: string,
    body: unknown,
  ) => Promise<{ readonly body: Readonly<Record<string, unknown>> }>;
}

const secret = 'whsec_far_end';

/** Another SEPSMS that a box has as a carrier, as far as texts come in by it: signed webhooks over HTTP. */
export class FarEnd {
  readonly carrierId: number;
  readonly #url: string;
  readonly #clock: Clock;
  #texts = 0;

  private constructor(carrierId: number, url: string, clock: Clock) {
    this.carrierId = carrierId;
    this.#url = url;
    this.#clock = clock;
  }

  /** Adds it to a box as a carrier; nothing can be sent by it. */
  static async of(box: BoxAround, clock: Clock, name = 'Far end'): Promise<FarEnd> {
    // Nobody listens at this port: what is to be sent by it waits.
    const form = { kind: 'upstream', name, url: 'https://127.0.0.1:9', key: 'k', webhookSecret: secret };
    const { body } = await box.admin('POST', '/carriers', form);
    const facts = body['facts'] as Readonly<Record<string, unknown>>;
    return new FarEnd(Number(body['id']), `${box.url}${String(facts['callback'])}`, clock);
  }

  /** Somebody writes to the box. @returns the HTTP status. */
  async text(from: string, text: string): Promise<number> {
    this.#texts += 1;
    const now = this.#clock.now();
    const receivedAt = new Date(now).toISOString();
    const body = JSON.stringify({ uuid: `far-${this.carrierId}-${this.#texts}`, from, to: null, text, receivedAt });
    const seconds = Math.floor(now / 1000);
    const v1 = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
    const headers = { 'x-webhook-event': 'sms.received', 'x-webhook-signature': `t=${seconds},v1=${v1}` };
    return (await fetch(this.#url, { method: 'POST', body, headers })).status;
  }
}
