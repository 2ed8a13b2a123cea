import { AppError, type FieldProblem } from '../domain/errors.ts';
import type { MessageState } from '../domain/message-state.ts';
import { normalizeMsisdn } from '../domain/msisdn.ts';
import type { Millis } from '../domain/ports.ts';
import { parseTime } from '../domain/schedule.ts';
import type { AuditFilter } from '../store/audit-reader.ts';
import type { InboundFilter } from '../store/inbound-reader.ts';
import type { HistoryFilter } from '../store/message-history.ts';

/** How times and numbers are read. */
export interface ReadingRules {
  readonly timeZone: string;
  readonly international: boolean;
}

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface HistoryRequest extends PageRequest {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly status?: MessageState | undefined;
  readonly origin?: string | undefined;
  readonly msisdn?: string | undefined;
  readonly clientRef?: string | undefined;
}

export interface InboundRequest extends PageRequest {
  readonly from?: string | undefined;
  readonly since?: string | undefined;
  readonly q?: string | undefined;
}

export interface AuditRequest extends PageRequest {
  readonly user?: string | undefined;
  readonly operation?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/** @throws AppError `validation.failed` naming every field that cannot be read. */
export function historyFilter(
  request: HistoryRequest,
  accountId: number | undefined,
  { timeZone, international }: ReadingRules,
): HistoryFilter {
  const problems: FieldProblem[] = [];
  const from = readTime('from', request.from, timeZone, problems);
  const to = readTime('to', request.to, timeZone, problems);
  const msisdn = request.msisdn === undefined ? undefined : normalizeMsisdn(request.msisdn, { international });
  if (msisdn === null) problems.push({ path: 'msisdn', message: 'not a possible number' });
  refuse(problems);
  const { status, origin, clientRef } = request;
  return { accountId, from, to, status, origin, msisdn: msisdn ?? undefined, clientRef };
}

/** @throws AppError `validation.failed` naming the field that cannot be read. */
export function inboundFilter(request: InboundRequest, accountId: number, { timeZone }: ReadingRules): InboundFilter {
  const problems: FieldProblem[] = [];
  const since = readTime('since', request.since, timeZone, problems);
  refuse(problems);
  const { from, q } = request;
  const sender = from === undefined ? undefined : (normalizeMsisdn(from, { international: true }) ?? from.trim());
  return { accountId, sender, since, contains: q };
}

/** @throws AppError `validation.failed` naming every field that cannot be read. */
export function auditFilter(request: AuditRequest, { timeZone }: ReadingRules): AuditFilter {
  const problems: FieldProblem[] = [];
  const from = readTime('from', request.from, timeZone, problems);
  const to = readTime('to', request.to, timeZone, problems);
  refuse(problems);
  return { who: request.user, operation: request.operation, from, to };
}

function readTime(
  path: string,
  text: string | undefined,
  timeZone: string,
  problems: FieldProblem[],
): Millis | undefined {
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d{2}-\d{2}$/u.test(text);
  // A plus sign in an address that was not encoded arrives as a space.
  const whole = day ? `${text}T00:00` : text.replace(/(:\d{2}(?:\.\d+)?) (?=\d{2}:?\d{2}$)/u, '$1+');
  const at = parseTime(whole, timeZone);
  if (at === null) problems.push({ path, message: 'not an ISO 8601 time' });
  return at ?? undefined;
}

function refuse(problems: readonly FieldProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const { path, message } = first;
  throw new AppError('validation.failed', `The request is not of the right form. ${path}: ${message}.`, {
    details: problems,
  });
}
