/** Command ids that the box speaks or hears (SMPP 3.4 §5.1.2.1). An answer has the id of its request with the top bit set. */

export const command = {
  bindReceiver: 0x0000_0001,
  bindTransmitter: 0x0000_0002,
  querySm: 0x0000_0003,
  submitSm: 0x0000_0004,
  deliverSm: 0x0000_0005,
  unbind: 0x0000_0006,
  bindTransceiver: 0x0000_0009,
  outbind: 0x0000_000b,
  enquireLink: 0x0000_0015,
  alertNotification: 0x0000_0102,
  dataSm: 0x0000_0103,
  genericNack: 0x8000_0000,
} as const;

/** Octets of the header: length, command id, status, sequence number. */
export const headerLength = 16;

const answerBit = 0x8000_0000;

export function isAnswer(commandId: number): boolean {
  return commandId >= answerBit;
}

export function answerTo(commandId: number): number {
  return (commandId | answerBit) >>> 0;
}

/** The id of the request that an answer belongs to. */
export function requestOf(commandId: number): number {
  return commandId & ~answerBit;
}
