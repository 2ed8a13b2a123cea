import type { LogBook, LoggedLine } from '../platform/log-book.ts';

export const shownLevels = ['debug', 'info', 'warn', 'error'] as const;
export type ShownLevel = (typeof shownLevels)[number];

export interface LogView {
  readonly seq: number;
  readonly at: string;
  readonly level: ShownLevel;
  /** What it comes from: the first part of the event's name, such as `carrier`. */
  readonly part: string;
  readonly event: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

export interface LogRequest {
  /** This level or a worse one. */
  readonly level?: ShownLevel | undefined;
  readonly part?: string | undefined;
  /** In any case of letters, anywhere in the line. */
  readonly text?: string | undefined;
  readonly limit: number;
}

/** Numbers of the levels in a line. */
const numbers: Readonly<Record<ShownLevel, number>> = { debug: 20, info: 30, warn: 40, error: 50 };

/** What the box has logged lately, for people who look after it. */
export class LogDesk {
  readonly #book: LogBook;

  constructor(book: LogBook) {
    this.#book = book;
  }

  /** The latest lines of a filter, newest first, and the parts that there are. */
  page({ level = 'debug', part, text, limit }: LogRequest): {
    items: LogView[];
    parts: string[];
    more: boolean;
    problem: string | null;
  } {
    const wanted = text?.toLowerCase();
    const parts = new Set<string>();
    const items: LogView[] = [];
    let more = false;
    for (const line of this.#book.lines.toReversed()) {
      const view = viewOf(line);
      if (view === null) continue;
      parts.add(view.part);
      const fits =
        numbers[view.level] >= numbers[level] &&
        (part === undefined || view.part === part) &&
        (wanted === undefined || line.text.toLowerCase().includes(wanted));
      if (!fits) continue;
      if (items.length < limit) items.push(view);
      else more = true;
    }
    return { items, parts: [...parts].toSorted(), more, problem: this.#book.problem };
  }

  /** All that is kept, oldest first, one JSON object a line. */
  read(): AsyncIterable<string> {
    return this.#book.read();
  }
}

/** A line as it is shown; null for one that is no event of the box. */
function viewOf({ seq, text }: LoggedLine): LogView | null {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof line !== 'object' || line === null) return null;
  const { level, time, msg, ...rest }: Record<string, unknown> = { ...line };
  if (typeof msg !== 'string' || typeof level !== 'number') return null;
  const fields = Object.entries(rest).flatMap(([name, value]) =>
    value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [[name, value] as const]
      : [],
  );
  return {
    seq,
    at: typeof time === 'string' ? time : new Date(0).toISOString(),
    level: levelOf(level),
    part: msg.split('.')[0] ?? msg,
    event: msg,
    fields: Object.fromEntries(fields),
  };
}

function levelOf(number: number): ShownLevel {
  return shownLevels.toReversed().find((level) => number >= numbers[level]) ?? 'debug';
}
