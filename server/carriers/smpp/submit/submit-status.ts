/** What a command_status in answer to submit_sm means for a message (SMPP 3.4 §5.1.3). */

/**
 * - rejected: this message will never be taken. again: another try may do. carrier: the account or the SMSC is at fault and
 *   not the message. throttled: the SMSC asks to send slower. unbound: the session is not what the box takes it for.
 */
export type StatusClass = 'rejected' | 'again' | 'carrier' | 'throttled' | 'unbound';

export interface SubmitStatus {
  readonly name: string;
  readonly class: StatusClass;
  readonly message: string;
}

const unreadableText =
  'The SMSC does not read the message in this form. Check the settings of the carrier for long texts.';
const badSender = 'The SMSC does not take this sender. Ask the carrier which senders are allowed.';
const badNumber = 'The SMSC does not take this number.';
const notSubmitted = 'The SMSC could not take the message at this moment.';

const known: ReadonlyMap<number, SubmitStatus> = new Map([
  [0x01, { name: 'ESME_RINVMSGLEN', class: 'rejected', message: 'The SMSC says that the message is too long.' }],
  [0x02, { name: 'ESME_RINVCMDLEN', class: 'rejected', message: unreadableText }],
  [
    0x03,
    {
      name: 'ESME_RINVCMDID',
      class: 'carrier',
      message: 'This session may not submit messages. Check the kind of bind.',
    },
  ],
  [0x04, { name: 'ESME_RINVBNDSTS', class: 'unbound', message: 'The SMSC says that the session is not bound.' }],
  [0x05, { name: 'ESME_RALYBND', class: 'carrier', message: 'The SMSC says that the account is bound already.' }],
  [0x06, { name: 'ESME_RINVPRTFLG', class: 'rejected', message: unreadableText }],
  [
    0x07,
    {
      name: 'ESME_RINVREGDLVFLG',
      class: 'carrier',
      message: 'The SMSC gives no delivery receipts to this account. Switch them off for this carrier.',
    },
  ],
  [0x08, { name: 'ESME_RSYSERR', class: 'again', message: 'The SMSC has a fault of its own at the moment.' }],
  [0x0a, { name: 'ESME_RINVSRCADR', class: 'rejected', message: badSender }],
  [0x0b, { name: 'ESME_RINVDSTADR', class: 'rejected', message: badNumber }],
  [0x0c, { name: 'ESME_RINVMSGID', class: 'again', message: notSubmitted }],
  [0x0d, { name: 'ESME_RBINDFAIL', class: 'unbound', message: 'The SMSC says that the session is not bound.' }],
  [0x0e, { name: 'ESME_RINVPASWD', class: 'unbound', message: 'The SMSC does not take the password any more.' }],
  [0x0f, { name: 'ESME_RINVSYSID', class: 'unbound', message: 'The SMSC does not know the system id any more.' }],
  [0x14, { name: 'ESME_RMSGQFUL', class: 'throttled', message: 'The queue of the SMSC is full.' }],
  [
    0x15,
    {
      name: 'ESME_RINVSERTYP',
      class: 'carrier',
      message: 'The SMSC does not know this service type. Set the right one.',
    },
  ],
  [0x43, { name: 'ESME_RINVESMCLASS', class: 'rejected', message: unreadableText }],
  [0x45, { name: 'ESME_RSUBMITFAIL', class: 'again', message: notSubmitted }],
  [0x48, { name: 'ESME_RINVSRCTON', class: 'rejected', message: badSender }],
  [0x49, { name: 'ESME_RINVSRCNPI', class: 'rejected', message: badSender }],
  [0x50, { name: 'ESME_RINVDSTTON', class: 'rejected', message: badNumber }],
  [0x51, { name: 'ESME_RINVDSTNPI', class: 'rejected', message: badNumber }],
  [
    0x53,
    {
      name: 'ESME_RINVSYSTYP',
      class: 'carrier',
      message: 'The SMSC does not take this system type. Set the right one.',
    },
  ],
  [0x58, { name: 'ESME_RTHROTTLED', class: 'throttled', message: 'The SMSC asks to send slower.' }],
  [0x61, { name: 'ESME_RINVSCHED', class: 'rejected', message: unreadableText }],
  [
    0x62,
    {
      name: 'ESME_RINVEXPIRY',
      class: 'rejected',
      message: 'The SMSC does not take this validity. Change how it is told for this carrier.',
    },
  ],
  [0x64, { name: 'ESME_RX_T_APPN', class: 'again', message: notSubmitted }],
  [0x65, { name: 'ESME_RX_P_APPN', class: 'rejected', message: 'The SMSC refuses the message for good.' }],
  [0x66, { name: 'ESME_RX_R_APPN', class: 'rejected', message: 'The SMSC refuses the message.' }],
  [0xc0, { name: 'ESME_RINVOPTPARSTREAM', class: 'rejected', message: unreadableText }],
  [0xc1, { name: 'ESME_ROPTPARNOTALLWD', class: 'rejected', message: unreadableText }],
  [0xc2, { name: 'ESME_RINVPARLEN', class: 'rejected', message: unreadableText }],
  [0xc3, { name: 'ESME_RMISSINGOPTPARAM', class: 'rejected', message: unreadableText }],
  [0xc4, { name: 'ESME_RINVOPTPARAMVAL', class: 'rejected', message: unreadableText }],
  [0xfe, { name: 'ESME_RDELIVERYFAILURE', class: 'again', message: 'The SMSC could not deliver the message.' }],
  [0xff, { name: 'ESME_RUNKNOWNERR', class: 'again', message: notSubmitted }],
  [0x104, { name: 'ESME_RINVDCS', class: 'rejected', message: unreadableText }],
]);

/** What a status other than 0 means; those of the SMSC's own are worth another try. */
export function submitStatus(commandStatus: number): SubmitStatus {
  const status = known.get(commandStatus);
  if (status !== undefined) return status;
  return {
    name: statusName(commandStatus),
    class: 'again',
    message: 'The SMSC refuses the message with a code of its own. Ask the carrier what it means.',
  };
}

/** The standard's name of a status, or its number. */
export function statusName(commandStatus: number): string {
  return known.get(commandStatus)?.name ?? `0x${commandStatus.toString(16).toUpperCase().padStart(8, '0')}`;
}
