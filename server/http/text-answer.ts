import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServerResponse } from 'node:http';

/** A reader that takes longer is cut off. */
const longestMs = 60 * 60_000;

type Chunks = Iterable<string> | AsyncIterable<string | Uint8Array>;

/** An answer that is a file and no JSON, made while it is sent, so that its size does not matter. */
export class TextAnswer {
  readonly #contentType: string;
  readonly #fileName: string;
  readonly #chunks: Chunks;
  readonly #bytes: number | undefined;

  /**
   * @param options.chunks is read as fast as the caller reads.
   * @param options.bytes how many there are in all, where that is known.
   */
  constructor(options: {
    readonly contentType: string;
    readonly fileName: string;
    readonly chunks: Chunks;
    readonly bytes?: number;
  }) {
    this.#contentType = options.contentType;
    this.#fileName = options.fileName;
    this.#chunks = options.chunks;
    this.#bytes = options.bytes;
  }

  /** Resolves when the caller has all of it. @throws what making it throws, or when the caller went away or took too long. */
  async send(response: ServerResponse): Promise<void> {
    response.writeHead(200, {
      'Content-Type': this.#contentType,
      'Content-Disposition': attachment(this.#fileName),
      'Cache-Control': 'no-store',
      ...(this.#bytes === undefined ? {} : { 'Content-Length': this.#bytes }),
    });
    await pipeline(Readable.from(this.#chunks, { objectMode: false }), response, {
      signal: AbortSignal.timeout(longestMs),
    });
  }
}

/** A name in other letters than English ones goes beside one that every browser reads (RFC 6266 §4.3). */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w.-]+/gu, '_');
  const whole = plain === name ? '' : `; filename*=UTF-8''${encodeURIComponent(name)}`;
  return `attachment; filename="${plain}"${whole}`;
}
