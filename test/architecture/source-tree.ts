import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** One file of the project; `path` is relative to the project and has forward slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Something that breaks a rule of ARCHITECTURE.md. */
export interface Breach {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

const house = join(import.meta.dirname, '..', '..');
const rooms = ['server', 'electron', 'renderer'];

/** Every TypeScript file of the product, in the order of their paths. */
export function readSourceTree(): SourceFile[] {
  return rooms
    .flatMap((room) => readdirSync(join(house, room), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/u.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(house, path).replaceAll(sep, '/'), text: readFileSync(path, 'utf8') }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** The text without its comments, line by line as before. Code is formatted, so a comment begins its line or follows a blank. */
export function withoutComments(text: string): string {
  return text
    .replace(/^[ \t]*\/\*[\s\S]*?\*\/|\{\/\*[\s\S]*?\*\/\}/gmu, (comment) => comment.replaceAll(/[^\n]/gu, ''))
    .replaceAll(/(^|[;,{})\]]?[ \t]+)\/\/ .*$/gmu, '$1');
}
