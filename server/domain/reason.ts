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
  'modem.opening',
  'modem.setting_up',
  'modem.restarted',
  'modem.unplugged',
  'modem.foreign',
  'modem.reopen',
  'modem.reset',
  'modem.power_cycle',
  'modem.silent',
  'modem.hopeless',
  'modem.refused',
  'modem.driver',
  'port.slow',
  'port.not_allowed',
  'port.in_use',
  'port.missing',
  'sim.pin',
  'sim.pin_bad',
  'sim.pin_refused',
  'sim.pin_tries',
  'sim.pin_entered',
  'sim.puk',
  'sim.locked',
  'sim.trouble',
  'sim.waiting',
  'network.refused',
  'network.emergency',
  'network.idle',
  'network.searching',
  'smpp.bound_already',
  'smpp.fault',
  'smpp.refused',
  'smpp.password',
  'smpp.system_id',
  'smpp.system_type',
  'smpp.full',
  'smpp.binds',
  'smpp.silent',
  'smpp.closed',
  'smpp.lost',
  'smpp.no_tls',
  'smpp.throttled',
  'host.refuses',
  'host.silent',
  'host.unreachable',
  'host.unknown',
  'tls.expired',
  'tls.name',
  'tls.untrusted',
  'upstream.asking',
  'upstream.away',
  'upstream.closed',
  'upstream.penniless',
  'upstream.paused',
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

/** A reason without its words. */
export type Cause = Pick<Reason, 'code' | 'values'>;

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
