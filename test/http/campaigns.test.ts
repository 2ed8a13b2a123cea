import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

let box: HttpBox;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock();
  box = await runBox({ clock, credits: 10_000 });
});
afterEach(async () => {
  const closed = box.close();
  await clock.advance(30_000);
  await closed;
});

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];
const create = (fields: object) => box.admin('POST', '/campaigns', { name: 'News', text: 'Hello', ...fields });
const act = (id: unknown, what: string) => box.admin('POST', `/campaigns/${String(id)}/${what}`);
const group = async (name: string) => Number((await box.admin('POST', '/groups', { name })).body['id']);
const contact = (n: number, fields: object = {}) => box.admin('POST', '/contacts', { msisdn: phone(n), ...fields });

/** A campaign once it is in none of some states; each look is a request of its own. */
async function after(states: string[], id: unknown, where = box): Promise<Record<string, unknown>> {
  for (let looks = 0; looks < 5_000; looks += 1) {
    const { body } = await where.admin('GET', `/campaigns/${String(id)}`);
    if (!states.includes(String(body['state']))) return body;
  }
  throw new Error(`it stays ${states.join()}`);
}
const prepared = (id: unknown) => after(['preparing'], id);
const texts = () =>
  box.peek.all<{ msisdn: string; text: string }>(
    'SELECT r.msisdn, COALESCE(r.text, m.text) AS text FROM recipient r JOIN message m ON m.id = r.message_id ORDER BY r.id',
  );
const balance = () => box.peek.one<{ balance: number }>('SELECT balance FROM account WHERE id = 1').balance;

async function simulator(): Promise<void> {
  await box.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  await clock.advance(20_000);
}

/** Contacts as rows of a file, taken in at once. */
async function crowd(count: number, into: number): Promise<void> {
  const lines = Array.from({ length: count }, (_, n) => `${phone(n)},Name ${n}`);
  const response = await fetch(`${box.url}/api/admin/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${box.cliToken}` },
    body: `mobile,name\n${lines.join('\n')}`,
  });
  const { id } = (await response.json()) as { id: number };
  await box.admin('PATCH', `/imports/${id}`, { groups: [into] });
  await box.admin('POST', `/imports/${id}/start`);
  for (let looks = 0; looks < 5_000; looks += 1)
    if ((await box.admin('GET', `/imports/${id}`)).body['state'] === 'done') return;
  throw new Error('the import does not end');
}

describe('a campaign', () => {
  test('goes to everybody in its groups and to its numbers, to each once, with the values of each', async () => {
    const [a, b] = [await group('A'), await group('B')];
    await contact(1, { name: 'Ann', groups: [a], fields: { day: 'Mon' } });
    await contact(2, { name: 'Ben', groups: [a, b], fields: { day: 'Tue' } });
    await contact(3, { name: 'Cat', groups: [b], fields: { day: 'Wed' } });
    const { body } = await create({
      text: '{name}: {day}',
      groups: [a, b],
      numbers: [`0${phone(2).slice(2)}`, phone(2)],
    });
    expect(body).toMatchObject({
      state: 'preparing',
      name: 'News',
      origin: 'SEPSMS',
      size: 5,
      createdBy: 'command line',
    });
    expect(await prepared(body['id'])).toMatchObject({
      state: 'sending',
      prepared: true,
      recipients: 3,
      skipped: 0,
      messages: 1,
      credits: 3,
      drSummary: [{ drStatus: 'pending', count: 3 }],
      problem: null,
    });
    expect(texts()).toEqual([
      { msisdn: phone(2), text: 'Ben: Tue' },
      { msisdn: phone(1), text: 'Ann: Mon' },
      { msisdn: phone(3), text: 'Cat: Wed' },
    ]);
    const { body: made } = await box.admin('GET', `/campaigns/${String(body['id'])}/messages`);
    expect(made['items']).toMatchObject([{ totalMsisdn: 3, status: 'pending' }]);
    const [{ uuid } = { uuid: '' }] = made['items'] as { uuid: string }[];
    expect((await box.admin('GET', `/messages/${uuid}`)).body).toMatchObject({ campaign: { id: body['id'] } });
    expect((await box.admin('GET', '/campaigns')).body['items']).toMatchObject([{ id: body['id'] }]);
  });

  test('leaves out who has no value for its text, or gives a blank', async () => {
    await contact(1, { name: 'Ann' });
    const numbers = [phone(1), phone(2)];
    expect(await prepared((await create({ text: 'Hi {name}!', numbers })).body['id'])).toMatchObject({
      recipients: 1,
      skipped: 1,
    });
    expect(await prepared((await create({ text: 'Hi {name}!', numbers, missing: 'blank' })).body['id'])).toMatchObject({
      recipients: 2,
      skipped: 0,
    });
    expect(texts().map(({ text }) => text)).toEqual(['Hi Ann!', 'Hi Ann!', 'Hi !']);
    const nobody = await prepared((await create({ text: 'Hi {name}!', numbers: [phone(3)] })).body['id']);
    expect(nobody).toMatchObject({ recipients: 0, skipped: 1, messages: 0 });
    expect(await after(['sending'], nobody['id'])).toMatchObject({ state: 'done' });
  });

  test('goes to the rows of a file, and takes a template', async () => {
    const response = await fetch(`${box.url}/api/admin/imports`, {
      method: 'POST',
      headers: { authorization: `Bearer ${box.cliToken}` },
      body: `mobile,points\n${phone(1)},10\n${phone(1)},20\nx,30\n${phone(2)},40\n`,
    });
    const { id: importId } = (await response.json()) as { id: number };
    const { body: template } = await box.admin('POST', '/templates', { name: 'Points', text: '{points} points' });
    const { body } = await create({ text: undefined, templateId: template['id'], importId });
    expect(await prepared(body['id'])).toMatchObject({ recipients: 2, importId, text: '{points} points' });
    expect(texts().map(({ text }) => text)).toEqual(['10 points', '40 points']);
    expect(codeOf(await create({ importId, numbers: [phone(1)] }))).toEqual([400, 'validation.failed']);
  });

  test('is done when all of it has ended', async () => {
    const { body } = await create({ numbers: [phone(1), phone(2)] });
    await simulator();
    await clock.advance(60_000);
    expect(await after(['preparing', 'sending'], body['id'])).toMatchObject({
      state: 'done',
      drSummary: [{ drStatus: 'success', count: 2 }],
      finishedAt: expect.any(String) as string,
    });
    expect(codeOf(await act(body['id'], 'pause'))).toEqual([409, 'campaign.wrong_state']);
    expect(codeOf(await act(body['id'], 'cancel'))).toEqual([409, 'campaign.wrong_state']);
  });

  test('may wait for its time', async () => {
    const at = new Date(clock.now() + 3_600_000).toISOString();
    const { body } = await create({ numbers: [phone(1)], at });
    expect(await prepared(body['id'])).toMatchObject({
      scheduledTime: at,
      drSummary: [{ drStatus: 'pending', count: 1 }],
    });
    await simulator();
    await clock.advance(60_000);
    expect(box.peek.all('SELECT state FROM message')).toEqual([{ state: 'scheduled' }]);
    await clock.advance(3_600_000);
    expect(await after(['sending'], body['id'])).toMatchObject({ state: 'done' });
  });

  test.each([
    [{}, 400, 'validation.failed'],
    [{ numbers: ['12'] }, 400, 'validation.failed'],
    [{ groups: [99] }, 404, 'group.not_found'],
    [{ importId: 99 }, 404, 'import.not_found'],
    [{ numbers: [phone(1)], text: undefined, templateId: 99 }, 404, 'template.not_found'],
    [{ numbers: [phone(1)], text: undefined }, 400, 'validation.failed'],
    [{ numbers: [phone(1)], text: ' ' }, 422, 'message.empty'],
    [{ numbers: [phone(1)], text: 'ส'.repeat(700) }, 422, 'message.too_long'],
    [{ numbers: [phone(1)], origin: 'NOBODY' }, 422, 'sender.not_approved'],
    [{ numbers: [phone(1)], at: '2020-01-01T00:00:00Z' }, 422, 'message.schedule_in_past'],
    [{ numbers: [phone(1)], account: 'Nobody' }, 404, 'account.not_found'],
  ])('that cannot be is refused: %j', async (fields, status, code) => {
    expect(codeOf(await create(fields))).toEqual([status, code]);
    expect(codeOf(await box.admin('POST', '/campaigns/preview', { text: 'Hello', ...fields }))).toEqual([status, code]);
    expect(box.peek.counts()).toMatchObject({ campaign: 0, message: 0 });
  });
});

describe('a campaign that is paused', () => {
  test('hands nothing over until it is resumed; its validity does not run meanwhile', async () => {
    const { body } = await create({ numbers: [phone(1), phone(2)] });
    await prepared(body['id']);
    expect((await act(body['id'], 'pause')).body).toMatchObject({ state: 'paused', problem: null });
    await simulator();
    await clock.advance(60_000);
    clock.jump(4 * 86_400_000);
    await clock.advance(60_000);
    const pending = { drSummary: [{ drStatus: 'pending', count: 2 }] };
    expect(await after([], body['id'])).toMatchObject({ state: 'paused', ...pending });
    const { items } = (await box.admin('GET', '/messages')).body as { items: { uuid: string; waiting: string }[] };
    expect(items[0]?.waiting).toContain('campaign is paused');
    expect((await act(body['id'], 'resume')).body).toMatchObject({ state: 'sending' });
    await clock.advance(60_000);
    expect(await after(['sending'], body['id'])).toMatchObject({
      state: 'done',
      drSummary: [{ drStatus: 'success', count: 2 }],
    });
    expect(codeOf(await act(body['id'], 'resume'))).toEqual([409, 'campaign.wrong_state']);
  });

  test('makes no more messages either', async () => {
    const a = await group('A');
    await crowd(5_000, a);
    const { body } = await create({ groups: [a] });
    const paused = await act(body['id'], 'pause');
    const made = Number(paused.body['recipients']);
    expect(made).toBeLessThan(5_000);
    expect(box.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM recipient').n).toBe(made);
    await act(body['id'], 'resume');
    expect(await prepared(body['id'])).toMatchObject({ recipients: 5_000, messages: 3 });
    const twice = 'SELECT msisdn FROM recipient GROUP BY msisdn HAVING COUNT(*) > 1';
    expect([box.peek.all(twice), balance()]).toEqual([[], 5_000]);
  });

  test('for want of credits says so, and goes on when there are some', async () => {
    const a = await group('A');
    await crowd(2_500, a);
    await box.admin('POST', '/credits', { amount: -7_900 });
    const { body } = await create({ groups: [a] });
    expect(await prepared(body['id'])).toMatchObject({
      state: 'paused',
      recipients: 2_000,
      problem: { code: 'credit.insufficient' },
    });
    await box.admin('POST', '/credits', { amount: 1_000 });
    await act(body['id'], 'resume');
    expect(await prepared(body['id'])).toMatchObject({ state: 'sending', recipients: 2_500, problem: null });
    expect(balance()).toBe(600);
  });
});

describe('a campaign that is cancelled', () => {
  test('gives back what no carrier has, held or not', async () => {
    const first = (await create({ numbers: [phone(1), phone(2)] })).body['id'];
    const second = (await create({ numbers: [phone(3)] })).body['id'];
    await prepared(first);
    await prepared(second);
    await act(second, 'pause');
    for (const id of [first, second]) {
      expect((await act(id, 'cancel')).body['state']).toBe('cancelling');
      expect(await after(['cancelling'], id)).toMatchObject({ state: 'cancelled' });
    }
    expect(balance()).toBe(10_000);
    expect(box.peek.all('SELECT DISTINCT state, held_from FROM message')).toEqual([
      { state: 'cancelled', held_from: null },
    ]);
  });

  test('while it is being made leaves nothing behind that would be sent', async () => {
    const a = await group('A');
    await crowd(5_000, a);
    const { body } = await create({ groups: [a] });
    await act(body['id'], 'cancel');
    await after(['cancelling'], body['id']);
    expect(box.peek.all("SELECT 1 FROM recipient WHERE state <> 'cancelled' LIMIT 1")).toEqual([]);
    expect(balance()).toBe(10_000);
  });
});

test('a campaign goes on after the box was stopped, and reaches everybody once', async () => {
  const a = await group('A');
  await crowd(5_000, a);
  const { body } = await create({ groups: [a] });
  box.peek.db.close();
  const stopped = box.server.stop();
  await clock.advance(30_000);
  await stopped;
  box = await runBox({ clock, dir: box.dir });
  expect(await prepared(body['id'])).toMatchObject({ recipients: 5_000, messages: 3 });
  expect(box.peek.one<{ n: number }>('SELECT COUNT(DISTINCT msisdn) AS n FROM recipient').n).toBe(5_000);
  expect(balance()).toBe(5_000);
});
