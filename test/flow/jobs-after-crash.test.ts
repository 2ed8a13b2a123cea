import { cpSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { phone, runBox, tempFolder, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const people = 3_000;
const hour = 3_600_000;
/** 08:00 in Bangkok. */
const start = Date.UTC(2026, 0, 15, 1);

async function newBox(clock: ManualClock, dir?: string): Promise<HttpBox> {
  const box = await runBox({ clock, credits: 100_000, ...(dir === undefined ? {} : { dir }) });
  onTestFinished(() => box.close());
  return box;
}

/** The data as a kill at this moment would leave it. */
function killed(box: HttpBox): string {
  const dir = tempFolder();
  cpSync(box.dir, dir, { recursive: true, filter: (path) => !path.endsWith('-shm') && !path.endsWith('box.lock') });
  return dir;
}

/** Asks until an answer is as it should be; each look is a request of its own. */
async function until(box: HttpBox, path: string, fits: (body: Record<string, unknown>) => boolean) {
  for (let looks = 0; looks < 5_000; looks += 1) {
    const { body } = await box.admin('GET', path);
    if (fits(body)) return body;
  }
  throw new Error(`${path} is never as it should be`);
}

async function upload(box: HttpBox): Promise<void> {
  const rows = Array.from({ length: people }, (_, n) => `${phone(n)},Name ${n}`);
  const headers = { authorization: `Bearer ${box.cliToken}` };
  const body = `mobile,name\n${rows.join('\n')}`;
  await fetch(`${box.url}/api/admin/imports`, { method: 'POST', headers, body });
  await box.admin('POST', '/groups', { name: 'All' });
  await box.admin('PATCH', '/imports/1', { groups: [1] });
  await box.admin('POST', '/imports/1/start');
}

test('an import that was killed in its midst takes each row once', async () => {
  const box = await newBox(new ManualClock());
  await upload(box);
  const copies: string[] = [];
  for (const done of [1, people / 3, people / 2]) {
    await until(box, '/imports/1', ({ doneRows }) => Number(doneRows) >= done);
    copies.push(killed(box));
  }
  for (const dir of copies) {
    const revived = await newBox(new ManualClock(), dir);
    const body = await until(revived, '/imports/1', ({ state }) => state === 'done');
    expect(body).toMatchObject({ doneRows: people, created: people, updated: 0 });
    expect(revived.peek.counts()).toMatchObject({ contact: people, group_member: people });
    expect((await revived.admin('GET', '/groups')).body).toMatchObject({
      contacts: people,
      items: [{ members: people }],
    });
  }
});

test('a campaign that was killed in its midst reaches everybody once, and costs once', async () => {
  const box = await newBox(new ManualClock());
  await upload(box);
  await until(box, '/imports/1', ({ state }) => state === 'done');
  await box.admin('POST', '/campaigns', { name: 'News', text: 'Hello {name}', groups: [1] });
  const copies = [killed(box)];
  await until(box, '/campaigns/1', ({ recipients }) => Number(recipients) > 0);
  copies.push(killed(box));
  for (const dir of copies) {
    const revived = await newBox(new ManualClock(), dir);
    const body = await until(revived, '/campaigns/1', ({ prepared }) => prepared === true);
    expect(body).toMatchObject({ state: 'sending', recipients: people, messages: 2, credits: people });
    const once = 'SELECT COUNT(*) AS n, COUNT(DISTINCT msisdn) AS numbers FROM recipient';
    expect(revived.peek.one(once)).toEqual({ n: people, numbers: people });
    expect(revived.peek.one('SELECT balance FROM account')).toEqual({ balance: 100_000 - people });
    expect(revived.peek.counts()['staging']).toBe(0);
  }
});

test('a time of a schedule is served once, whenever the box is killed around it', async () => {
  const clock = new ManualClock(start);
  const box = await newBox(clock);
  const daily = { name: 'Daily', text: 'Hello', numbers: [phone(1)], cron: '0 9 * * *' };
  await box.admin('POST', '/schedules', daily);
  const copies: string[] = [];
  await clock.advance(hour - 2_000);
  for (let step = 0; step < 16; step += 1) {
    copies.push(killed(box));
    await clock.advance(250);
  }
  const counts = await Promise.all(
    copies.map(async (dir) => {
      const late = new ManualClock(start + 2 * hour);
      const revived = await newBox(late, dir);
      await late.advance(10_000);
      await until(revived, '/campaigns/1', ({ prepared }) => prepared === true);
      const { message, campaign, schedule_run: runs } = revived.peek.counts();
      return [message, campaign, runs];
    }),
  );
  expect(counts).toEqual(copies.map(() => [1, 1, 1]));
});
