/** CSV as spreadsheet programs read it (RFC 4180). */

/** Begins a file so that Excel takes it for UTF-8. */
export const csvMark = '\u{feff}';

/**
 * One line. A cell that a spreadsheet program would take for a formula, or for a command, begins with an apostrophe,
 * which makes it a text.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: string): string {
  const text = /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$|^'/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
