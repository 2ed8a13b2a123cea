import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { restoreBackup } from '../../server/wiring/restore-wiring.ts';
import { phone, runBox, testFolder, type HttpBox } from '../fakes/box.ts';
import { TcpSmsc } from '../fakes/tcp-smsc.ts';
import { FastClock } from './fast-clock.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** The box that was restored opens a day later. */
async function opened(dir: string, day: number): Promise<HttpBox> {
  const box = await runBox({ clock: new FastClock(20, Date.UTC(2026, 0, day)), dir });
  await box.admin('POST', '/credits', { amount: 1_000 });
  await box.admin('POST', '/senders', { name: 'SEPSMS' });
  return box;
}

/** Begins a backup and resolves with its file once it is there. */
async function backup(box: HttpBox): Promise<string> {
  const begun = await box.admin('POST', '/backups', {});
  expect(begun.status).toBe(200);
  const name = String(begun.body['name']);
  for (;;) {
    const state = await box.admin('GET', '/backups');
    const items = state.body['items'] as { name: string }[];
    if (items.some((item) => item.name === name)) return join(box.dir, 'backups', name);
    expect(state.body['failure']).toBeNull();
  }
}

test('a box restored from a backup that was made under load has all from before it and sends nothing twice', async () => {
  const smsc = await TcpSmsc.start();
  ends.push(() => smsc.close());
  smsc.onSubmit = (_, index) => `id${index}`;
  const box = await opened(testFolder(), 15);
  const account = { host: '127.0.0.1', port: smsc.port, systemId: 'box', password: 'secret', window: 2 };
  const carrier = await box.admin('POST', '/carriers', { kind: 'smpp', name: 'Office', ...account });
  const before: string[] = [];
  let sent = 0;
  const send = async (times: number) => {
    const uuids: string[] = [];
    for (let n = 0; n < times; n += 1) {
      const recipients = Array.from({ length: 5 }, () => phone((sent += 1)));
      const answer = await box.send({ recipients, message: `Number ${sent}` });
      uuids.push(String(answer.result['uuid']));
    }
    return uuids;
  };
  before.push(...(await send(20)));
  await smsc.arrivals(100);
  // What waits now is sent after the backup, by this box.
  await box.admin('POST', `/carriers/${String(carrier.body['id'])}/pause`);
  before.push(...(await send(10)));
  const scheduled = await box.send({ recipients: [phone(9_001)], scheduledTime: '2026-01-25T03:00:00Z' });
  const [file] = await Promise.all([backup(box), send(20)]);
  await box.admin('POST', `/carriers/${String(carrier.body['id'])}/resume`);
  await smsc.arrivals(250);
  await box.stop();

  const dir = testFolder();
  copyFileSync(join(box.dir, 'master.key'), join(dir, 'master.key'));
  const restored = await restoreBackup({ file, dataDir: dir });
  expect(restored.counts.messages).toBeGreaterThanOrEqual(31);
  const again = await opened(dir, 16);
  ends.push(() => again.stop());
  for (const uuid of before) expect((await again.api('GET', `/message/${uuid}`)).status).toBe(200);
  const state = (await again.api('GET', `/message/${String(scheduled.result['uuid'])}`)).result['status'];
  expect(state).toBe('scheduled');
  expect(again.peek.one('SELECT COUNT(*) AS n FROM backup_note')).toEqual({ n: 0 });
  const held = again.peek.one<{ n: number }>("SELECT COUNT(*) AS n FROM recipient WHERE error_code = 'restored'").n;
  expect(held).toBeGreaterThanOrEqual(50);
  expect(again.peek.one('SELECT recipients AS n FROM restoration')).toEqual({ n: held });

  // What is new goes out, with ids that nobody knows yet.
  await again.admin('POST', `/carriers/${String(carrier.body['id'])}/resume`);
  await again.send({ recipients: [phone(9_999)], message: 'New' });
  await smsc.arrivals(251);
  const numbers = smsc.submits.map((submit) => submit.dest);
  expect(new Set(numbers).size).toBe(numbers.length);
  expect(numbers).not.toContain(phone(9_001));
  const newest = again.peek.one<{ id: number }>('SELECT MAX(id) AS id FROM recipient').id;
  expect(newest).toBeGreaterThan(10_000_000);
});
