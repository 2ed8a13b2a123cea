import { parse } from 'csv-parse';
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { nextTurn } from '../next-turn.ts';
import { sheetLimits, tidyCells, tooManyRows, unreadable, type SheetRow } from './sheet.ts';

/** Decoded in one turn of the event loop. */
const chunkBytes = 64 * 1024;
const longestRecord = 1_000_000;
const delimiters = [',', ';', '\t', '|'] as const;

/**
 * How a file of text is written: by its byte order mark, else UTF-8 where it is that, else the Thai of older Windows,
 * in which Excel saves CSV there.
 */
export function textEncoding(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-874' {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return isUtf8(bytes) ? 'utf-8' : 'windows-874';
}

/** The character that stands between the values: the one that the first line has most of, outside quotes. */
export function csvDelimiter(firstLine: string): (typeof delimiters)[number] {
  const plain = firstLine.replaceAll(/"[^"]*"/gu, '');
  const counted = delimiters.map((mark) => ({ mark, count: plain.split(mark).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most), { mark: ',', count: 0 }).mark;
}

/** How a file of text is written, as it will be read. */
export interface CsvForm {
  readonly encoding: ReturnType<typeof textEncoding>;
  readonly delimiter: (typeof delimiters)[number];
}

export function csvForm(bytes: Uint8Array): CsvForm {
  const encoding = textEncoding(bytes);
  const head = new TextDecoder(encoding).decode(bytes.subarray(0, chunkBytes));
  return { encoding, delimiter: csvDelimiter(head.split(/\r?\n|\r/u, 1)[0] ?? '') };
}

/**
 * Rows of a CSV file, read a little in each turn of the event loop.
 * @throws AppError `import.unreadable`, `import.too_large`.
 */
export async function* readCsv(bytes: Uint8Array): AsyncGenerator<SheetRow> {
  const { encoding, delimiter } = csvForm(bytes);
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: longestRecord,
  });
  const source = Readable.from(decoded(bytes, encoding), { objectMode: false, encoding: 'utf8' });
  source.once('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let rows = 0;
  try {
    for await (const item of parser) {
      const row = rowOf(item);
      if (row.cells.length === 0) continue;
      rows += 1;
      if (rows > sheetLimits.rows) throw tooManyRows();
      yield row;
    }
  } catch (error) {
    throw error instanceof Error && 'code' in error && String(error.code).startsWith('CSV_')
      ? unreadable(`The file cannot be read as CSV: ${error.message}. Save it as CSV UTF-8 or as XLSX.`, error)
      : error;
  } finally {
    source.destroy();
    parser.destroy();
  }
}

async function* decoded(bytes: Uint8Array, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for (let from = 0; from < bytes.length; from += chunkBytes) {
    await nextTurn();
    const text = decoder.decode(bytes.subarray(from, from + chunkBytes), { stream: true });
    if (text.includes('\u0000')) throw unreadable('The file is no text. Save it as CSV UTF-8 or as XLSX.');
    yield text;
  }
  yield decoder.decode();
}

function rowOf(item: unknown): SheetRow {
  // The parser is told to give both; anything else is a fault of the library.
  if (typeof item !== 'object' || item === null || !('record' in item) || !('info' in item))
    throw new TypeError('record');
  const { record, info } = item;
  const cells = Array.isArray(record) ? record.map(String) : [];
  const line = typeof info === 'object' && info !== null && 'lines' in info ? Number(info.lines) : 0;
  return { line, cells: tidyCells(cells) };
}
