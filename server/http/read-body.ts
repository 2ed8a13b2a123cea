import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { AppError } from '../domain/errors.ts';

/** From this size on a body is parsed away from the event loop. */
const largeFrom = 2 * 1024 * 1024;

export interface BodyLimits {
  readonly maxBodyBytes: () => number;
  /** Parses a large JSON text without holding the event loop. */
  readonly parseLarge: (bytes: Uint8Array) => Promise<unknown>;
}

function tooLarge(most: number): AppError {
  return new AppError('request.too_large', `The body is larger than ${most} bytes. Split the request.`);
}

/**
 * Reads a JSON body.
 * @throws AppError `request.unsupported_media_type`, `request.too_large`, `request.invalid_json`, `request.timeout`.
 */
export async function readJsonBody(request: IncomingMessage, limits: BodyLimits): Promise<unknown> {
  const most = limits.maxBodyBytes();
  const type = request.headers['content-type'] ?? '';
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (!/^application\/(?:[\w.-]+\+)?json(?:\s*;|$)/iu.test(type) || encoding !== 'identity') {
    throw new AppError(
      'request.unsupported_media_type',
      'The body must be JSON, sent with Content-Type: application/json.',
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const bytes = await readBytes(request, most);
  if (bytes.length > largeFrom) return await limits.parseLarge(bytes);
  if (!isUtf8(bytes)) throw new AppError('request.invalid_json', 'The body is not UTF-8 text.');
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new AppError('request.invalid_json', 'The body is not valid JSON.');
  }
}

/** Reads a file that is the whole body. @throws AppError `request.too_large`, `request.timeout`, `validation.failed` when it is empty. */
export async function readFileBody(request: IncomingMessage, most: number): Promise<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge(most);
  const bytes = await readBytes(request, most);
  if (bytes.length === 0)
    throw new AppError('validation.failed', 'The file is empty.', { details: [{ path: '', message: 'no file' }] });
  return bytes;
}

/**
 * Reads a body of any type.
 * @throws AppError `request.too_large`, `request.timeout`.
 */
export function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const fail = (error: AppError) => {
      request.off('data', onData);
      request.resume();
      reject(error);
    };
    const onData = (chunk: Buffer) => {
      length += chunk.length;
      if (length > most) fail(tooLarge(most));
      else chunks.push(chunk);
    };
    request.on('data', onData);
    request.once('end', () => {
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, length));
    });
    request.once('error', () =>
      fail(new AppError('request.timeout', 'The request ended before its body was complete.')),
    );
    request.once('close', () => {
      if (!request.complete) fail(new AppError('request.timeout', 'The request ended before its body was complete.'));
    });
  });
}
