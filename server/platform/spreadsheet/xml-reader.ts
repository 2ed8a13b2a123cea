import { SaxesParser } from 'saxes';
import { AppError } from '../../domain/errors.ts';
import { unreadable } from './sheet.ts';

/** What a reader of one kind of XML part does as its tags go by. Names come without their prefix. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML piece by piece; yields after each piece, so that the caller takes what its handler gathered.
 * No document type is taken: nothing is ever expanded or fetched.
 * @throws AppError `import.unreadable`, and what the handler throws.
 */
export async function* readXml(pieces: AsyncIterable<string>, handler: XmlHandler): AsyncGenerator<void> {
  const parser = new SaxesParser({ position: false, xmlns: false });
  parser.on('doctype', () => {
    throw unreadable('The workbook has a document type, which no spreadsheet program writes.');
  });
  parser.on('error', (error) => {
    throw unreadable('The workbook is damaged. Save it again as XLSX or CSV.', error);
  });
  parser.on('opentag', ({ name, attributes }) => handler.open?.(localName(name), attributes));
  parser.on('text', (text) => handler.text?.(text));
  parser.on('cdata', (text) => handler.text?.(text));
  parser.on('closetag', ({ name }) => handler.close?.(localName(name)));
  for await (const piece of pieces) {
    parser.write(piece);
    yield;
  }
  parser.close();
  yield;
}

/** Reads a whole part that is small. */
export async function readWholeXml(pieces: AsyncIterable<string>, handler: XmlHandler, most: number): Promise<void> {
  let length = 0;
  const bounded = async function* bounded(): AsyncGenerator<string> {
    for await (const piece of pieces) {
      length += piece.length;
      if (length > most) throw new AppError('import.too_large', 'A part of the workbook is larger than it may be.');
      yield piece;
    }
  };
  for await (const _ of readXml(bounded(), handler));
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
