import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageFile from '../../package.json' with { type: 'json' };
import { allCommands, helpOf } from './command-line-help.ts';

const house = join(import.meta.dirname, '..', '..');
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'].map((name) => ({
  name,
  text: readFileSync(join(house, name), 'utf8'),
}));
const readme = readFileSync(join(house, 'README.md'), 'utf8');

/** The lines of a text that show how the box's own command is used, without their remarks. */
function usesOfTheCommand(text: string): string[] {
  return [...text.matchAll(/^npx sepsms-box (?<use>[a-z][^#\n]*)/gmu)].map(({ groups }) =>
    (groups?.['use'] ?? '').trim(),
  );
}

/** What the table of commands names in its first column. */
function commandsInTable(text: string): string[] {
  const table = /## Command line\n(?<table>[\s\S]*?)\n## /u.exec(text)?.groups?.['table'] ?? '';
  const rows = table.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/gu)].map(([, name]) => name ?? ''));
}

test.each(pages)('every npm script in $name exists', ({ text }) => {
  const named = [...text.matchAll(/\bnpm (?:run (?<script>[a-z][\w:]*)|(?<own>test|start)\b)/gu)].map(
    ({ groups }) => groups?.['script'] ?? groups?.['own'],
  );
  expect(Object.keys(packageFile.scripts)).toEqual(expect.arrayContaining(named));
});

test('the README names the scripts to try, run and check the box', () => {
  for (const line of ['npm ci && npm run demo', 'npm ci && npm start', 'npm ci && npm test'])
    expect(readme).toContain(`\n${line}\n`);
});

test('the table in the README has exactly the commands that there are', async () => {
  expect(commandsInTable(readme).toSorted()).toEqual((await allCommands()).toSorted());
});

test('every example in the README is a command with options that it has', async () => {
  const commands = await allCommands();
  const uses = usesOfTheCommand(readme);
  expect(uses.length).toBeGreaterThan(5);
  for (const use of uses) {
    const command = commands.find((each) => use === each || use.startsWith(`${each} `));
    expect(command, use).toBeDefined();
    const options = use.match(/--[a-z-]+/gu) ?? [];
    const help = await helpOf((command ?? '').split(' '));
    for (const option of options) expect(help, `${use}: ${option}`).toMatch(new RegExp(`^ {2}${option}\\b`, 'mu'));
  }
});

test('the options, variables and defaults in the README are those of `serve`', async () => {
  const help = (await helpOf(['serve'])).replaceAll(/\s+/gu, ' ');
  const rows = [...readme.matchAll(/^\| `(?<option>--[a-z-]+)` *\| `(?<variable>\w+)` *\| (?<usual>[^|]*?) *\|$/gmu)];
  expect(rows).toHaveLength(5);
  for (const { groups } of rows) {
    const usual = /^`(?<value>[^`]+)`$/u.exec(groups?.['usual'] ?? '')?.groups?.['value'];
    const end = usual === undefined ? '' : `, else ${usual}`;
    const entry = help.slice(help.indexOf(` ${groups?.['option']} `));
    expect(entry).toContain(`(else ${groups?.['variable']}${end})`);
    expect(entry.indexOf(`(else ${groups?.['variable']}`)).toBeLessThan(120);
  }
});

test.each(pages)('every file that $name links to is there', ({ text }) => {
  const links = [...text.matchAll(/\]\((?!https?:)(?<path>[^)#]+)/gu)].map(({ groups }) => groups?.['path'] ?? '');
  expect(links.filter((path) => !existsSync(join(house, path)))).toEqual([]);
});

test('every source file that ARCHITECTURE.md names is there', () => {
  const text = pages.find((page) => page.name === 'ARCHITECTURE.md')?.text ?? '';
  const named = [...text.matchAll(/`(?<path>[\w/-]+\.(?:ts|tsx|sql))`/gu)].map(({ groups }) => groups?.['path'] ?? '');
  expect(named.length).toBeGreaterThan(25);
  const roots = ['', 'server', 'electron', 'server/carriers/modem', 'server/carriers/smpp'];
  expect(named.filter((path) => !roots.some((root) => existsSync(join(house, root, path))))).toEqual([]);
});

test('a command, an option or a script that does not exist would be noticed', async () => {
  expect(await allCommands()).not.toContain('carrier add pigeon');
  expect(usesOfTheCommand('npx sepsms-box fly --to 1 # remark\n')).toEqual(['fly --to 1']);
  expect(commandsInTable('## Command line\n\n| `fly`, `swim fast` | move |\n\n## Next')).toEqual(['fly', 'swim fast']);
  expect(await helpOf(['send'])).not.toContain('--pigeon');
});
