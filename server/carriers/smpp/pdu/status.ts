/** Values of command_status that the box sends, or tells apart by name (SMPP 3.4 §5.1.3). */
export const status = {
  ok: 0x00,
  /** ESME_RINVCMDLEN. */
  invalidLength: 0x02,
  /** ESME_RINVCMDID. */
  invalidCommand: 0x03,
  /** ESME_RINVBNDSTS. */
  wrongBindState: 0x04,
  /** ESME_RALYBND. */
  alreadyBound: 0x05,
  /** ESME_RSYSERR. */
  systemError: 0x08,
  /** ESME_RMSGQFUL. */
  queueFull: 0x14,
  /** ESME_RTHROTTLED. */
  throttled: 0x58,
  /** ESME_RX_T_APPN: the box cannot store it now; give it again. */
  tryAgain: 0x64,
  /** ESME_RINVOPTPARSTREAM. */
  invalidTlvs: 0xc0,
} as const;
