/** Why a session does not come about, for a person, and how soon it may be tried again. */

import { errorText } from '../../../domain/errors.ts';
import { causeOf, type Cause } from '../../../domain/reason.ts';
import { connectionCode } from '../../../platform/connection-words.ts';
import { statusName } from '../submit/submit-status.ts';

/**
 * - soon: it passes by itself. later: the SMSC needs more time. person: somebody has to change something, and trying often
 *   would lock the account.
 */
export type RetryPace = 'soon' | 'later' | 'person';

export interface BindFailure {
  readonly pace: RetryPace;
  readonly reason: string;
  /** The same by its code. */
  readonly cause: Cause;
}

const refusals: ReadonlyMap<number, BindFailure> = new Map([
  [
    0x05,
    {
      pace: 'later',
      reason:
        'The SMSC says that this account is bound already: by another program, or by a session that it has not given up yet.',
      cause: causeOf('smpp.bound_already'),
    },
  ],
  [0x08, { pace: 'soon', reason: 'The SMSC has a fault of its own at the moment.', cause: causeOf('smpp.fault') }],
  [
    0x0d,
    {
      pace: 'person',
      reason:
        'The SMSC refuses the bind. Check system id, password and kind of bind, and whether it lets in the address of this box.',
      cause: causeOf('smpp.bind_refused'),
    },
  ],
  [
    0x0e,
    {
      pace: 'person',
      reason: 'The SMSC says that the password is wrong. Set the right one.',
      cause: causeOf('smpp.wrong_password'),
    },
  ],
  [
    0x0f,
    {
      pace: 'person',
      reason: 'The SMSC does not know this system id. Check its spelling.',
      cause: causeOf('smpp.wrong_system_id'),
    },
  ],
  [
    0x14,
    { pace: 'later', reason: 'The SMSC has no room for another session at the moment.', cause: causeOf('smpp.full') },
  ],
  [
    0x53,
    {
      pace: 'person',
      reason: 'The SMSC does not take this system type. Ask the carrier which one to set.',
      cause: causeOf('smpp.wrong_system_type'),
    },
  ],
  [
    0x58,
    { pace: 'later', reason: 'The SMSC says that there were too many binds.', cause: causeOf('smpp.too_many_binds') },
  ],
]);

/** A bind that was answered with a command_status other than 0. */
export function refusedBind(commandStatus: number): BindFailure {
  const known = refusals.get(commandStatus);
  if (known !== undefined) return known;
  return {
    pace: 'person',
    reason: `The SMSC refuses the bind with ${statusName(commandStatus)}. Ask the carrier what it means.`,
    cause: causeOf('smpp.bind_refused_as', { detail: statusName(commandStatus) }),
  };
}

export const silentBind: BindFailure = {
  pace: 'soon',
  reason: 'The SMSC takes the connection but does not answer. Check that it is the port for SMPP, with or without TLS.',
  cause: causeOf('smpp.silent'),
};

/** Closed before the bind was answered: what an SMSC does with addresses that it does not know. */
export const closedBind: BindFailure = {
  pace: 'later',
  reason:
    'The SMSC closes the connection before the bind is answered. Ask the carrier whether it lets in the address of this box, and check port and TLS.',
  cause: causeOf('smpp.closed'),
};

const problems: Readonly<Record<string, BindFailure>> = {
  ECONNREFUSED: {
    pace: 'soon',
    reason: 'Nothing listens at this host and port, or a firewall refuses.',
    cause: causeOf('smpp.nobody_listens'),
  },
  ETIMEDOUT: {
    pace: 'soon',
    reason: 'The host does not answer. Check host and port, and the firewall on the way.',
    cause: causeOf('smpp.host_silent'),
  },
  EHOSTUNREACH: {
    pace: 'soon',
    reason: 'The host cannot be reached. Check the network.',
    cause: causeOf('smpp.unreachable'),
  },
  ENETUNREACH: {
    pace: 'soon',
    reason: 'The network cannot be reached. Check the connection of this machine.',
    cause: causeOf('smpp.unreachable'),
  },
  ENOTFOUND: {
    pace: 'soon',
    reason: 'The name of the host is not known. Check its spelling, and the network.',
    cause: causeOf('smpp.unknown_host'),
  },
  EAI_AGAIN: {
    pace: 'soon',
    reason: 'The name of the host cannot be looked up. Check the network.',
    cause: causeOf('smpp.unknown_host'),
  },
  ECONNRESET: closedBind,
  EPROTO: {
    pace: 'later',
    reason: 'No TLS is spoken there. Check the port, or switch TLS off.',
    cause: causeOf('smpp.no_tls'),
  },
  ERR_SSL_WRONG_VERSION_NUMBER: {
    pace: 'later',
    reason: 'No TLS is spoken there. Check the port, or switch TLS off.',
    cause: causeOf('smpp.no_tls'),
  },
  CERT_HAS_EXPIRED: {
    pace: 'person',
    reason: "The SMSC's certificate has expired. Tell the carrier.",
    cause: causeOf('smpp.certificate_expired'),
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    pace: 'person',
    reason: "The SMSC's certificate is for another host. Set the server name that it has.",
    cause: causeOf('smpp.certificate_host'),
  },
};

const untrusted: BindFailure = {
  pace: 'person',
  reason: "The SMSC's certificate is of nobody that is trusted. Give the certificate of the authority that signed it.",
  cause: causeOf('smpp.certificate_untrusted'),
};

/** OpenSSL's words for a chain that ends at nobody who is trusted; a signature fails when a namesake is. */
const untrustedCodes = new Set([
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
]);

/** A connection that did not come about. */
export function failedConnection(error: unknown): BindFailure {
  const code = connectionCode(error);
  if (untrustedCodes.has(code)) return untrusted;
  const isCertificate = code.startsWith('CERT_') || code.startsWith('UNABLE_TO_');
  const reason = `The connection fails: ${errorText(error).slice(0, 200)}`;
  const cause = causeOf('smpp.connection_failed', { detail: errorText(error).slice(0, 200) });
  return problems[code] ?? { pace: isCertificate ? 'person' : 'soon', reason, cause };
}
