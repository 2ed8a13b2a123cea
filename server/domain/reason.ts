/** Codes of reasons, each with words in the pages (`reason.<code>`); the English text comes with the reason itself. */
export const reasonCodes = [
  'waiting.no_carrier',
  'waiting.all_off',
  'waiting.empty_route',
  'waiting.quiet_hours',
  'waiting.campaign_paused',
  'carrier.removed',
  'carrier.off',
  'carrier.paused',
  'carrier.resting',
  'carrier.starting',
  'carrier.stopped',
  'carrier.waiting',
  'carrier.faulty',
  'quota.minute',
  'quota.hour',
  'quota.day',
  'quota.month',
  'modem.sim_unknown',
  'modem.sim_puk',
  'modem.sim_locked',
  'modem.pin_needed',
  'modem.pin_malformed',
  'modem.pin_last_try',
  'modem.pin_entered',
  'modem.sim_missing',
  'modem.sim_fault',
  'modem.pin_refused',
  'modem.network_denied',
  'modem.emergency_only',
  'modem.not_registered',
  'modem.searching',
  'modem.no_pdu_mode',
  'modem.foreign',
  'modem.setting_up',
  'modem.network_refuses',
  'modem.port_slow',
  'modem.unplugged',
  'modem.reopening',
  'modem.resetting',
  'modem.power_cycling',
  'modem.no_answer',
  'modem.hangs',
  'modem.port_in_use',
  'modem.port_not_allowed',
  'modem.no_port',
  'modem.opening',
  'modem.driver_failed',
  'smpp.bound_already',
  'smpp.fault',
  'smpp.bind_refused',
  'smpp.wrong_password',
  'smpp.wrong_system_id',
  'smpp.full',
  'smpp.wrong_system_type',
  'smpp.too_many_binds',
  'smpp.bind_refused_as',
  'smpp.silent',
  'smpp.closed',
  'smpp.nobody_listens',
  'smpp.host_silent',
  'smpp.unreachable',
  'smpp.unknown_host',
  'smpp.no_tls',
  'smpp.certificate_expired',
  'smpp.certificate_host',
  'smpp.certificate_untrusted',
  'smpp.connection_failed',
  'smpp.lost',
  'smpp.opening',
  'smpp.throttled',
  'upstream.driver_failed',
  'upstream.asking',
  'upstream.no_credit',
  'upstream.limit',
  'upstream.sender_refused',
  'upstream.address_refused',
  'upstream.unreachable',
  'upstream.fault',
  'upstream.unauthorised',
  'upstream.redirect',
  'upstream.wrong_address',
  'upstream.refuses',
  'upstream.scope',
  'upstream.not_let_in',
  'upstream.suspended',
  'state.off',
  'state.paused',
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

export type ReasonValues = Readonly<Record<string, string | number>>;

/** Why something is as it is: for programs and pages a code with values, for everybody else the same in plain English. */
export interface Reason {
  readonly code: ReasonCode;
  /** What stands in the words; times are ISO 8601. */
  readonly values: ReasonValues;
  readonly text: string;
}

/** A reason without its words, for what tells those itself. */
export type Cause = Pick<Reason, 'code' | 'values'>;

/** A cause with a code alone, or with what stands in its words. */
export function causeOf(code: ReasonCode, values: ReasonValues = {}): Cause {
  return { code, values };
}

/** Why what is queued waits: the whole in plain English, and each reason by itself. */
export interface Waiting {
  readonly text: string;
  readonly reasons: readonly Reason[];
}

/** A wait with one reason, in its own words. */
export function waitingFor(reason: Reason): Waiting {
  return { text: reason.text, reasons: [reason] };
}
