import { unreadable } from './sheet.ts';
import type { ZipReader } from './zip-reader.ts';
import { readWholeXml, type XmlHandler } from './xml-reader.ts';

const smallPart = 5_000_000;
const mostStringCharacters = 60_000_000;

/** Path of the first sheet in a workbook (ECMA-376-1 §12.3.23). @throws AppError `import.unreadable`. */
export async function firstSheet(zip: ZipReader): Promise<string> {
  const usual = 'xl/worksheets/sheet1.xml';
  let id: string | undefined;
  const targets = new Map<string, string>();
  if (zip.has('xl/workbook.xml') && zip.has('xl/_rels/workbook.xml.rels')) {
    const sheets: XmlHandler = {
      open: (name, attributes) => {
        if (name === 'sheet')
          id ??= attributes['r:id'] ?? Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      },
    };
    const relations: XmlHandler = {
      open: (name, { Id, Target }) => {
        if (name === 'Relationship' && Id !== undefined && Target !== undefined) targets.set(Id, Target);
      },
    };
    await readWholeXml(zip.text('xl/workbook.xml'), sheets, smallPart);
    await readWholeXml(zip.text('xl/_rels/workbook.xml.rels'), relations, smallPart);
  }
  const target = id === undefined ? undefined : targets.get(id);
  const path = target === undefined ? usual : target.startsWith('/') ? target.slice(1) : `xl/${target}`;
  if (!zip.has(path)) throw unreadable('The workbook has no sheet of cells. Save it again as XLSX or CSV.');
  return path;
}

/** Texts that cells refer to by number, each without its formats and readings aids (§18.4.8). */
export async function sharedStrings(zip: ZipReader): Promise<string[]> {
  const path = 'xl/sharedStrings.xml';
  const strings: string[] = [];
  if (!zip.has(path)) return strings;
  let current = '';
  let inText = false;
  let inReading = false;
  await readWholeXml(
    zip.text(path),
    {
      open: (name) => {
        if (name === 'si') current = '';
        else if (name === 'rPh') inReading = true;
        else if (name === 't') inText = !inReading;
      },
      text: (text) => {
        if (inText) current += text;
      },
      close: (name) => {
        if (name === 'si') strings.push(current);
        else if (name === 'rPh') inReading = false;
        else if (name === 't') inText = false;
      },
    },
    mostStringCharacters,
  );
  return strings;
}

/** For each cell format whether it shows a number as a date, a time or both (§18.8.30); null for neither. */
export type DateFormats = readonly (DateForm | null)[];
export interface DateForm {
  readonly date: boolean;
  readonly time: boolean;
}

const builtIn = new Map<number, DateForm>([
  ...[14, 15, 16, 17].map((id) => [id, { date: true, time: false }] as const),
  ...[18, 19, 20, 21, 45, 46, 47].map((id) => [id, { date: false, time: true }] as const),
  [22, { date: true, time: true }],
  // Thai dates.
  ...[71, 72, 73, 74].map((id) => [id, { date: true, time: false }] as const),
]);

export async function dateFormats(zip: ZipReader): Promise<DateFormats> {
  const path = 'xl/styles.xml';
  const formats: (DateForm | null)[] = [];
  if (!zip.has(path)) return formats;
  const own = new Map<number, DateForm | null>();
  let inCells = false;
  await readWholeXml(
    zip.text(path),
    {
      open: (name, attributes) => {
        const id = Number(attributes['numFmtId'] ?? -1);
        if (name === 'numFmt') own.set(id, dateForm(attributes['formatCode'] ?? ''));
        else if (name === 'cellXfs') inCells = true;
        else if (name === 'xf' && inCells) formats.push(own.get(id) ?? builtIn.get(id) ?? null);
      },
      close: (name) => {
        if (name === 'cellXfs') inCells = false;
      },
    },
    smallPart,
  );
  return formats;
}

/** Letters for days, months, years or hours outside quotes, brackets and escapes. */
function dateForm(code: string): DateForm | null {
  const plain = code.replaceAll(/"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]/giu, '');
  const date = /[dye]/iu.test(plain);
  const time = /[hs]/iu.test(plain);
  return date || time ? { date, time } : null;
}

/** A serial number as a date: days since 1899-12-30, which forgives that 1900 counts as a leap year. */
export function dateText(serial: number, { date, time }: DateForm): string {
  const at = new Date(Math.round((serial - 25_569) * 86_400) * 1000);
  if (Number.isNaN(at.getTime())) return String(serial);
  const [day = '', clock = ''] = at.toISOString().split('T');
  const minutes = clock.slice(0, 5);
  if (date && time) return `${day} ${minutes}`;
  return date ? day : minutes;
}
