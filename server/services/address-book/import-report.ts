import { csvLine, csvMark } from '../../domain/csv.ts';
import type { RowProblem } from '../../domain/import-columns.ts';
import type { Language } from '../../domain/languages.ts';
import { nextTurn } from '../../platform/next-turn.ts';
import type { ImportStore } from '../../store/import-store.ts';
import { columnsOf, rowView, type ImportRowView } from './import-rows.ts';

/** Lines read for one turn of the report. */
const slice = 500;

interface ReportWords {
  readonly line: string;
  readonly why: string;
  readonly problems: Readonly<Record<RowProblem, string>>;
}

/** The report is read by whoever mends the file, in the language of the pages. */
const words: Readonly<Record<Language, ReportWords>> = {
  en: {
    line: 'Line',
    why: 'Why it is left out',
    problems: {
      missing_number: 'no number',
      bad_number: 'no possible mobile number',
      duplicate: 'same number as line {line}',
    },
  },
  th: {
    line: 'บรรทัด',
    why: 'เหตุผลที่ไม่นำเข้า',
    problems: {
      missing_number: 'ไม่มีหมายเลข',
      bad_number: 'ไม่ใช่หมายเลขมือถือที่ใช้ได้',
      duplicate: 'หมายเลขซ้ำกับบรรทัด {line}',
    },
  },
  'zh-Hant': {
    line: '行',
    why: '未匯入原因',
    problems: {
      missing_number: '沒有號碼',
      bad_number: '不是有效的手機號碼',
      duplicate: '號碼與第 {line} 行重複',
    },
  },
};

export interface ReportRequest {
  readonly problem?: RowProblem | undefined;
  readonly language: Language;
}

/**
 * The lines of a file that are left out, each with the reason and its cells as they were, as CSV; a piece a turn.
 * @throws AppError `import.not_found`.
 */
export function importReport(
  store: ImportStore,
  id: number,
  { problem, language }: ReportRequest,
): { readonly name: string; readonly pieces: AsyncIterable<string> } {
  const row = store.get(id);
  const headers = columnsOf(row).map(({ header }) => header);
  const said = words[language];
  async function* pieces(): AsyncGenerator<string> {
    yield csvMark + csvLine([said.line, said.why, ...headers]);
    for (let after = 0; ;) {
      const rows = store.rows(id, after, slice, problem ?? 'problems');
      yield rows.map((each) => reportLine(rowView(each), said)).join('');
      if (rows.length < slice) return;
      after = rows.at(-1)?.line ?? after;
      await nextTurn();
    }
  }
  return { name: `${row.file_name.replace(/\.\w+$/u, '')}-problems.csv`, pieces: pieces() };
}

function reportLine({ line, problem, sameAs, cells }: ImportRowView, said: ReportWords): string {
  const why = problem === null ? '' : said.problems[problem].replace('{line}', String(sameAs ?? ''));
  return csvLine([String(line), why, ...cells]);
}
