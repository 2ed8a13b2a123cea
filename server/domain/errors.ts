/**
 * Every error thrown on purpose. Programs read `code`, people read `message`;
 * the HTTP status belongs to the edge (http/error-mapper.ts).
 */
export type ErrorCode =
  | 'auth.invalid_credentials'
  | 'auth.insufficient_scope'
  | 'auth.ip_not_allowed'
  | 'auth.account_suspended'
  | 'auth.session_required'
  | 'auth.wrong_password'
  | 'auth.locked'
  | 'auth.user_disabled'
  | 'auth.code_required'
  | 'auth.wrong_code'
  | 'auth.wrong_ticket'
  | 'auth.forbidden'
  | 'auth.cross_site'
  | 'auth.setup_done'
  | 'auth.wrong_setup_code'
  | 'request.invalid_json'
  | 'request.too_large'
  | 'request.unsupported_media_type'
  | 'request.not_found'
  | 'request.method_not_allowed'
  | 'request.timeout'
  | 'validation.failed'
  | 'rate_limit.exceeded'
  | 'message.empty'
  | 'message.too_long'
  | 'message.missing_variable'
  | 'message.no_valid_recipients'
  | 'message.too_many_recipients'
  | 'message.schedule_in_past'
  | 'message.schedule_too_far'
  | 'message.link_not_registered'
  | 'message.link_shortened'
  | 'message.not_found'
  | 'message.not_cancellable'
  | 'recipient.not_found'
  | 'otp.invalid_destination'
  | 'otp.destination_blocked'
  | 'otp.destination_limited'
  | 'otp.invalid_pin'
  | 'otp.not_found'
  | 'otp.expired'
  | 'otp.already_used'
  | 'otp.too_many_attempts'
  | 'recipient.not_resendable'
  | 'idempotency.key_reused'
  | 'idempotency.in_progress'
  | 'sender.not_approved'
  | 'sender.invalid_name'
  | 'sender.not_found'
  | 'sender.already_approved'
  | 'link.invalid_host'
  | 'credit.insufficient'
  | 'credit.invalid_amount'
  | 'order.not_found'
  | 'order.closed'
  | 'account.not_found'
  | 'account.exists'
  | 'audit.not_found'
  | 'key.not_found'
  | 'user.not_found'
  | 'user.exists'
  | 'user.last_admin'
  | 'session.not_found'
  | 'totp.already_on'
  | 'totp.not_enrolled'
  | 'contact.not_found'
  | 'contact.exists'
  | 'contact.invalid_number'
  | 'group.not_found'
  | 'group.exists'
  | 'import.not_found'
  | 'import.unreadable'
  | 'import.too_large'
  | 'import.wrong_state'
  | 'template.not_found'
  | 'template.exists'
  | 'campaign.not_found'
  | 'campaign.wrong_state'
  | 'schedule.not_found'
  | 'schedule.invalid'
  | 'schedule.wrong_state'
  | 'carrier.not_found'
  | 'route.not_found'
  | 'route.exists'
  | 'route.invalid'
  | 'carrier.exists'
  | 'carrier.config_invalid'
  | 'carrier.command_unsupported'
  | 'carrier.not_ready'
  | 'keyword.not_found'
  | 'keyword.exists'
  | 'keyword.invalid'
  | 'inbound.not_found'
  | 'inbound.no_number'
  | 'webhook.not_found'
  | 'webhook.dashboard_only'
  | 'webhook.url_refused'
  | 'delivery.not_found'
  | 'setting.unknown'
  | 'setting.invalid'
  | 'backup.not_found'
  | 'backup.in_progress'
  | 'backup.no_space'
  | 'backup.failed'
  | 'backup.unusable'
  | 'backup.wrong_key'
  | 'store.unavailable'
  | 'store.disk_full'
  | 'store.corrupt'
  | 'store.from_the_future'
  | 'store.in_use'
  | 'config.invalid'
  | 'port.in_use'
  | 'port.not_allowed'
  | 'box.not_running'
  | 'box.stopping'
  | 'internal.fault';

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

export interface AppErrorOptions {
  /** The fields at fault, for `validation.failed`. */
  readonly details?: readonly FieldProblem[];
  /** More members of the answer's `error` object, such as `attemptsRemaining`. */
  readonly extra?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: readonly FieldProblem[] | undefined;
  readonly extra: Readonly<Record<string, unknown>> | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.extra = options.extra;
  }
}

/** Tells an error thrown on purpose, optionally of one code, from a fault. */
export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}

/** Text of anything that was thrown, for logs and reasons. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
