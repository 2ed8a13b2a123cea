/** Beginnings that a spreadsheet takes for a formula. */
const formula = /^[=+\-@\t\r]/u;

/** One line of a CSV file (RFC 4180): every cell quoted, and none that a spreadsheet would run. */
export function csvLine(cells: readonly (string | number | null)[]): string {
  const quoted = cells.map((cell) => {
    const text = String(cell ?? '');
    const safe = typeof cell === 'string' && formula.test(text) ? `'${text}` : text;
    return `"${safe.replaceAll('"', '""')}"`;
  });
  return `${quoted.join(',')}\r\n`;
}

/** What tells Excel that a file is UTF-8. */
export const byteOrderMark = '\uFEFF';
