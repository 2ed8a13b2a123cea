import { appendFile, chmod, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorText } from '../domain/errors.ts';
import type { Service } from '../domain/ports.ts';

/** One line of the log as it was written, with its place in the order of all. */
export interface LoggedLine {
  readonly seq: number;
  readonly text: string;
}

export interface LogBookSizes {
  /** Lines that are kept in memory. */
  readonly lines: number;
  /** Bytes after which a new file is begun. */
  readonly fileBytes: number;
  /** Files that are kept, with the one that is written. */
  readonly files: number;
}

const usualSizes: LogBookSizes = { lines: 5_000, fileBytes: 5_000_000, files: 5 };
const longestLine = 8_192;
/** What waits for a disk that does not come along is bounded; what is more is left out of the file. */
const mostWaiting = 20_000;

/**
 * The latest lines of the log in memory, and all of it in files of bounded size beside the database. Writing is never
 * waited for: lines that come while others are on their way to the disk go there together.
 */
export class LogBook implements Service {
  readonly name = 'log files';
  readonly #dir: string;
  readonly #sizes: LogBookSizes;
  readonly #lines: LoggedLine[] = [];
  #seq = 0;
  #waiting: string[] = [];
  #keeping = false;
  #size = 0;
  #busy: Promise<void> | undefined;
  #problem: string | null = null;

  constructor(dir: string, sizes: LogBookSizes = usualSizes) {
    this.#dir = dir;
    this.#sizes = sizes;
  }

  /** Takes one line, with its line end. */
  write(line: string): void {
    const text = line.length > longestLine ? cutLine(line) : line.trimEnd();
    this.#seq += 1;
    this.#lines.push({ seq: this.#seq, text });
    if (this.#lines.length > this.#sizes.lines) this.#lines.shift();
    if (this.#waiting.length < mostWaiting) this.#waiting.push(text);
    this.#flush();
  }

  /** The latest lines, oldest first. */
  get lines(): readonly LoggedLine[] {
    return this.#lines;
  }

  /** Why the files cannot be written; null while they can. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Begins to keep files; what was logged before is in them as well. */
  async start(): Promise<void> {
    try {
      await mkdir(this.#dir, { recursive: true, mode: 0o700 });
      const file = await open(this.#file(0), 'a', 0o600);
      this.#size = (await file.stat()).size;
      await file.close();
      await chmod(this.#file(0), 0o600);
      this.#keeping = true;
      this.#flush();
    } catch (error) {
      // A box without log files is better than none; the page says so.
      this.#problem = errorText(error);
    }
  }

  /** Puts on disk what was logged so far. */
  async stop(): Promise<void> {
    while (this.#busy !== undefined) await this.#busy;
    this.#keeping = false;
  }

  /** All files, oldest first, as far as they were written; what is in memory when there are none. */
  async *read(): AsyncGenerator<string> {
    while (this.#busy !== undefined) await this.#busy;
    const names = new Set(this.#keeping ? await readdir(this.#dir) : []);
    let found = false;
    for (let n = this.#sizes.files - 1; n >= 0; n -= 1) {
      if (!names.has(fileName(n))) continue;
      found = true;
      yield await readFile(this.#file(n), 'utf8');
    }
    if (!found) yield this.#lines.map(({ text }) => `${text}\n`).join('');
  }

  #flush(): void {
    if (!this.#keeping || this.#busy !== undefined || this.#waiting.length === 0) return;
    this.#busy = this.#append().finally(() => {
      this.#busy = undefined;
      this.#flush();
    });
  }

  async #append(): Promise<void> {
    const text = `${this.#waiting.splice(0).join('\n')}\n`;
    try {
      const bytes = Buffer.byteLength(text);
      if (this.#size > 0 && this.#size + bytes > this.#sizes.fileBytes) await this.#turnOver();
      await appendFile(this.#file(0), text, { mode: 0o600 });
      this.#size += bytes;
      this.#problem = null;
    } catch (error) {
      // Logging that a log cannot be written would go round in a ring: the page and the console have the lines.
      this.#problem = errorText(error);
    }
  }

  /** Every file gets the next number; the last one goes. */
  async #turnOver(): Promise<void> {
    await rm(this.#file(this.#sizes.files - 1), { force: true });
    for (let n = this.#sizes.files - 2; n >= 0; n -= 1) {
      if (await isThere(this.#file(n))) await rename(this.#file(n), this.#file(n + 1));
    }
    this.#size = 0;
  }

  #file(n: number): string {
    return join(this.#dir, fileName(n));
  }
}

function fileName(n: number): string {
  return n === 0 ? 'box.log' : `box.${n}.log`;
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

/** A line that is cut stays JSON. */
function cutLine(line: string): string {
  const head = /^\{"level":\d+,"time":"[^"]{0,40}"/u.exec(line)?.[0] ?? '{"level":30';
  return `${head},"msg":"log.line_too_long","characters":${line.length}}`;
}
