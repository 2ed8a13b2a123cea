import { AppError, type ErrorCode } from '../domain/errors.ts';

/** The HTTP status of every error code; the only place that knows. */
const statuses: Readonly<Record<ErrorCode, number>> = {
  'auth.invalid_credentials': 401,
  'auth.insufficient_scope': 403,
  'auth.ip_not_allowed': 403,
  'auth.account_suspended': 403,
  'auth.session_required': 401,
  'auth.wrong_password': 401,
  'auth.locked': 429,
  'auth.user_disabled': 403,
  'auth.code_required': 401,
  'auth.wrong_code': 401,
  'auth.wrong_ticket': 401,
  'auth.forbidden': 403,
  'auth.cross_site': 403,
  'auth.setup_done': 409,
  'auth.wrong_setup_code': 403,
  'request.invalid_json': 400,
  'request.too_large': 413,
  'request.unsupported_media_type': 415,
  'request.not_found': 404,
  'request.method_not_allowed': 405,
  'request.timeout': 408,
  'validation.failed': 400,
  'rate_limit.exceeded': 429,
  'message.empty': 422,
  'message.too_long': 422,
  'message.missing_variable': 422,
  'message.no_valid_recipients': 422,
  'message.too_many_recipients': 422,
  'message.schedule_in_past': 422,
  'message.schedule_too_far': 422,
  'message.link_not_registered': 422,
  'message.link_shortened': 422,
  'message.not_found': 404,
  'message.not_cancellable': 409,
  'recipient.not_found': 404,
  'otp.invalid_destination': 422,
  'otp.destination_blocked': 422,
  'otp.destination_limited': 429,
  'otp.invalid_pin': 400,
  'otp.not_found': 404,
  'otp.expired': 410,
  'otp.already_used': 409,
  'otp.too_many_attempts': 429,
  'recipient.not_resendable': 409,
  'idempotency.key_reused': 422,
  'idempotency.in_progress': 409,
  'sender.not_approved': 422,
  'sender.invalid_name': 422,
  'sender.not_found': 404,
  'sender.already_approved': 409,
  'link.invalid_host': 422,
  'credit.insufficient': 402,
  'credit.invalid_amount': 422,
  'order.not_found': 404,
  'order.closed': 409,
  'account.not_found': 404,
  'account.exists': 409,
  'audit.not_found': 404,
  'key.not_found': 404,
  'user.not_found': 404,
  'user.exists': 409,
  'user.last_admin': 409,
  'session.not_found': 404,
  'totp.already_on': 409,
  'totp.not_enrolled': 409,
  'contact.not_found': 404,
  'contact.exists': 409,
  'contact.invalid_number': 422,
  'group.not_found': 404,
  'group.exists': 409,
  'import.not_found': 404,
  'import.unreadable': 422,
  'import.too_large': 413,
  'import.wrong_state': 409,
  'template.not_found': 404,
  'template.exists': 409,
  'campaign.not_found': 404,
  'campaign.wrong_state': 409,
  'schedule.not_found': 404,
  'schedule.invalid': 422,
  'schedule.wrong_state': 409,
  'carrier.not_found': 404,
  'carrier.exists': 409,
  'route.not_found': 404,
  'route.exists': 409,
  'route.invalid': 422,
  'carrier.config_invalid': 422,
  'carrier.command_unsupported': 422,
  'carrier.not_ready': 409,
  'keyword.not_found': 404,
  'keyword.exists': 409,
  'keyword.invalid': 422,
  'inbound.not_found': 404,
  'inbound.no_number': 422,
  'webhook.not_found': 404,
  'webhook.dashboard_only': 403,
  'webhook.url_refused': 422,
  'delivery.not_found': 404,
  'setting.unknown': 404,
  'setting.invalid': 422,
  'backup.not_found': 404,
  'backup.in_progress': 409,
  'backup.no_space': 507,
  'backup.failed': 500,
  'backup.unusable': 422,
  'backup.wrong_key': 422,
  'store.unavailable': 503,
  'store.disk_full': 507,
  'store.corrupt': 500,
  'store.from_the_future': 500,
  'store.in_use': 500,
  'config.invalid': 500,
  'port.in_use': 409,
  'port.not_allowed': 403,
  'box.not_running': 503,
  'box.stopping': 503,
  'internal.fault': 500,
};

export function statusOf(code: ErrorCode): number {
  return statuses[code];
}

export interface MappedError {
  readonly status: number;
  readonly body: {
    readonly success: false;
    readonly error: Readonly<Record<string, unknown>> & { readonly code: string; readonly message: string };
  };
  /** Whole seconds until it is worth trying again, where that is known. */
  readonly retryAfterSeconds: number | null;
  /** A fault of the box itself, to be logged with its cause; the caller is told nothing of it. */
  readonly fault: boolean;
}

/** Turns anything that was thrown into the documented error form (api-v2 §1). */
export function mapError(error: unknown): MappedError {
  if (!(error instanceof AppError)) {
    const message = 'Something went wrong inside the box. It has been logged; give the X-Request-Id to support.';
    return {
      status: 500,
      body: { success: false, error: { code: 'internal.fault', message } },
      retryAfterSeconds: null,
      fault: true,
    };
  }
  const { code, message, details, extra } = error;
  const status = statuses[code];
  return {
    status,
    body: { success: false, error: { ...extra, code, message, ...(details === undefined ? {} : { details }) } },
    retryAfterSeconds: typeof extra?.['retryAfterSeconds'] === 'number' ? extra['retryAfterSeconds'] : null,
    fault: status >= 500 && code !== 'box.stopping',
  };
}
