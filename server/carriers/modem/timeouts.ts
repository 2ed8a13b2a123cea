/** All in milliseconds. */
export interface ModemTimeouts {
  /** Opening the port, connection to readiness for bytes. */
  readonly open: number;
  /** Input thrown away after opening. */
  readonly discard: number;
  /** One `AT` of waking or resynchronising. */
  readonly wake: number;
  readonly command: number;
  /** AT+CPIN?, and setting the PIN thrice that. */
  readonly pin: number;
  readonly cfun: number;
  /** AT+COPS?. */
  readonly operator: number;
  /** AT+CMGL of a full SIM. */
  readonly list: number;
  /** From AT+CMGS to its prompt. */
  readonly prompt: number;
  /** From Ctrl-Z to `+CMGS`. */
  readonly answer: number;
  /** From `+CMGS` to `OK`. */
  readonly final: number;
  /** What the modem gets to leave a prompt after ESC. */
  readonly escape: number;
  readonly keepAlive: number;
  /** Registration is asked for this often while there is none. */
  readonly searching: number;
  readonly sweep: number;
  /** Sweeps where the modem announces nothing by itself. */
  readonly poll: number;
  /** A send after this much silence sets PDU mode again. */
  readonly idleBeforeSend: number;
  /** What a stop waits for the part being sent; closing comes on top, and the box as a whole has ten seconds. */
  readonly stop: number;
  /** First and longest wait before the port is opened again. */
  readonly reopen: number;
  readonly reopenMax: number;
  /** Before a port with another modem than the wanted one is looked at again. */
  readonly foreign: number;
  /** After AT+CFUN=1,1 the modem leaves the bus and comes back. */
  readonly reset: number;
  /** Between two resets. */
  readonly resetPause: number;
  /** How long a SIM that the network refuses is left alone. */
  readonly cooldown: number;
}

/** From the tables of smstools3, Kannel and ModemManager, on the patient side. */
export const defaultTimeouts: ModemTimeouts = {
  open: 10_000,
  discard: 300,
  wake: 1_000,
  command: 5_000,
  pin: 10_000,
  cfun: 15_000,
  operator: 30_000,
  list: 60_000,
  prompt: 10_000,
  answer: 60_000,
  final: 5_000,
  escape: 1_000,
  keepAlive: 30_000,
  searching: 5_000,
  sweep: 600_000,
  poll: 15_000,
  idleBeforeSend: 60_000,
  stop: 3_000,
  reopen: 1_000,
  reopenMax: 5_000,
  foreign: 15_000,
  reset: 30_000,
  resetPause: 300_000,
  cooldown: 600_000,
};
