export function line(...cells: (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell)).join('')}\n`);
}

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

/** Prints a figure beside its bound. @returns whether it is reached. */
export function verdict(what: string, value: number, bound: number, better: 'more' | 'less'): boolean {
  const reached = better === 'more' ? value >= bound : value <= bound;
  line(
    `  ${reached ? 'reached    ' : 'NOT REACHED'}  ${what}: `,
    value,
    ` (to reach: ${better === 'more' ? '≥' : '≤'} ${bound})`,
  );
  return reached;
}

export function reachedOf(verdicts: readonly boolean[]): string {
  return `${verdicts.filter(Boolean).length} of ${verdicts.length} figures reached`;
}
