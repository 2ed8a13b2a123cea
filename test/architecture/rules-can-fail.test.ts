import { describe, expect, test } from 'vitest';
import { scanImports } from './import-scanner.ts';
import { checkCycles, checkFeatures, checkHomes, checkRooms, checkStoreFree } from './import-rules.ts';
import { withoutComments, type Breach, type SourceFile } from './source-tree.ts';
import { checkLength, checkNames, checkWords, wordRules } from './text-rules.ts';

/** Files of a house that does not exist. */
function house(files: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, text }));
}

function paths(breaches: readonly Breach[]): string[] {
  return breaches.map((breach) => breach.path);
}

describe('the scanner sees', () => {
  const cases: readonly [string, string, string][] = [
    ['a value', "import { a } from './x.ts';", 'server/domain/x.ts value'],
    ['a type', "import type { A } from './x.ts';", 'server/domain/x.ts type'],
    ['only types among the names', "import { type A, type B } from './x.ts';", 'server/domain/x.ts type'],
    ['a value among types', "import { type A, b } from './x.ts';", 'server/domain/x.ts value'],
    ['names on many lines', "import {\n  a,\n  b,\n} from '../store/x.ts';", 'server/store/x.ts value'],
    ['a whole package', "import Database from 'better-sqlite3';", 'better-sqlite3 value'],
    ['an import for its effect', "import './x.css';", 'server/domain/x.css value'],
    ['what is exported further', "export { a } from './x.ts';", 'server/domain/x.ts value'],
    ['everything exported further', "export * from './x.ts';", 'server/domain/x.ts value'],
    ['an import while running', "  const x = await import('./x.ts');", 'server/domain/x.ts lazy'],
    ['a type by its path', "let x: import('./x.ts').X;", 'server/domain/x.ts lazy'],
    ['a thread', "new Worker(new URL('./x.ts', import.meta.url));", 'server/domain/x.ts lazy'],
    ['a name made while running', 'await import(`./${name}.ts`);', '? lazy'],
  ];

  test.each(cases)('%s', (_what, text, expected) => {
    const found = scanImports({ path: 'server/domain/made-up.ts', text });
    expect(found.map(({ target, kind }) => `${target} ${kind}`)).toEqual([expected]);
  });

  test('nothing in comments', () => {
    const text = "// import { a } from './a.ts';\n/**\n * import('./b.ts')\n */\nrun(); // import('./c.ts')\n";
    expect(scanImports({ path: 'server/domain/made-up.ts', text })).toEqual([]);
  });

  test('an address in a text as no comment', () => {
    expect(withoutComments("const url = 'http://box';\n")).toBe("const url = 'http://box';\n");
  });
});

describe('rooms', () => {
  const forbidden: readonly [string, string][] = [
    ['server/domain/made-up.ts', "import { z } from 'zod';"],
    ['server/domain/made-up.ts', "import { join } from 'node:path';"],
    ['server/domain/made-up.ts', "import type { Clock } from '../platform/clock.ts';"],
    ['server/contract/made-up.ts', "import { readFile } from 'node:fs/promises';"],
    ['server/platform/made-up.ts', "import { openStores } from '../store/stores.ts';"],
    ['server/store/made-up.ts', "import { Intake } from '../services/intake.ts';"],
    ['server/store/migrations/0002-made-up.ts', "import { rows } from '../rows.ts';"],
    ['server/store/migrations/0002-made-up.ts', "import { lanes } from '../../domain/carrier.ts';"],
    ['server/carriers/modem/made-up.ts', "import { x } from '../simulator/x.ts';"],
    ['server/carriers/simulator/made-up.ts', "import { x } from '../modem/x.ts';"],
    ['server/carriers/modem/made-up.ts', "import type { Stores } from '../../store/stores.ts';"],
    ['server/carriers/tpdu/made-up.ts', "import { x } from '../modem/x.ts';"],
    ['server/carriers/modem/made-up.ts', "import { z } from 'zod';"],
    ['server/services/made-up.ts', "import { createModemCarrier } from '../carriers/modem/modem-carrier.ts';"],
    ['server/services/made-up.ts', "import Database from 'better-sqlite3';"],
    ['server/services/made-up.ts', "import type { SendBody } from '../contract/v2.ts';"],
    ['server/http/made-up.ts', "import { openStores } from '../store/stores.ts';"],
    ['server/cli/made-up.ts', "import { buildBox } from '../app.ts';"],
    ['server/cli/made-up.ts', "import { Intake } from '../services/intake.ts';"],
    ['server/config/made-up.ts', "import { x } from '../platform/x.ts';"],
    ['server/services/made-up.ts', "import { startAll } from '../lifecycle.ts';"],
    ['electron/window.ts', "import { startServer } from '../server/index.ts';"],
    ['electron/server-process.ts', "import { buildBox } from '../server/app.ts';"],
    ['renderer/ui/made-up.ts', "import { drStatusOf } from '../../server/domain/message-state.ts';"],
    ['renderer/api/made-up.ts', "import { Intake } from '../../server/services/intake.ts';"],
    ['renderer/app.tsx', "import { ipcRenderer } from 'electron';"],
    ['renderer/ui/made-up.tsx', "import { Shell } from '../layout/shell.tsx';"],
    ['renderer/api/made-up.ts', "import { Icon } from '../ui/icon.tsx';"],
    ['server/cellar/made-up.ts', ''],
    ['server/store/made-up.ts', 'await import(name);'],
  ];

  test.each(forbidden)('%s may not: %s', (path, text) => {
    expect(paths(checkRooms(house({ [path]: text }), []))).toEqual([path]);
  });

  test('an exception holds for its file, and has to be in use', () => {
    const files = house({ 'server/cli/made-up.ts': "import { x } from '../platform/x.ts';" });
    const exception = { path: 'server/cli/made-up.ts', target: 'server/platform/x.ts', why: 'made up' };
    expect(checkRooms(files, [exception])).toEqual([]);
    const idle = { ...exception, path: 'server/cli/another.ts' };
    expect(paths(checkRooms(files, [idle]))).toEqual(['server/cli/made-up.ts', 'server/cli/another.ts']);
  });
});

test('a feature that imports another is found', () => {
  const path = 'renderer/features/messages/made-up.tsx';
  const text = "import { x } from '../session/x.ts';\nimport { y } from './y.ts';";
  expect(paths(checkFeatures(house({ [path]: text })))).toEqual([path]);
});

test.each([
  ['server/carriers/modem/made-up.ts', "import { SerialPort } from 'serialport';"],
  ['server/services/made-up.ts', "import { schedule } from 'node-cron';"],
  ['server/http/made-up.ts', "import express from 'express';"],
  ['server/cli/made-up.ts', "import { startServer } from '../index.ts';"],
])('what has its home elsewhere is found: %s: %s', (path, text) => {
  expect(paths(checkHomes(house({ [path]: text })))).toEqual([path]);
});

test('the door may be opened late, and its types are free', () => {
  const text = "import type { ServerOptions } from '../index.ts';\nconst open = () => import('../index.ts');";
  expect(checkHomes(house({ 'server/cli/made-up.ts': text }))).toEqual([]);
});

test('rings of files are found, also of types and also long ones', () => {
  const files = house({
    'server/domain/a.ts': "import { b } from './b.ts';",
    'server/domain/b.ts': "import type { C } from './c.ts';",
    'server/domain/c.ts': "import { a } from './a.ts';",
    'server/domain/d.ts': "import { a } from './a.ts';",
  });
  expect(checkCycles(files).map((breach) => breach.message)).toEqual([
    'server/domain/a.ts → server/domain/b.ts → server/domain/c.ts → server/domain/a.ts',
  ]);
});

test('a command line that loads the store is found; loading it late is not', () => {
  const rest = { 'server/cli/doctor.ts': "import { db } from '../store/db.ts';" };
  const store = { 'server/store/db.ts': "import Database from 'better-sqlite3';" };
  const early = { 'server/cli/main.ts': "import { d } from './doctor.ts';" };
  const late = { 'server/cli/main.ts': "const load = () => import('./doctor.ts');" };
  expect(paths(checkStoreFree(house({ ...early, ...rest, ...store })))).toEqual(['server/cli/main.ts']);
  expect(checkStoreFree(house({ ...late, ...rest, ...store }))).toEqual([]);
});

describe('words out of their place', () => {
  const rules = wordRules.map((rule) => ({ ...rule, exceptions: {} }));
  const forbidden: readonly [string, string][] = [
    ['server/services/made-up.ts', 'const now = Date.now();'],
    ['server/http/made-up.ts', 'const now = new Date();'],
    ['server/carriers/modem/made-up.ts', 'setTimeout(run, 100);'],
    ['server/services/made-up.ts', 'const jitter = Math.random();'],
    ['server/services/made-up.ts', "import { randomUUID } from 'node:crypto';\nconst id = randomUUID();"],
    ['server/cli/made-up.ts', "import { setTimeout as wait } from 'node:timers/promises';"],
    ['electron/made-up.ts', 'setInterval(run, 100);'],
    ['server/services/made-up.ts', 'const rows = `SELECT id\n  FROM message`;'],
    ['server/http/made-up.ts', "run('INSERT OR IGNORE INTO message VALUES (1)');"],
    ['server/services/made-up.ts', "run('UPDATE recipient SET state = 1');"],
    ['server/app.ts', "db.pragma('synchronous');"],
    ['server/services/made-up.ts', 'db.prepare<[number], Row>(text);'],
    ['electron/window.ts', 'void shell.openExternal(url);'],
    ['renderer/ui/made-up.tsx', 'export default function Page() {}'],
    ['server/domain/made-up.ts', 'export { a as default };'],
    ['electron/made-up.ts', "const x = require('electron');"],
    ['server/services/made-up.ts', "switch (record.kind) {\n  case 'modem':\n    return 1;\n}"],
  ];

  test.each(forbidden)('%s may not say: %s', (path, text) => {
    expect(paths(checkWords(house({ [path]: text }), rules))).toEqual([path]);
  });

  const allowed: readonly [string, string][] = [
    ['server/platform/made-up.ts', 'const now = Date.now();'],
    ['server/services/made-up.ts', 'const day = new Date(now);'],
    ['server/services/made-up.ts', '// Date.now() would jump.'],
    ['server/store/made-up.ts', "db.prepare('SELECT id FROM message');"],
    ['server/carriers/modem/made-up.ts', 'const match = /SELECT/u.exec(line);'],
    ['server/carrier-factory.ts', "switch (record.kind) {\n  case 'modem':\n    return 1;\n}"],
    ['electron/external-links.ts', 'void shell.openExternal(url);'],
  ];

  test.each(allowed)('%s may say: %s', (path, text) => {
    expect(checkWords(house({ [path]: text }), rules)).toEqual([]);
  });

  test('an exception covers its own words only, and has to be in use', () => {
    const path = 'server/store/made-up.ts';
    const clock = rules.slice(0, 1).map((rule) => ({
      ...rule,
      exceptions: { [path]: { words: /setImmediate\(/u, why: 'made up' } },
    }));
    expect(checkWords(house({ [path]: 'setImmediate(run);' }), clock)).toEqual([]);
    expect(checkWords(house({ [path]: 'setImmediate(run);\nsetTimeout(run, 1);' }), clock)).toHaveLength(1);
    expect(checkWords(house({ [path]: '' }), clock)).toHaveLength(1);
  });
});

test('a file of 301 lines is found, one of 300 is not', () => {
  const text = (lines: number) => 'x;\n'.repeat(lines);
  const files = house({ 'server/domain/long.ts': text(301), 'server/domain/short.ts': text(300) });
  expect(paths(checkLength(files))).toEqual(['server/domain/long.ts']);
});

test.each(['messageList.ts', 'MessageList.tsx', 'message_list.ts'])('the name %s is found', (name) => {
  expect(paths(checkNames(house({ [`renderer/ui/${name}`]: '' })))).toEqual([`renderer/ui/${name}`]);
});

test.each(['message-list.tsx', '0001-first.ts', 'vite-env.d.ts', 'gsm7.ts'])('the name %s is fine', (name) => {
  expect(checkNames(house({ [`renderer/ui/${name}`]: '' }))).toEqual([]);
});
