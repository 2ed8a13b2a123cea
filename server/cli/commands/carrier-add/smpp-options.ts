import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AppError } from '../../../domain/errors.ts';
import { filledText, wholeNumber } from '../../input-schemas.ts';

const addressType = wholeNumber(0, 18).optional();

/** How an account at an SMSC is used: all that its contract may say and a person may leave out. */
export const smppInput = z.object({
  password: z.string().optional(),
  bind: z.enum(['transceiver', 'pair'], 'give transceiver or pair').optional(),
  window: wholeNumber(1, 200).optional(),
  tls: z.boolean().optional(),
  tlsCa: filledText.optional(),
  tlsServerName: filledText.optional(),
  tlsInsecure: z.boolean().optional(),
  longText: z.enum(['udh', 'sar', 'payload'], 'give udh, sar or payload').optional(),
  alphabet: z.enum(['gsm7', 'latin1'], 'give gsm7 or latin1').optional(),
  systemType: z.string().optional(),
  addressRange: z.string().optional(),
  serviceType: z.string().optional(),
  sourceTon: addressType,
  sourceNpi: addressType,
  destTon: addressType,
  destNpi: addressType,
  receipts: z.boolean().optional(),
  receiptIds: z
    .enum(['same', 'hex-decimal', 'decimal-hex', 'auto'], 'give same, hex-decimal, decimal-hex or auto')
    .optional(),
  receiptZone: wholeNumber(-840, 840).optional(),
  validity: z.enum(['relative', 'absolute', 'none'], 'give relative, absolute or none').optional(),
  query: z.boolean().optional(),
  enquire: wholeNumber(5, 600).optional(),
});

/** Gives a command the options of `smppInput`, but for the password. */
export function addSmppOptions(command: Command): void {
  command
    .option('--bind <kind>', 'transceiver, or pair: a session for each direction (else transceiver)')
    .option('--window <n>', 'submissions that may be without an answer, 1 to 200 (else 10)')
    .option('--tls', 'speak TLS')
    .option('--tls-ca <file>', 'trust the certificates in this PEM file instead of the well-known ones')
    .option('--tls-server-name <name>', "name in the SMSC's certificate, when it is not the host")
    .option('--tls-insecure', 'take any certificate: for tests only')
    .option('--long-text <form>', 'udh, sar, or payload: whole, cut by the SMSC (else udh)')
    .option('--alphabet <alphabet>', 'what the SMSC takes data_coding 0 for: gsm7 or latin1 (else gsm7)')
    .option('--system-type <type>', 'system type of the account')
    .option('--address-range <range>', 'numbers that are served, where the SMSC asks for them')
    .option('--service-type <type>', 'service type of messages')
    .option('--source-ton <n>', 'type of number of senders (else by what they look like)')
    .option('--source-npi <n>', 'numbering plan of senders')
    .option('--dest-ton <n>', 'type of number of recipients (else 1)')
    .option('--dest-npi <n>', 'numbering plan of recipients (else 1)')
    .option('--no-receipts', 'ask for no delivery receipts')
    .option(
      '--receipt-ids <form>',
      'ids in answers and in receipts: same, hex-decimal, decimal-hex or auto (else auto)',
    )
    .option('--receipt-zone <minutes>', 'minutes that dates in receipts are ahead of UTC, such as 420')
    .option('--validity <form>', 'how the end of validity is told: relative, absolute or none (else relative)')
    .option('--query', 'ask the SMSC for receipts that did not come (query_sm)')
    .option('--enquire <seconds>', 'silence after which the link is tried (else 30)');
}

/** The fields of the admin API for what was given. */
export async function smppFields(given: z.output<typeof smppInput>) {
  const { tlsCa, tlsInsecure, tls, alphabet, receipts, receiptZone, enquire, ...rest } = given;
  return {
    ...rest,
    // Whoever says how TLS is to be done wants it.
    tls: tls ?? (tlsCa !== undefined || tlsInsecure === true ? true : undefined),
    tlsCa: tlsCa === undefined ? undefined : await certificates(tlsCa),
    tlsVerify: tlsInsecure === true ? false : undefined,
    defaultAlphabet: alphabet,
    receipts: receipts === false ? false : undefined,
    receiptZoneMinutes: receiptZone,
    enquireSeconds: enquire,
  };
}

async function certificates(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('config.invalid', `The file of certificates ${file} cannot be read.`, { cause: error });
  }
}
