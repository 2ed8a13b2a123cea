import { SerialPort } from 'serialport';
import { AppError, errorText } from '../../../domain/errors.ts';
import type { ByteStream, Clock } from '../../../domain/ports.ts';
import { delay } from '../../../platform/pause.ts';
import { noticingHangUp } from './hang-up.ts';

export interface SerialStreamOptions {
  readonly path: string;
  /** Default 115200; USB modems ignore it. */
  readonly baudRate?: number;
  readonly clock: Clock;
  /** Keeps DTR low for a second first: some modems that hang take the edge for a wish to wake up. */
  readonly knockDtr?: boolean;
}

const defaultBaudRate = 115_200;
const openMs = 8_000;
const writeMs = 10_000;
const closeMs = 3_000;
const dtrLowMs = 1_000;

/**
 * Opens a serial port for this box alone, 8N1 without flow control, DTR and RTS raised. Rejects with `port.not_allowed` when
 * the user may not open it, `port.in_use` when another program holds it, `carrier.config_invalid` when it is not there.
 */
export async function openSerialStream(options: SerialStreamOptions): Promise<ByteStream> {
  const settings: ConstructorParameters<typeof SerialPort>[0] = {
    path: options.path,
    baudRate: options.baudRate ?? defaultBaudRate,
    dataBits: 8,
    parity: 'none',
    stopBits: 1,
    rtscts: false,
    autoOpen: false,
    // The kernel refuses a second opener, another program as well as this one.
    lock: true,
  };
  const port = new SerialPort(Object.assign(settings, { binding: attentiveBinding() }));
  const stream = new SerialStream(port, options.clock);
  try {
    await deadline(options.clock, openMs, openPort(port), `${options.path} does not open in time.`);
  } catch (error) {
    await stream.close();
    throw openError(options.path, error);
  }
  // A pseudo-terminal has no control lines; a modem without them raised may stay silent.
  if (options.knockDtr === true) {
    await deadline(options.clock, closeMs, setLines(port, false), 'no control lines').catch(() => {});
    await delay(options.clock, dtrLowMs);
  }
  await deadline(options.clock, closeMs, setLines(port, true), 'no control lines').catch(() => {});
  return stream;
}

/** The system's own binding, with ports that notice when they are hung up. */
function attentiveBinding(): object {
  const { binding } = SerialPort;
  const open = async (options: never): Promise<unknown> => noticingHangUp(await binding.open(options));
  return { ...binding, open };
}

class SerialStream implements ByteStream {
  readonly #port: SerialPort;
  readonly #clock: Clock;
  #receive: ((bytes: Uint8Array) => void) | null = null;
  #ended: ((reason: string) => void) | null = null;
  #endReason: string | null = null;
  #closing: Promise<void> | null = null;

  constructor(port: SerialPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    port.on('data', (bytes: Buffer) => this.#receive?.(bytes));
    port.on('close', (error?: Error | null) => {
      this.#end(error === undefined || error === null ? 'closed' : errorText(error));
    });
    // Without a listener an error of the port would end the process; a lost port also closes, or is closed here.
    port.on('error', (error: Error) => {
      if (port.isOpen) void this.close();
      else this.#end(errorText(error));
    });
  }

  write(bytes: Uint8Array): Promise<void> {
    if (this.#endReason !== null) return Promise.reject(new Error(`the port is closed: ${this.#endReason}`));
    return deadline(this.#clock, writeMs, this.#writeAndDrain(bytes), 'the port does not take bytes any more');
  }

  onData(receive: (bytes: Uint8Array) => void): void {
    this.#receive = receive;
  }

  onClose(closed: (reason: string) => void): void {
    this.#ended = closed;
    if (this.#endReason !== null) closed(this.#endReason);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#port.isOpen) {
      // A hung driver may never answer; the port is given up then, so that whoever waits goes on.
      await deadline(this.#clock, closeMs, closePort(this.#port), 'the port does not close in time').catch(() => {});
    }
    this.#end('closed');
  }

  #writeAndDrain(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#port.write(bytes, (failed) => {
        if (failed) {
          reject(failed);
          return;
        }
        this.#port.drain((error) => (error ? reject(error) : resolve()));
      });
    });
  }

  #end(reason: string): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    this.#ended?.(reason);
  }
}

function openPort(port: SerialPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.open((error) => (error ? reject(error) : resolve()));
  });
}

function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve, reject) => {
    port.close((error) => (error ? reject(error) : resolve()));
  });
}

function setLines(port: SerialPort, raised: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    port.set({ dtr: raised, rts: raised }, (error) => (error ? reject(error) : resolve()));
  });
}

function deadline<T>(clock: Clock, ms: number, work: Promise<T>, problem: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = clock.after(ms, () => reject(new Error(problem)));
    work.then(resolve, reject).finally(() => timer.cancel());
  });
}

/** What to do about a port that does not open, in words. */
export function openError(path: string, error: unknown): AppError {
  const text = errorText(error);
  // Windows denies the access to a port that another program has; it knows no groups for ports.
  const windowsHeld = /^(?:\\\\\.\\)?COM\d+$/i.test(path) && /access denied/i.test(text);
  if (windowsHeld) {
    const message = `Another program holds ${path}, often the modem's own dialler or a terminal program. Close it.`;
    return new AppError('port.in_use', message, { cause: error });
  }
  if (/permission denied|EACCES|access denied/i.test(text)) {
    const message = `This user may not open ${path}. On Linux add the user to the group dialout (sudo usermod -aG dialout USER) and sign in again.`;
    return new AppError('port.not_allowed', message, { cause: error });
  }
  if (/EBUSY|busy|cannot lock|temporarily unavailable|EAGAIN/i.test(text)) {
    const message = `Another program holds ${path}, often ModemManager (sudo systemctl stop ModemManager) or a terminal program. Close it.`;
    return new AppError('port.in_use', message, { cause: error });
  }
  if (/no such file|ENOENT|ENXIO|ENODEV|file not found/i.test(text)) {
    return new AppError(
      'carrier.config_invalid',
      `There is no port ${path}. Plug the modem in; the box finds it by itself. If it is plugged in, \`doctor\` tells what has taken its port (on Linux often brltty).`,
      {
        cause: error,
      },
    );
  }
  return new AppError('carrier.config_invalid', `The port ${path} cannot be opened: ${text}`, { cause: error });
}
