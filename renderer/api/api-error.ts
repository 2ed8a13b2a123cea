/** Codes that the pages add to the server's own: no answer came, or one that nobody can read. */
export type LocalCode = 'network.unreachable' | 'network.timeout' | 'answer.unreadable';

export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

export interface ApiErrorFacts {
  readonly code: string;
  readonly message: string;
  /** HTTP status; 0 when no answer came. */
  readonly status: number;
  readonly details?: readonly FieldFault[] | undefined;
  /** Further members of the answer's `error` object, such as `retryAfter`. */
  readonly extra?: Readonly<Record<string, unknown>> | undefined;
  readonly cause?: unknown;
}

/** Every failure of a call to the box: programs read `code`, people read `message`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly status: number;
  readonly details: readonly FieldFault[];
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(facts: ApiErrorFacts) {
    super(facts.message, facts.cause === undefined ? undefined : { cause: facts.cause });
    this.code = facts.code;
    this.status = facts.status;
    this.details = facts.details ?? [];
    this.extra = facts.extra ?? {};
  }
}

export function isApiError(error: unknown, code?: string): error is ApiError {
  return error instanceof ApiError && (code === undefined || error.code === code);
}

/** The box gave no answer at all; asking again may help. */
export function isAway(error: unknown): boolean {
  return isApiError(error, 'network.unreachable') || isApiError(error, 'network.timeout') || isGateway(error);
}

function isGateway(error: unknown): boolean {
  return isApiError(error) && (error.status === 502 || error.status === 503 || error.status === 504);
}
