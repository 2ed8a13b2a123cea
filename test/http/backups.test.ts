import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pagesOf } from '../fakes/admin-pages.ts';
import { runBox, testFolder, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const day = 86_400_000;
let clock: ManualClock;
let box: HttpBox;

async function fresh(): Promise<void> {
  clock = new ManualClock();
  box = await runBox({ clock });
}

interface Item {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly cause: string;
  readonly counts: Record<string, number>;
}
const state = async () => (await box.admin('GET', '/backups')).body;
const items = async () => (await state())['items'] as Item[];

/** Looks until no backup is being made. */
async function idle(): Promise<Item[]> {
  for (;;) {
    const now = await state();
    if (now['running'] === null) return now['items'] as Item[];
  }
}

async function make(): Promise<Item> {
  const begun = await box.admin('POST', '/backups', {});
  expect(begun.status).toBe(200);
  const made = (await idle()).find(({ name }) => name === begun.body['name']);
  if (made === undefined) throw new Error('no backup was made');
  return made;
}

/** Turns the clock, and waits until what is due by it has been begun and is done. */
async function turn(ms: number, count: number): Promise<Item[]> {
  clock.jump(ms);
  await clock.advance(31_000);
  for (;;) {
    const found = await items();
    if (found.length === count && (await state())['running'] === null) return found;
  }
}

const bytesOf = async (name: string) => {
  const response = await fetch(`${box.url}/api/admin/backups/${name}/file`, {
    headers: { authorization: `Bearer ${box.cliToken}` },
  });
  return { response, bytes: Buffer.from(await response.arrayBuffer()) };
};

describe('a backup', () => {
  beforeAll(fresh);
  afterEach(async () => {
    for (const { name } of await items()) await box.admin('DELETE', `/backups/${name}`);
  });
  afterAll(() => box.close());

  test('is one file for its owner only, checked, with what it holds and no log beside it', async () => {
    await box.send();
    const made = await make();
    expect(made).toMatchObject({ cause: 'person', counts: { messages: 1, recipients: 1, accounts: 1 } });
    const folder = join(box.dir, 'backups');
    expect(readdirSync(folder).toSorted()).toEqual([made.name, made.name.replace('.db', '.json')].toSorted());
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    const copy = new Database(join(folder, made.name), { readonly: true });
    expect(copy.prepare('SELECT name, made_at FROM backup_note').all()).toEqual([
      { name: made.name, made_at: clock.now() },
    ]);
    expect(copy.prepare('SELECT COUNT(*) AS n FROM message').get()).toEqual({ n: 1 });
    copy.close();
  });

  test('has no master key in it, and its secrets are sealed', async () => {
    await box.admin('POST', '/carriers', { kind: 'modem', name: 'Office', path: '/dev/null', pin: '471147' });
    const { bytes } = await bytesOf((await make()).name);
    expect(bytes.includes('471147')).toBe(false);
    expect(bytes.includes('Office')).toBe(true);
  });

  test('can be downloaded as it is, which is written to the audit log', async () => {
    const made = await make();
    const { response, bytes } = await bytesOf(made.name);
    expect(response.headers.get('content-length')).toBe(String(made.bytes));
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename="${made.name}"`);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    const [row] = (await box.admin('GET', '/audit?limit=1')).body['items'] as Record<string, unknown>[];
    expect(row).toMatchObject({ operation: 'backupDownload', target: `backups/${made.name}/file`, outcome: 'done' });
  });

  test('can be removed, once; no name leads out of the folder', async () => {
    const made = await make();
    writeFileSync(join(box.dir, 'backups', 'note.txt'), 'mine');
    for (const name of ['box.db', 'note.txt', '..%2Fmaster.key', '..%2F..%2Fbox.db']) {
      const gone = await box.admin('DELETE', `/backups/${name}`);
      expect([gone.status, gone.error['code']]).toEqual([404, 'backup.not_found']);
      expect((await bytesOf(name)).response.status).toBe(404);
    }
    expect((await box.admin('DELETE', `/backups/${made.name}`)).status).toBe(200);
    expect((await box.admin('DELETE', `/backups/${made.name}`)).status).toBe(404);
    expect(readdirSync(join(box.dir, 'backups'))).toEqual(['note.txt']);
    rmSync(join(box.dir, 'backups', 'note.txt'));
  });

  test('is made one at a time', async () => {
    const answers = await Promise.all([box.admin('POST', '/backups', {}), box.admin('POST', '/backups', {})]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    expect(await idle()).toHaveLength(1);
  });

  test('is for administrators alone', async () => {
    const otto = await pagesOf(box, 'otto', 'operator');
    expect((await otto.call('GET', '/backups')).error['code']).toBe('auth.forbidden');
    expect((await otto.call('POST', '/backups', {})).error['code']).toBe('auth.forbidden');
  });
});

describe('the schedule', () => {
  beforeEach(fresh);
  afterEach(() => box.close());

  test('makes the first one soon after the start and then one a day, and keeps as many as wanted', async () => {
    await box.admin('PUT', '/settings/backups.keep', { value: 2 });
    const [first] = await turn(61 * 60_000, 1);
    expect(first?.cause).toBe('schedule');
    const byHand = await make();
    await turn(day, 3);
    const kept = await turn(day, 3);
    expect(kept.map(({ cause }) => cause)).toEqual(['schedule', 'schedule', 'person']);
    expect(kept.map(({ name }) => name)).toContain(byHand.name);
    expect(kept.map(({ name }) => name)).not.toContain(first?.name);
  });

  test('can be paused', async () => {
    await box.admin('PUT', '/settings/backups.daily', { value: false });
    expect((await state())['next']).toBeNull();
    for (let n = 0; n < 3; n += 1) {
      clock.jump(day);
      await clock.advance(31_000);
      expect(await idle()).toEqual([]);
    }
  });

  test('tells why the last one failed until one succeeds, and leaves nothing half-made', async () => {
    await box.admin('PUT', '/settings/backups.daily', { value: false });
    const folder = join(box.dir, 'backups');
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'in the way');
    const refused = await box.admin('POST', '/backups', {});
    expect([refused.status, refused.error['code']]).toEqual([500, 'backup.failed']);
    expect(await state()).toMatchObject({ failure: { code: 'backup.failed' }, items: [], running: null });
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(join(folder, 'box-2026-01-14T03-00-00Z.db.part'), 'half-made');
    const made = await make();
    expect((await state())['failure']).toBeNull();
    expect(readdirSync(folder).toSorted()).toEqual([made.name, made.name.replace('.db', '.json')].toSorted());
  });
});

test('a box that is started on a backup, however it came there, holds what waited and says so', async () => {
  await fresh();
  await box.send();
  await box.admin('POST', '/users', { name: 'ada', password: 'correct horse battery' });
  const { name } = await make();
  const { bytes } = await bytesOf(name);
  await box.close();
  const dir = testFolder();
  writeFileSync(join(dir, 'box.db'), bytes);
  const again = await runBox({ clock, dir });
  expect(again.peek.all('SELECT state FROM recipient')).toEqual([{ state: 'unknown' }]);
  expect((await again.admin('GET', '/backups')).body['restored']).toMatchObject({ name, recipients: 1 });
  const rows = (await again.admin('GET', '/audit?operation=restore')).body['items'];
  expect(rows).toMatchObject([{ who: 'command line', target: `backups/${name}`, outcome: 'done' }]);
  await again.stop();
  const later = await runBox({ clock, dir });
  expect(later.peek.one('SELECT COUNT(*) AS n FROM restoration')).toEqual({ n: 1 });
  await later.stop();
});
