import type { Clock } from '../../../domain/ports.ts';
import { Pause } from '../../../platform/pause.ts';
import { command } from '../pdu/command.ts';
import { encodeHeader } from '../pdu/encode.ts';
import type { Connection } from './connection.ts';

/** Tries a link on which nothing has come in for a while, and gives it up when nobody answers (SMPP 3.4 §4.11). */
export class KeepAlive {
  readonly #connection: Connection;
  readonly #clock: Clock;
  readonly #silenceMs: number;
  readonly #answerMs: number;
  readonly #pause: Pause;
  #trying: Promise<boolean> | null = null;

  constructor(connection: Connection, clock: Clock, silenceMs: number, answerMs: number) {
    this.#connection = connection;
    this.#clock = clock;
    this.#silenceMs = silenceMs;
    this.#answerMs = answerMs;
    this.#pause = new Pause(clock);
  }

  /** Runs until the connection ends. */
  async run(): Promise<void> {
    while (!this.#connection.ended) {
      const silent = this.#clock.monotonic() - this.#connection.heardAt;
      if (silent >= this.#silenceMs) await this.try();
      else await this.#pause.sleep(this.#silenceMs - silent);
    }
  }

  /** Asks once, also when somebody else is asking; ends the connection when there is no answer. */
  try(): Promise<boolean> {
    this.#trying ??= this.#try().finally(() => {
      this.#trying = null;
    });
    return this.#trying;
  }

  /** Lets `run` see that the connection has ended. */
  stop(): void {
    this.#pause.wake();
  }

  async #try(): Promise<boolean> {
    const reply = await this.#connection.request(ask, this.#answerMs);
    if (reply.kind === 'silent') this.#connection.close('The SMSC does not answer any more.');
    return reply.kind === 'answer';
  }
}

function ask(sequence: number): Uint8Array {
  return encodeHeader(command.enquireLink, 0, sequence);
}
