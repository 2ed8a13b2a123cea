import type { Clock } from '../../domain/ports.ts';
import { signatureHeader } from '../../domain/webhook-signature.ts';
import { hmacSha256Hex } from '../../platform/crypto.ts';
import type { WebhookAnswer, WebhookClient } from '../../platform/webhook-client.ts';
import type { Endpoint } from './endpoint-book.ts';
import { signingSecrets } from './endpoint-book.ts';

/** What is posted: `id` stays the same over all attempts, so that a receiver can drop what it has already seen. */
export interface WebhookMessage {
  readonly id: string;
  readonly name: string;
  readonly body: string;
}

/** Signs and posts one message to one endpoint. */
export class WebhookPoster {
  readonly #client: WebhookClient;
  readonly #clock: Clock;
  readonly #userAgent: string;

  constructor(client: WebhookClient, clock: Clock, userAgent: string) {
    this.#client = client;
    this.#clock = clock;
    this.#userAgent = userAgent;
  }

  /** Never rejects; settles within the client's total time-out. */
  post(endpoint: Endpoint, message: WebhookMessage): Promise<WebhookAnswer> {
    const now = this.#clock.now();
    const seconds = Math.floor(now / 1000);
    return this.#client.post({
      url: endpoint.url,
      headers: {
        'content-type': 'application/json',
        'user-agent': this.#userAgent,
        'x-webhook-id': message.id,
        'x-webhook-event': message.name,
        'x-webhook-timestamp': String(seconds),
        'x-webhook-signature': signatureHeader(seconds, message.body, signingSecrets(endpoint, now), hmacSha256Hex),
      },
      body: message.body,
    });
  }

  /** Aborts what is in flight and closes the connections. */
  close(): Promise<void> {
    return this.#client.close();
  }
}
