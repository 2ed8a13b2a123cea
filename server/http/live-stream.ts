import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock, Timer } from '../domain/ports.ts';
import type { BoxFeed } from './admin-services.ts';

const heartbeatMs = 15_000;
/** A page that does not read is cut off; it comes back and catches up. */
const mostUnsent = 1_000_000;

/** Server-sent events for the open pages. */
export class LiveStreams {
  readonly #feed: BoxFeed;
  readonly #clock: Clock;
  readonly #open = new Set<ServerResponse>();

  constructor(feed: BoxFeed, clock: Clock) {
    this.#feed = feed;
    this.#clock = clock;
  }

  /** @param admitted asked now and then; whoever is not let in any more hears nothing more. */
  serve(request: IncomingMessage, response: ServerResponse, admitted: () => boolean): void {
    response.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    });
    // The id alone is no event, yet a page that loses its connection before the first one can say where it was.
    response.write(`retry: 2000\nid: ${this.#feed.lastId}\n\n`);
    const last = Number(request.headers['last-event-id'] ?? Number.NaN);
    const end = this.#feed.listen(
      {
        send: (id, news) => {
          response.write(`id: ${id}\ndata: ${JSON.stringify(news)}\n\n`);
          if (response.writableLength > mostUnsent) response.destroy();
        },
      },
      Number.isSafeInteger(last) ? last : null,
    );
    this.#open.add(response);
    let timer: Timer = this.#beat(response, admitted, (next) => {
      timer = next;
    });
    response.once('close', () => {
      timer.cancel();
      end();
      this.#open.delete(response);
    });
  }

  closeAll(): void {
    for (const response of this.#open) response.end();
  }

  #beat(response: ServerResponse, admitted: () => boolean, renew: (timer: Timer) => void): Timer {
    return this.#clock.after(heartbeatMs, () => {
      if (!admitted()) {
        response.end();
        return;
      }
      response.write(': still here\n\n');
      renew(this.#beat(response, admitted, renew));
    });
  }
}
