/** What the box needs from the world. Rooms take these as arguments, so that a test can turn the clock by hand. */

/** Milliseconds since 1970-01-01 UTC. */
export type Millis = number;

export interface Timer {
  /** Stops the timer; calling it again, or after it fired, does nothing. */
  cancel(): void;
}

export interface Clock {
  /** Wall time. It may jump when the machine's clock is set. */
  now(): Millis;
  /** Time since an arbitrary start; it never goes back. For measuring and deadlines. */
  monotonic(): Millis;
  /** Calls `run` once after `ms` milliseconds. */
  after(ms: number, run: () => void): Timer;
}

export interface Random {
  /** `n` bytes from a cryptographically secure generator. */
  bytes(n: number): Uint8Array;
  /** A number in [0, 1) for jitter; never for secrets. */
  fraction(): number;
}

export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Event name first, then fields. Never message texts, full numbers, codes or secrets. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  child(fields: LogFields): Logger;
}

/** A byte stream in both directions: a serial port, a pseudo-terminal, a simulated modem. */
export interface ByteStream {
  /** Queues bytes for writing. Rejects when the stream is closed or does not drain within its own deadline. */
  write(bytes: Uint8Array): Promise<void>;
  /** Registers the one receiver of incoming bytes; chunks may be cut anywhere. */
  onData(receive: (bytes: Uint8Array) => void): void;
  /** Registers the one listener for the end of the stream, wanted or not; called exactly once. */
  onClose(closed: (reason: string) => void): void;
  /** Closes the stream. Idempotent, settles within a deadline even when the hardware hangs. */
  close(): Promise<void>;
}

/** Something that runs: built by its constructor, alive between `start` and `stop`. */
export interface Service {
  readonly name: string;
  start(): Promise<void>;
  /** Idempotent; settles every waiter; ends within the deadline its owner gives it. */
  stop(): Promise<void>;
}
