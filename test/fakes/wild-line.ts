import type { ByteStream, Clock } from '../../server/domain/ports.ts';

/** What happens to something that the modem says. */
export interface SaidFault {
  readonly lateMs: number;
  readonly missing: boolean;
  /** Where it is cut into pieces that come apart, as shares of its length. */
  readonly cuts: readonly number[];
  /** An octet at a share of its length that is replaced, lost (null), or put in between. */
  readonly garble: { readonly at: number; readonly octet: number | null; readonly insert: boolean } | null;
  /** Something unasked for that cuts in between two of its lines, at a share of them. */
  readonly aside: { readonly at: number; readonly text: string } | null;
}

export type WriteFault = 'none' | 'slow' | 'lost' | 'stuck-but-written';

const pieceMs = 7;
const slowMs = 400;
/** A driver of a port gives a write up after this long. */
const stuckMs = 10_000;

interface OpenPort {
  receive: ((bytes: Uint8Array) => void) | null;
  readonly end: (reason: string) => void;
}

/** A serial line: what is said arrives in its order, late, cut, garbled or not at all. */
export class WildLine {
  readonly #clock: Clock;
  readonly #heard: (text: string) => void;
  #port: OpenPort | null = null;
  #lastAt = 0;
  #writes: WriteFault[] = [];
  /** How often the port was opened. */
  opened = 0;

  constructor(clock: Clock, heard: (text: string) => void) {
    this.#clock = clock;
    this.#heard = heard;
  }

  /** What becomes of the next writes. */
  failWrites(faults: readonly WriteFault[]): void {
    this.#writes = [...faults];
  }

  calm(): void {
    this.#writes = [];
  }

  open(): ByteStream {
    this.hangUp('opened again');
    this.opened += 1;
    let ended: ((reason: string) => void) | null = null;
    let closedBecause: string | null = null;
    const port: OpenPort = {
      receive: null,
      end: (reason) => {
        if (closedBecause !== null) return;
        closedBecause = reason;
        if (this.#port === port) this.#port = null;
        ended?.(reason);
      },
    };
    this.#port = port;
    return {
      write: (bytes) => (closedBecause === null ? this.#write(bytes) : Promise.reject(new Error('the port is closed'))),
      onData: (receive) => {
        port.receive = receive;
      },
      onClose: (closed) => {
        ended = closed;
        if (closedBecause !== null) closed(closedBecause);
      },
      close: () => {
        port.end('closed');
        return Promise.resolve();
      },
    };
  }

  hangUp(reason: string): void {
    this.#port?.end(reason);
  }

  /** `arrived` is told when it came as it was said, to a port that stayed open. */
  say(text: string, { lateMs, missing, cuts, garble, aside }: SaidFault, arrived?: () => void): void {
    if (missing) return;
    const bytes = garbled(Buffer.from(interrupted(text, aside), 'latin1'), garble);
    const ends = [...cuts.map((share) => Math.floor(share * bytes.length)), bytes.length].toSorted((a, b) => a - b);
    const ports = new Set<OpenPort | null>();
    let from = 0;
    let at = Math.max(this.#lastAt, this.#clock.monotonic() + lateMs);
    for (const end of ends) {
      const piece = bytes.subarray(from, end);
      const last = end === bytes.length;
      from = end;
      this.#clock.after(at - this.#clock.monotonic(), () => {
        const port = this.#port;
        ports.add(port === null || port.receive === null ? null : port);
        if (piece.length > 0) port?.receive?.(piece);
        if (last && garble === null && aside === null && ports.size === 1 && !ports.has(null)) arrived?.();
      });
      this.#lastAt = at;
      at += pieceMs;
    }
  }

  async #write(bytes: Uint8Array): Promise<void> {
    const fault = this.#writes.shift() ?? 'none';
    const text = Buffer.from(bytes).toString('latin1');
    if (fault !== 'lost') this.#heard(text);
    if (fault === 'none') return;
    await new Promise<void>((resolve, reject) => {
      const fails = fault !== 'slow';
      this.#clock.after(fails ? stuckMs : slowMs, () =>
        fails ? reject(new Error('the port does not take bytes any more')) : resolve(),
      );
    });
  }
}

/** With the aside at the end of one of its lines. */
function interrupted(text: string, aside: SaidFault['aside']): string {
  if (aside === null) return text;
  const ends = [...text.matchAll(/(?<=\S)\r\n/g)].map((end) => end.index + 2);
  const at = ends[Math.floor(aside.at * ends.length)] ?? 0;
  return `${text.slice(0, at)}\r\n${aside.text}\r\n${text.slice(at)}`;
}

function garbled(bytes: Buffer, garble: SaidFault['garble']): Buffer {
  if (garble === null) return bytes;
  const at = Math.min(bytes.length - 1, Math.floor(garble.at * bytes.length));
  const between = garble.octet === null ? [] : [garble.octet];
  return Buffer.from([...bytes.subarray(0, at), ...between, ...bytes.subarray(garble.insert ? at : at + 1)]);
}
