/** What a modem writes: results in the form that ATV and ATQ chose, echo, and the noise of a bad line. */

import type { Random } from '../../domain/ports.ts';
import type { Settings } from './context.ts';
import type { SimulatorFaults } from './faults.ts';

const noiseLines = ['^RSSI:18', 'RING', '^MODE:5,4', '+CREG: 1', '^BOOT:20952548,0,0,0,6'];
const longestGarble = 8;

export interface OutputOptions {
  readonly random: Random;
  readonly faults: SimulatorFaults;
  readonly settings: Settings;
  readonly emit: (bytes: Uint8Array) => void;
}

export class LineOutput {
  readonly #options: OutputOptions;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /** Bytes as they are: echo and prompt. */
  raw(text: string): void {
    if (!this.#options.faults.silent) this.#options.emit(Buffer.from(text, 'latin1'));
  }

  /** Lines of information or an unasked-for result. */
  lines(lines: readonly string[]): void {
    if (lines.length === 0) return;
    const { verbose } = this.#options.settings;
    this.#noise();
    this.#garble();
    this.raw(`${verbose ? '\r\n' : ''}${lines.join('\r\n')}\r\n`);
    this.#noise();
  }

  /** A final result: OK, ERROR and their kin. */
  final(line: string): void {
    const { quiet, verbose } = this.#options.settings;
    if (quiet) return;
    this.#noise();
    this.#garble();
    this.raw(verbose || line.startsWith('+') ? `\r\n${line}\r\n` : line === 'OK' ? '0\r' : '4\r');
    this.#noise();
  }

  #noise(): void {
    const { random, faults } = this.#options;
    if (faults.urcNoise === 0 || random.fraction() >= faults.urcNoise) return;
    const line = noiseLines[Math.floor(random.fraction() * noiseLines.length)] ?? 'RING';
    this.raw(`\r\n${line}\r\n`);
  }

  #garble(): void {
    const { random, faults, emit } = this.#options;
    if (faults.silent || faults.garble === 0 || random.fraction() >= faults.garble) return;
    emit(random.bytes(1 + Math.floor(random.fraction() * longestGarble)));
  }
}
