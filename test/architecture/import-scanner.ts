import { dirname, join } from 'node:path/posix';
import { withoutComments, type SourceFile } from './source-tree.ts';

/** How a file takes another: its values as it loads, its values later, or its types, which leave nothing at run time. */
export type ImportKind = 'value' | 'lazy' | 'type';

export interface Import {
  /** As written: `./money.ts`, `express`, `node:fs`. */
  readonly specifier: string;
  /** Path in the project, or the specifier itself for what comes from outside. */
  readonly target: string;
  readonly kind: ImportKind;
}

const statement = /^(?:import|export)\s+(?<clause>[^'";]*?)\s*from\s*'(?<from>[^']+)'/gmu;
const bare = /^import\s*'(?<from>[^']+)'/gmu;
const dynamic = /\bimport\(\s*(?:'(?<from>[^']+)'|(?<computed>[^)]*))/gu;

/** A file named for a thread of its own. */
const worker = /\bnew URL\('(?<from>\.[^']+\.ts)', import\.meta\.url\)/gu;

/** Everything that a file imports. A dynamic import of a computed name has the specifier `?`. */
export function scanImports(file: SourceFile): Import[] {
  const text = withoutComments(file.text);
  const found: { specifier: string; kind: ImportKind }[] = [];
  for (const { groups } of text.matchAll(statement)) {
    found.push({ specifier: groups?.['from'] ?? '?', kind: kindOf(groups?.['clause'] ?? '') });
  }
  for (const { groups } of text.matchAll(bare)) found.push({ specifier: groups?.['from'] ?? '?', kind: 'value' });
  for (const { groups } of text.matchAll(dynamic)) found.push({ specifier: groups?.['from'] ?? '?', kind: 'lazy' });
  for (const { groups } of text.matchAll(worker)) found.push({ specifier: groups?.['from'] ?? '?', kind: 'lazy' });
  return found.map(({ specifier, kind }) => ({ specifier, kind, target: resolve(file.path, specifier) }));
}

function kindOf(clause: string): ImportKind {
  if (clause.startsWith('type ')) return 'type';
  const named = /^\{(?<names>[\s\S]*)\}$/u.exec(clause)?.groups?.['names'];
  const names = named?.split(',').map((name) => name.trim());
  return names?.every((name) => name === '' || name.startsWith('type ')) === true ? 'type' : 'value';
}

function resolve(from: string, specifier: string): string {
  return specifier.startsWith('.') ? join(dirname(from), specifier) : specifier;
}

/** Name of the package that a specifier reaches into. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
