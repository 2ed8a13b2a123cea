import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSettingName } from '../../server/config/settings.ts';
import { upstreamProviders } from '../../server/contract/upstream-form.ts';
import { placeholders, refusalKinds } from '../../server/domain/provider-mapping.ts';
import { allCommands, helpOf } from '../readme/command-line-help.ts';

/** The example of a mapping is run in test/carriers/upstream/custom-mapping.test.ts. */
const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'upstream-carriers.md'), 'utf8');
const named = [...page.matchAll(/`([^`\n]+)`/gu)].map(([, text]) => text ?? '');

test('commands are shown with options that they have', async () => {
  const commands = await allCommands();
  const whole = [...page.matchAll(/^npx sepsms-box (.+)$/gmu)].map(([, use]) => use ?? '');
  const inText = named.filter((text) => commands.some((each) => text === each || text.startsWith(`${each} `)));
  expect([whole.length >= 6, inText.length >= 6]).toEqual([true, true]);
  for (const use of [...whole, ...inText]) {
    const command = commands.find((each) => use === each || use.startsWith(`${each} `)) ?? '';
    const help = await helpOf(command.split(' '));
    for (const option of use.match(/--[a-z-]+/gu) ?? []) expect(help, use).toContain(option);
  }
});

test('every provider, placeholder and meaning of a code is explained, and no other', () => {
  for (const provider of upstreamProviders) expect(page.toLowerCase()).toContain(provider);
  const between = (text: string) => [...text.matchAll(/\{([a-zA-Z]+)\}/gu)].map(([, name]) => name);
  expect(new Set(named.flatMap(between))).toEqual(new Set(placeholders));
  for (const kind of refusalKinds) expect(named).toContain(kind);
});

test('settings and files that are named are there', () => {
  const settings = named.filter((text) => /^(?:webhook|limits)\.\w+$/u.test(text));
  expect(settings.length).toBeGreaterThan(1);
  expect(settings.filter((text) => !isSettingName(text))).toEqual([]);
  for (const [, path = ''] of page.matchAll(/\]\(([^)#]+)\)/gu)) expect(existsSync(join(docs, path)), path).toBe(true);
});
