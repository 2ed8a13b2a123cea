import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isSettingName, settingDefinitions } from '../../server/config/settings.ts';
import { errorsOf } from '../../server/contract/openapi-errors.ts';
import type { Route } from '../../server/contract/route.ts';
import { v2Routes } from '../../server/contract/v2.ts';
import { webhookEvents } from '../../server/contract/webhook-events.ts';
import type { ErrorCode } from '../../server/domain/errors.ts';
import { scopes } from '../../server/domain/scopes.ts';
import { statusOf } from '../../server/http/error-mapper.ts';
import { allCommands, helpOf } from '../readme/command-line-help.ts';

const docs = join(import.meta.dirname, '../../docs');
const guide = readFileSync(join(docs, 'migrating-from-the-cloud.md'), 'utf8');
const rows = [...guide.matchAll(/^\| `(?<code>[a-z_]+\.[a-z_]+)` +\| +(?<status>\d{3}) \|/gmu)].map(({ groups }) => ({
  code: (groups?.['code'] ?? '') as ErrorCode,
  status: Number(groups?.['status']),
}));
const named = [...guide.matchAll(/`([^`\n]+)`/gu)].map(([, text]) => text ?? '');

describe('the guide for moving from the cloud', () => {
  test('has every error code of the API in its table, each with its status', () => {
    expect(rows.map(({ code, status }) => [code, status])).toEqual(rows.map(({ code }) => [code, statusOf(code)]));
    const codes = new Set(Object.values<Route>(v2Routes).flatMap(errorsOf));
    expect([...codes].filter((code) => !rows.some((row) => row.code === code))).toEqual([]);
  });

  test('names codes, settings, events and scopes that there are', () => {
    const events: readonly string[] = Object.keys(webhookEvents);
    const dotted = named.filter((text) => /^[a-z]+\.[a-zA-Z_0-9]+$/u.test(text) && !text.startsWith('error.'));
    expect(dotted.length).toBeGreaterThan(40);
    const unknown = dotted.filter(
      (text) => !isSettingName(text) && !events.includes(text) && !rows.some((row) => row.code === text),
    );
    expect(unknown).toEqual([]);
    const areas = [...guide.matchAll(/\b(?:sms|otp|credit|webhooks):[a-z]+/gu)].map(([scope]) => scope);
    expect(areas.filter((scope) => !scopes.some((known) => known === scope))).toEqual([]);
  });

  test('tells the usual limits', () => {
    const limits = [...guide.matchAll(/\| `(?<name>limits\.\w+)` +\| +(?<usual>\d+) \|/gu)];
    expect(limits).toHaveLength(5);
    for (const { groups } of limits) {
      const name = groups?.['name'] ?? '';
      expect(isSettingName(name) && String(settingDefinitions[name].usual), name).toBe(groups?.['usual']);
    }
  });

  test('names operations that there are', () => {
    const operations = Object.values<Route>(v2Routes).map(({ method, path }) => `${method} ${path}`);
    const told = named.filter((text) => /^(?:GET|POST|DELETE) \//u.test(text));
    expect(told.length).toBeGreaterThan(5);
    expect(told.filter((text) => !operations.includes(text))).toEqual([]);
  });

  test('shows commands with options that they have', async () => {
    const commands = await allCommands();
    const uses = [...guide.matchAll(/^npx sepsms-box (.+)$/gmu)].map(([, use]) => use ?? '');
    expect(uses.length).toBeGreaterThanOrEqual(4);
    for (const use of uses) {
      const command = commands.find((each) => use.startsWith(`${each} `)) ?? '';
      const help = await helpOf(command.split(' '));
      for (const option of use.match(/--[a-z-]+/gu) ?? []) expect(help, use).toContain(option);
    }
  });

  test('links to what is there', () => {
    const headings = [...guide.matchAll(/^#+ (.+)$/gmu)].map(([, heading]) =>
      (heading ?? '').toLowerCase().replaceAll(' ', '-'),
    );
    for (const [, path = '', anchor = ''] of guide.matchAll(/\]\(([^)#]*)(?:#([^)]+))?\)/gu)) {
      expect(path === '' || existsSync(join(docs, path)), path).toBe(true);
      expect(anchor === '' || headings.includes(anchor), anchor).toBe(true);
    }
  });
});
