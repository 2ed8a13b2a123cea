import { errorText } from '../domain/errors.ts';

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'The connection was refused. Is the receiver running on this port?',
  ECONNRESET: 'The connection was cut.',
  EHOSTUNREACH: 'The host cannot be reached.',
  ENETUNREACH: 'The network cannot be reached.',
  ETIMEDOUT: 'The connection timed out.',
  UND_ERR_CONNECT_TIMEOUT: 'The connection timed out.',
  UND_ERR_SOCKET: 'The connection was cut before the answer.',
  UND_ERR_HEADERS_OVERFLOW: 'The answer has too large headers.',
  CERT_HAS_EXPIRED: 'The certificate has expired.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The certificate is self-signed.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The certificate is for another host.',
};

/** What went wrong on the way to another machine, in words for a person; at most 300 characters. */
export function connectionProblem(error: unknown): string {
  return (words[connectionCode(error)] ?? errorText(error)).slice(0, 300);
}

/** Node's or undici's code of a failed connection; empty when there is none. */
export function connectionCode(error: unknown): string {
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : error;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
}
