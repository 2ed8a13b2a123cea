import type { ByteStream, Random } from '../../../server/domain/ports.ts';
import { SimulatedModem, type SimulatedModemOptions } from '../../../server/carriers/simulator/simulated-modem.ts';
import { encodeSubmit, type SubmitInput } from '../../../server/carriers/tpdu/submit.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

/** The same numbers at every run (a linear congruential generator). */
export function seededRandom(seed = 1): Random {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return { fraction: next, bytes: (n) => Uint8Array.from({ length: n }, () => Math.floor(next() * 256)) };
}

/** A person at a terminal: types, waits, reads what came. */
export class Terminal {
  readonly clock: ManualClock;
  readonly modem: SimulatedModem;
  port: ByteStream;
  closedBecause: string | null = null;
  chunks: number[] = [];
  #received = '';

  constructor(options: Partial<Omit<SimulatedModemOptions, 'clock'>> = {}) {
    this.clock = new ManualClock();
    this.modem = new SimulatedModem({
      clock: this.clock,
      random: seededRandom(),
      ...options,
      profile: { echoAtBoot: false, firstReference: 7, ...options.profile },
    });
    this.port = this.open();
  }

  open(): ByteStream {
    this.closedBecause = null;
    this.port = this.modem.connect();
    this.port.onData((bytes) => {
      this.chunks.push(bytes.length);
      this.#received += Buffer.from(bytes).toString('latin1');
    });
    this.port.onClose((reason) => {
      this.closedBecause = `${this.closedBecause ?? ''}${reason}`;
    });
    return this.port;
  }

  /** What came since the last look. */
  async read(ms = 0): Promise<string> {
    await this.clock.advance(ms);
    const text = this.#received;
    this.#received = '';
    return text;
  }

  /** The lines that came, without the empty ones. */
  async lines(ms = 0): Promise<readonly string[]> {
    return (await this.read(ms)).split(/[\r\n]+/).filter((line) => line !== '');
  }

  async type(text: string): Promise<void> {
    await this.port.write(Buffer.from(text, 'latin1'));
  }

  /** Types a command and reads the lines of its answer. */
  async ask(command: string, ms = 0): Promise<readonly string[]> {
    await this.type(`${command}\r`);
    return this.lines(ms);
  }

  /** Types AT+CMGS and, at the prompt, the PDU and Ctrl-Z; returns what came within `ms`. */
  async send(sms: Partial<SubmitInput> = {}, ms = 200): Promise<readonly string[]> {
    const { hex, tpduLength } = submit(sms);
    const prompt = await this.ask(`AT+CMGS=${tpduLength}`);
    if (prompt.at(-1) !== '> ') return prompt;
    await this.type(`${hex}\x1a`);
    return this.lines(ms);
  }
}

export function submit(sms: Partial<SubmitInput> = {}): { readonly hex: string; readonly tpduLength: number } {
  return encodeSubmit({
    destination: '66812345601',
    text: 'hello',
    encoding: 'gsm7',
    part: 1,
    partCount: 1,
    concatReference: 0,
    validityMs: 3_600_000,
    requestReport: true,
    ...sms,
  });
}
