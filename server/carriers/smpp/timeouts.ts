/** All in milliseconds. */
export interface SmppTimeouts {
  /** Opening the connection, TLS and name included. */
  readonly connect: number;
  /** The answer to a bind. */
  readonly bind: number;
  /** The answer to submit_sm; after it nobody knows what became of the message. */
  readonly response: number;
  /** The answer to enquire_link, after which the link is given up. */
  readonly enquire: number;
  /** What a hand-over waits for its turn before it goes back to the queue, untouched. */
  readonly turn: number;
  /** What answers that are still out get when the carrier stops, or the SMSC unbinds. */
  readonly drain: number;
  /** The answer to unbind. */
  readonly unbind: number;
  readonly close: number;
  /** First and longest wait before the next connection. */
  readonly reconnect: number;
  readonly reconnectMax: number;
  /** The same after a refusal that a person has to clear up: trying at once would lock the account. */
  readonly refused: number;
  readonly refusedMax: number;
  /** A session that lasted so long was a good one: the next wait is a short one again. */
  readonly good: number;
  /** First and longest pause when the SMSC asks to send slower. */
  readonly throttle: number;
  readonly throttleMax: number;
}

export const defaultTimeouts: SmppTimeouts = {
  connect: 10_000,
  bind: 15_000,
  response: 30_000,
  enquire: 10_000,
  turn: 5_000,
  drain: 3_000,
  unbind: 1_000,
  close: 1_000,
  reconnect: 1_000,
  reconnectMax: 60_000,
  refused: 60_000,
  refusedMax: 900_000,
  good: 30_000,
  throttle: 1_000,
  throttleMax: 30_000,
};
