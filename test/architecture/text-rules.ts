import { basename } from 'node:path/posix';
import { withoutComments, type Breach, type SourceFile } from './source-tree.ts';

/** Words that may stand only where `home` says, and in the files named with a reason. */
interface WordRule {
  readonly rule: string;
  /** The files it is about. */
  readonly scope: RegExp;
  readonly words: RegExp;
  /** Files in which the words may stand. */
  readonly home: RegExp;
  readonly exceptions: Readonly<Record<string, { readonly words: RegExp; readonly why: string }>>;
}

const turn = /setImmediate\(/u;

export const wordRules: readonly WordRule[] = [
  {
    rule: 'clock and chance are handed in',
    scope: /^(?:server|electron)\//u,
    words:
      /\bDate\.now\(|\bnew Date\(\)|\bset(?:Timeout|Interval|Immediate)\(|\bMath\.random\(|\bperformance\.now\(|\bprocess\.hrtime\b|\brandom(?:Bytes|UUID|Int)\(|'node:timers/u,
    home: /^(?:server\/platform\/|electron\/system-timers\.ts$)/u,
    exceptions: {
      'server/store/commit-queue.ts': {
        words: turn,
        why: 'gathers what one turn of the event loop brings; no time passes',
      },
      'server/services/carrier-pump.ts': {
        words: turn,
        why: 'books what one turn of the event loop brings; no time passes',
      },
    },
  },
  {
    rule: 'SQL stays in the store',
    scope: /^(?:server|electron|renderer)\//u,
    words:
      /\.prepare(?:<[^(]*>)?\(|\bSELECT\b[^;`]{1,400}\bFROM\b|\bINSERT\s+(?:OR\s+\w+\s+)?INTO\b|\bUPDATE\s+\w+\s+SET\b|\bDELETE\s+FROM\b|\bCREATE\s+(?:TABLE|INDEX)\b|\bPRAGMA\b|\.pragma\(/u,
    home: /^server\/store\//u,
    exceptions: {},
  },
  {
    rule: 'links to the outside are opened in one file',
    scope: /^(?:server|electron|renderer)\//u,
    words: /\bopenExternal\b/u,
    home: /^electron\/external-links\.ts$/u,
    exceptions: {},
  },
  {
    rule: 'no default exports',
    scope: /^(?:server|electron|renderer)\//u,
    words: /^export default\b|\bas default\b/mu,
    home: /^$/u,
    exceptions: {},
  },
  {
    rule: 'no CommonJS',
    scope: /^(?:server|electron|renderer)\//u,
    words: /\brequire\(|\bmodule\.exports\b|\bcreateRequire\b/u,
    home: /^$/u,
    exceptions: {},
  },
  {
    rule: 'a carrier kind is told apart where carriers are made',
    scope: /^server\/(?!domain\/|contract\/|cli\/)/u,
    words: /\bswitch \([\w.]*\bkind\)[^}]*case '(?:modem|simulator|smpp|upstream)'/u,
    home: /^server\/carrier-factory\.ts$/u,
    exceptions: {},
  },
];

/** Words out of their place, and exceptions that nobody needs any more. */
export function checkWords(files: readonly SourceFile[], rules: readonly WordRule[] = wordRules): Breach[] {
  return rules.flatMap((rule) => {
    const unused = new Set(Object.keys(rule.exceptions));
    const breaches: Breach[] = [];
    for (const { path, text } of files) {
      if (!rule.scope.test(path) || rule.home.test(path)) continue;
      const exception = rule.exceptions[path];
      const found = withoutComments(text).matchAll(new RegExp(rule.words, `${rule.words.flags}g`));
      for (const [words] of found) {
        if (exception?.words.test(words) === true) unused.delete(path);
        else breaches.push({ rule: rule.rule, path, message: `says ${words.slice(0, 60)}` });
      }
    }
    for (const path of unused) breaches.push({ rule: rule.rule, path, message: 'needs no exception any more' });
    return breaches;
  });
}

const mostLines = 300;

/** Files of one size to be read in one go. */
export function checkLength(files: readonly SourceFile[]): Breach[] {
  return files
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .filter(({ lines }) => lines > mostLines)
    .map(({ path, lines }) => ({
      rule: 'length',
      path,
      message: `has ${lines} lines, at most ${mostLines} are wanted`,
    }));
}

/** `words-like-this.ts`; a migration begins with its number, a declaration file has `.d`. */
export function checkNames(files: readonly SourceFile[]): Breach[] {
  return files
    .filter(({ path }) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.d)?\.tsx?$/u.test(basename(path)))
    .map(({ path }) => ({ rule: 'names', path, message: 'is not named in kebab-case' }));
}
