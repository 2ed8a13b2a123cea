import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const minute = 60_000;
const hour = 60 * minute;
/** 08:00 in Bangkok, a Thursday. */
const start = Date.UTC(2026, 0, 15, 1);
let box: HttpBox;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock(start);
  box = await runBox({ clock });
});
afterEach(() => box.close());

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];
const create = (fields: object = {}) =>
  box.admin('POST', '/schedules', { name: 'Daily', text: 'Hello', numbers: [phone(1)], cron: '0 9 * * *', ...fields });
const get = async (id: unknown) => (await box.admin('GET', `/schedules/${String(id)}`)).body;
const act = (id: unknown, what: string) => box.admin('POST', `/schedules/${String(id)}/${what}`);
const runs = async (id: unknown) =>
  (await box.admin('GET', `/schedules/${String(id)}/runs`)).body['items'] as Record<string, unknown>[];
const messages = () => box.peek.all<{ text: string }>('SELECT text FROM message ORDER BY id').map(({ text }) => text);

/** Stops the box, lets time pass, and starts it again. */
async function off(ms: number): Promise<void> {
  box.peek.db.close();
  await box.server.stop();
  clock.jump(ms);
  box = await runBox({ clock, dir: box.dir });
  await clock.advance(2_000);
}

describe('a schedule', () => {
  test('shows its next times and sends once at each', async () => {
    const { body } = await create();
    expect(body).toMatchObject({ state: 'active', timeZone: 'Asia/Bangkok', origin: 'SEPSMS', lastRun: null });
    expect(body['nextRuns']).toEqual([15, 16, 17, 18, 19].map((day) => `2026-01-${day}T02:00:00.000Z`));
    await clock.advance(hour - minute);
    expect(messages()).toEqual([]);
    await clock.advance(2 * minute);
    expect(messages()).toEqual(['Hello']);
    expect((await get(body['id']))['lastRun']).toMatchObject({
      slot: '2026-01-15T02:00:00.000Z',
      outcome: 'sent',
      note: null,
      campaignId: 1,
    });
    expect((await box.admin('GET', '/campaigns/1')).body).toMatchObject({
      name: 'Daily',
      scheduleId: body['id'],
      slot: '2026-01-15T02:00:00.000Z',
      createdBy: 'schedule 1',
    });
    await clock.advance(5 * minute);
    expect(messages()).toHaveLength(1);
    clock.jump(24 * hour - 5 * minute);
    await clock.advance(minute);
    expect(messages()).toHaveLength(2);
  });

  test('takes the template and the group as they are at its time', async () => {
    const { body: template } = await box.admin('POST', '/templates', { name: 'T', text: 'Old {name}' });
    const { body: group } = await box.admin('POST', '/groups', { name: 'G' });
    await create({ text: undefined, templateId: template['id'], groups: [group['id']], numbers: [] });
    await box.admin('PATCH', `/templates/${String(template['id'])}`, { text: 'New {name}' });
    await box.admin('POST', '/contacts', { msisdn: phone(7), name: 'Ann', groups: [group['id']] });
    await clock.advance(hour + minute);
    expect(box.peek.all('SELECT msisdn, text FROM recipient')).toEqual([{ msisdn: phone(7), text: 'New Ann' }]);
  });

  test('that cannot begin says why, and tries again at its next time', async () => {
    const { body: template } = await box.admin('POST', '/templates', { name: 'T', text: 'x' });
    const { body } = await create({ text: undefined, templateId: template['id'] });
    await box.admin('DELETE', `/templates/${String(template['id'])}`);
    await clock.advance(hour + minute);
    expect(await runs(body['id'])).toMatchObject([
      { outcome: 'failed', note: expect.stringContaining('template') as string },
    ]);
    expect((await get(body['id']))['nextRuns']).toHaveLength(5);
  });

  test.each([
    [{ cron: 'x' }, 'schedule.invalid'],
    [{ cron: '0 9 30 2 *' }, 'schedule.invalid'],
    [{ timeZone: 'Mars' }, 'schedule.invalid'],
    [{ numbers: [] }, 'validation.failed'],
    [{ origin: 'NOBODY' }, 'sender.not_approved'],
    [{ groups: [99] }, 'group.not_found'],
  ])('that cannot be is refused: %j', async (fields, code) => {
    expect((await create(fields)).error['code']).toBe(code);
  });
});

describe('a time that passed while the box was off', () => {
  test('is made up for within the minutes of the setting', async () => {
    const { body } = await create();
    await box.admin('PUT', '/settings/schedule.lateMinutes', { value: 120 });
    await off(3 * hour - 2 * minute);
    expect(messages()).toEqual(['Hello']);
    expect(await runs(body['id'])).toMatchObject([
      {
        slot: '2026-01-15T02:00:00.000Z',
        outcome: 'late',
        note: 'Sent 118 minutes late: the box was off at its time.',
      },
    ]);
    await off(minute);
    expect(messages()).toEqual(['Hello']);
  });

  test('is skipped and said so when it is later', async () => {
    const { body } = await create();
    await box.admin('PUT', '/settings/schedule.lateMinutes', { value: 30 });
    await off(2 * hour);
    expect(messages()).toEqual([]);
    const [run] = await runs(body['id']);
    expect(run).toMatchObject({
      outcome: 'skipped',
      campaignId: null,
      note: expect.stringContaining('60 minutes too late') as string,
    });
    expect((await get(body['id']))['nextRuns']).toContain('2026-01-16T02:00:00.000Z');
  });

  test('among many is made up for once', async () => {
    const { body } = await create({ cron: '0 * * * *' });
    await off(5 * hour + 10 * minute);
    expect(messages()).toEqual(['Hello']);
    expect(await runs(body['id'])).toMatchObject([
      { slot: '2026-01-15T06:00:00.000Z', outcome: 'late', note: expect.stringContaining('4 earlier times') as string },
    ]);
  });
});

describe('a person', () => {
  test('pauses, resumes and cancels: what passed meanwhile is not made up for', async () => {
    const { body } = await create();
    expect((await act(body['id'], 'pause')).body).toMatchObject({ state: 'paused', nextRuns: [] });
    await clock.advance(2 * hour);
    expect((await act(body['id'], 'resume')).body['nextRuns']).toContain('2026-01-16T02:00:00.000Z');
    await clock.advance(minute);
    expect(messages()).toEqual([]);
    expect((await act(body['id'], 'cancel')).body).toMatchObject({ state: 'cancelled', nextRuns: [] });
    for (const what of ['resume', 'pause', 'run'])
      expect(codeOf(await act(body['id'], what))).toEqual([409, 'schedule.wrong_state']);
    clock.jump(24 * hour);
    await clock.advance(minute);
    expect(messages()).toEqual([]);
  });

  test('sends now, which changes no time, and not twice in one moment', async () => {
    const { body } = await create();
    const both = await Promise.all([act(body['id'], 'run'), act(body['id'], 'run')]);
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    await clock.advance(minute);
    expect(messages()).toEqual(['Hello']);
    expect(await runs(body['id'])).toMatchObject([{ outcome: 'manual', note: 'Run by command line.' }]);
    await clock.advance(hour);
    expect(messages()).toEqual(['Hello', 'Hello']);
  });

  test('changes it in parts', async () => {
    const { body } = await create();
    const set = (change: object) => box.admin('PATCH', `/schedules/${String(body['id'])}`, change);
    const changed = await set({ cron: '30 9 * * *', timeZone: 'UTC', text: 'Bye' });
    expect(changed.body).toMatchObject({
      name: 'Daily',
      text: 'Bye',
      numbers: [phone(1)],
      cron: '30 9 * * *',
      timeZone: 'UTC',
    });
    expect((changed.body['nextRuns'] as string[])[0]).toBe('2026-01-15T09:30:00.000Z');
    expect(codeOf(await set({ cron: 'x' }))).toEqual([422, 'schedule.invalid']);
    await clock.advance(2 * hour);
    expect(messages()).toEqual([]);
    expect((await box.admin('GET', '/schedules')).body['items']).toMatchObject([{ id: body['id'] }]);
  });
});

describe('before it is kept', () => {
  test('an expression tells its next times', async () => {
    const ask = (body: object) => box.admin('POST', '/schedules/preview', body);
    expect((await ask({ cron: '0 9 * * 1-5' })).body).toEqual({
      timeZone: 'Asia/Bangkok',
      nextRuns: ['15', '16', '19', '20', '21'].map((day) => `2026-01-${day}T02:00:00.000Z`),
    });
    expect((await ask({ cron: '0 9 * * *', timeZone: 'UTC' })).body).toMatchObject({
      nextRuns: expect.arrayContaining(['2026-01-15T09:00:00.000Z']) as string[],
    });
    expect(codeOf(await ask({ cron: 'x' }))).toEqual([422, 'schedule.invalid']);
  });
});

describe('the calendar', () => {
  const calendar = async (query = '') =>
    (await box.admin('GET', `/schedules/calendar?from=2026-01-14T17:00:00.000Z&to=2026-01-17T17:00:00.000Z${query}`))
      .body;

  test('shows what passed and what is to come, days with many times as one', async () => {
    const daily = (await create()).body['id'];
    const hourly = (await create({ name: 'Hourly', cron: '0 * * * *' })).body['id'];
    await clock.advance(hour + minute);
    expect((await calendar())['more']).toBe(false);
    expect((await calendar())['items']).toMatchObject([
      { scheduleId: hourly, at: '2026-01-15T02:00:00.000Z', count: 1, outcome: 'sent', campaignId: 2 },
      { scheduleId: daily, at: '2026-01-15T02:00:00.000Z', count: 1, outcome: 'sent', campaignId: 1 },
      { scheduleId: hourly, at: '2026-01-15T03:00:00.000Z', last: '2026-01-15T16:00:00.000Z', count: 14 },
      { scheduleId: hourly, at: '2026-01-15T17:00:00.000Z', last: '2026-01-16T16:00:00.000Z', count: 24 },
      { scheduleId: daily, name: 'Daily', account: 'Main', at: '2026-01-16T02:00:00.000Z', outcome: 'coming' },
      { scheduleId: hourly, at: '2026-01-16T17:00:00.000Z', count: 24 },
      { scheduleId: daily, at: '2026-01-17T02:00:00.000Z', last: '2026-01-17T02:00:00.000Z', count: 1 },
    ]);
    await clock.advance(3 * hour);
    expect((await calendar())['items']).toMatchObject([
      {
        scheduleId: hourly,
        at: '2026-01-15T02:00:00.000Z',
        last: '2026-01-15T05:00:00.000Z',
        count: 4,
        outcome: 'sent',
      },
      { scheduleId: daily, outcome: 'sent' },
      { scheduleId: hourly, at: '2026-01-15T06:00:00.000Z', count: 11, outcome: 'coming' },
      { count: 24 },
      { scheduleId: daily },
      { count: 24 },
      { scheduleId: daily },
    ]);
  });

  test('shows nothing to come of what is paused, and only the account that is asked for', async () => {
    const { body } = await create();
    await act(body['id'], 'pause');
    expect((await calendar())['items']).toEqual([]);
    await act(body['id'], 'resume');
    await box.admin('POST', '/accounts', { name: 'Other' });
    expect((await calendar('&account=Other'))['items']).toEqual([]);
    expect((await calendar('&account=Main'))['items']).toHaveLength(3);
    expect((await box.admin('GET', '/schedules?account=Other')).body['items']).toEqual([]);
    expect((await box.admin('GET', '/schedules')).body['items']).toHaveLength(1);
  });

  test('has at most seventy days', async () => {
    const long = await box.admin(
      'GET',
      '/schedules/calendar?from=2026-01-01T00:00:00.000Z&to=2026-04-01T00:00:00.000Z',
    );
    expect(codeOf(long)).toEqual([400, 'validation.failed']);
  });
});
