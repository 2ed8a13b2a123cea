import type { Readable } from 'node:stream';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../../domain/errors.ts';
import { nextTurn } from '../next-turn.ts';
import { unreadable } from './sheet.ts';

const mostEntries = 2_000;
/** Bytes unpacked from one file altogether, counted as they come, whatever the file says of itself. */
const mostUnpacked = 300_000_000;

/** The entries of a ZIP file in memory, unpacked piece by piece and never to more than a limit. */
export class ZipReader {
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;
  #unpacked = 0;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  /** @throws AppError `import.unreadable`, `import.too_large`. */
  static async open(bytes: Uint8Array): Promise<ZipReader> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    try {
      const file = await new Promise<ZipFile>((resolve, reject) => {
        fromBuffer(buffer, { lazyEntries: true }, (error, opened) =>
          error === null ? resolve(opened) : reject(error),
        );
      });
      return new ZipReader(file, await entriesOf(file));
    } catch (error) {
      throw error instanceof AppError
        ? error
        : unreadable('The file is no XLSX workbook, or it is damaged. Save it again as XLSX or CSV.', error);
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of an entry, piece by piece. @throws AppError `import.unreadable`, `import.too_large`. */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw unreadable(`The workbook has no ${name}. Save it again as XLSX or CSV.`);
    if (entry.isEncrypted()) throw unreadable('The workbook is protected by a password. Save it without one.');
    const decoder = new TextDecoder();
    const stream = await this.#stream(entry);
    try {
      for await (const chunk of stream) {
        const bytes: unknown = chunk;
        if (!(bytes instanceof Uint8Array)) throw new TypeError('chunk');
        this.#unpacked += bytes.length;
        if (this.#unpacked > mostUnpacked)
          throw new AppError(
            'import.too_large',
            'The workbook unpacks to more than it may. Split it, or save it as CSV.',
          );
        yield decoder.decode(bytes, { stream: true });
        await nextTurn();
      }
      yield decoder.decode();
    } catch (error) {
      throw error instanceof AppError
        ? error
        : unreadable('The workbook is damaged. Save it again as XLSX or CSV.', error);
    } finally {
      stream.destroy();
    }
  }

  async #stream(entry: Entry): Promise<Readable> {
    return await new Promise((resolve, reject) => {
      this.#file.openReadStream(entry, (error, stream) =>
        error === null ? resolve(stream) : reject(unreadable('The workbook is damaged.', error)),
      );
    });
  }
}

function entriesOf(file: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > mostEntries)
    throw new AppError('import.too_large', 'The workbook has too many parts. Save only the sheet that is wanted.');
  const entries = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    file.on('entry', (entry: Entry) => {
      entries.set(entry.fileName, entry);
      file.readEntry();
    });
    file.once('end', () => resolve(entries));
    file.once('error', reject);
    file.readEntry();
  });
}
