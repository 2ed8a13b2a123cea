import { expect, it } from 'vitest';
import { restoreCommand } from '../../renderer/features/backups/restore-command.ts';
import { fileSize } from '../../renderer/i18n/format.ts';
import { en } from '../../renderer/i18n/en.ts';
import { translator } from '../../renderer/i18n/translate.ts';
import { mattersOfBackups } from '../../renderer/layout/matters.ts';
import type { BackupState } from '../../server/contract/admin-backups.ts';

const now = Date.UTC(2026, 0, 15);
const day = 86_400_000;
const iso = (daysAgo: number) => new Date(now - daysAgo * day).toISOString();

function state(options: { readonly age?: number } & Partial<BackupState> = {}): BackupState {
  const { age, ...rest } = options;
  const item = {
    name: 'box-2026-01-15T00-00-00Z.db',
    version: '1',
    schema: 25,
    cause: 'schedule',
    bytes: 1,
    sha256: 'ab',
    counts: { messages: 1, recipients: 1, contacts: 0, accounts: 1 },
    sameKey: true,
  } as const;
  return {
    items: age === undefined ? [] : [{ ...item, madeAt: iso(age) }],
    running: null,
    failure: null,
    next: iso(-1),
    restored: null,
    folder: '/data/backups',
    dataDir: '/data',
    keyFile: '/data/master.key',
    needs: 1,
    free: 2,
    ...rest,
  };
}
const matters = (of: BackupState) =>
  mattersOfBackups(of, now, { admin: true, language: 'en', t: translator('en', en) }).map(({ text }) => text);
const failure = { at: iso(0), code: 'backup.no_space', message: 'no space' };
const restored = { name: 'b', madeAt: null, at: iso(1), recipients: 3, campaigns: 0, slots: 0, answers: 0 };

it.each([
  ['a fresh backup', state({ age: 1 }), []],
  ['one that is four days old', state({ age: 4 }), ['The last backup is 4 days old.']],
  ['a try that failed after a good one', state({ age: 0, failure }), ['The last backup failed.']],
  ['none yet, with one to come', state(), []],
  ['none, and none to come', state({ next: null }), ['There is no backup, and the schedule is paused.']],
  [
    'what was held by a restore',
    state({ age: 0, restored }),
    ['Restored from a backup: what was waiting needs your decision.'],
  ],
  ['a restore that held nothing', state({ age: 0, restored: { ...restored, recipients: 0 } }), []],
  ['a restore of long ago', state({ age: 0, restored: { ...restored, at: iso(20) } }), []],
])('%s', (_what, of, texts) => {
  expect(matters(of)).toEqual(texts);
});

it.each([
  ['/data/backups', '/data', 'npx sepsms-box restore /data/backups/b.db --data /data'],
  ['/my data/backups', '/my data', 'npx sepsms-box restore "/my data/backups/b.db" --data "/my data"'],
  ['C:\\box\\backups', 'C:\\box', 'npx sepsms-box restore C:\\box\\backups\\b.db --data C:\\box'],
  ['/a$b/backups', '/a$b', 'npx sepsms-box restore "/a\\$b/backups/b.db" --data "/a\\$b"'],
])('the command that restores from %s', (folder, dataDir, command) => {
  expect(restoreCommand({ folder, dataDir }, 'b.db')).toBe(command);
});

it('sizes are told in their largest unit', () => {
  expect([0, 999, 1_400_000, 25e9].map((bytes) => fileSize(bytes, 'en'))).toEqual([
    '0 byte',
    '999 byte',
    '1.4 MB',
    '25 GB',
  ]);
});
