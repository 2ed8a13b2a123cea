import type { ServerResponse } from 'node:http';
import { once } from 'node:events';

/** A file that an operation answers, piece by piece. */
export class Download {
  readonly name: string;
  readonly type: string;
  readonly pieces: AsyncIterable<string>;

  constructor(options: { readonly name: string; readonly type: string; readonly pieces: AsyncIterable<string> }) {
    this.name = options.name;
    this.type = options.type;
    this.pieces = options.pieces;
  }
}

/** Sends a file no faster than it is taken; whoever goes away ends it. */
export async function sendDownload(response: ServerResponse, { name, type, pieces }: Download): Promise<void> {
  const plain = name.replaceAll(/[^\w.-]+/gu, '_');
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
    'Cache-Control': 'no-store',
  });
  const closed = once(response, 'close');
  for await (const piece of pieces) {
    if (response.destroyed) return;
    if (!response.write(piece)) await Promise.race([once(response, 'drain'), closed]);
  }
  response.end();
}
