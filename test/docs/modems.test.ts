import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { helpOf } from '../readme/command-line-help.ts';

const house = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(house, 'docs', 'modems.md'), 'utf8');

/** All text of the driver, its strings put together where they are cut. */
function driverText(): string {
  const folder = join(house, 'server', 'carriers', 'modem');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

describe('the page about modems', () => {
  test('quotes only what the box really says', () => {
    const said = driverText();
    const quoted = [...page.matchAll(/^\| "(?<words>[^"]+)"/gmu)].map(({ groups }) => groups?.['words'] ?? '');
    expect(quoted.length).toBeGreaterThan(20);
    expect(quoted.filter((words) => !said.includes(words))).toEqual([]);
  });

  test('names only options that adding a modem has', async () => {
    const help = await helpOf(['carrier', 'add', 'modem']);
    const options = new Set([...page.matchAll(/`(--[a-z-]+)/gu)].map(([, option]) => option ?? ''));
    expect(options.size).toBeGreaterThan(4);
    for (const option of options) expect(help).toContain(option);
  });

  test('names only settings and files that there are', () => {
    const settings = readFileSync(join(house, 'server', 'config', 'settings.ts'), 'utf8');
    for (const [, name] of page.matchAll(/setting set ([\w.]+)/gu)) expect(settings).toContain(`'${name ?? ''}'`);
    for (const [, path] of page.matchAll(/\]\(\.\.\/([^)]+)\)/gu))
      expect(readFileSync(join(house, path ?? ''), 'utf8')).not.toBe('');
    expect(page).toContain('docs/linux/99-sepsms-box.rules');
  });
});
