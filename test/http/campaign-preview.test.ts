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

describe('a preview', () => {
  test('tells how many, what it costs and the first texts, and begins nothing', async () => {
    const a = await group('A');
    for (let n = 1; n <= 4; n += 1) await contact(n, { name: `N${n}`, groups: [a] });
    await contact(5, { groups: [a] });
    const { body } = await box.admin('POST', '/campaigns/preview', {
      text: '{name} ส'.repeat(15),
      groups: [a],
      numbers: [phone(1)],
    });
    expect(body).toMatchObject({ recipients: 4, exact: true, skipped: 1, repeated: 1, credits: 4, segments: 1 });
    expect((body['samples'] as { msisdn: string }[]).map(({ msisdn }) => msisdn)).toEqual([
      phone(1),
      phone(2),
      phone(3),
    ]);
    expect((body['samples'] as { text: string }[])[0]?.text).toBe('N1 ส'.repeat(15));
    expect(box.peek.counts()).toMatchObject({ campaign: 0, message: 0 });
  });

  test('tells who is blocked, named twice or no number, and what the account has', async () => {
    await box.admin('POST', '/blocklist', { numbers: [phone(2)] });
    const numbers = [phone(1), phone(1), phone(2), phone(3), '12'];
    const ask = (fields: object) => box.admin('POST', '/campaigns/preview', { text: 'Hi 🎉', numbers, ...fields });
    expect(codeOf(await ask({}))).toEqual([400, 'validation.failed']);
    const { body } = await ask({ invalid: 'skip' });
    expect(body).toMatchObject({
      recipients: 2,
      blocked: 1,
      repeated: 1,
      invalid: 1,
      invalidSample: ['12'],
      credits: 2,
      balance: 10_000,
      origin: 'SEPSMS',
      notes: [{ kind: 'unicode', characters: ['🎉'], more: false }],
      scheduledTime: null,
    });
    expect((body['samples'] as { parts: string[] }[])[0]?.parts).toEqual(['Hi 🎉']);
    expect(await prepared((await create({ numbers, invalid: 'skip' })).body['id'])).toMatchObject({ recipients: 3 });
  });

  test('of a file tells what is wrong with its lines; such a file is no import of contacts', async () => {
    const response = await fetch(`${box.url}/api/admin/imports?purpose=sending`, {
      method: 'POST',
      headers: { authorization: `Bearer ${box.cliToken}` },
      body: `mobile,points\n${phone(1)},10\n${phone(1)},20\nx,30\n${phone(2)},\n`,
    });
    const { id: importId } = (await response.json()) as { id: number };
    const { body } = await box.admin('POST', '/campaigns/preview', { text: '{points} points', importId });
    expect(body).toMatchObject({
      recipients: 1,
      exact: true,
      skipped: 1,
      repeated: 1,
      invalid: 1,
      invalidSample: ['#4'],
      samples: [{ msisdn: phone(1), text: '10 points' }],
    });
    expect((await box.admin('GET', '/imports')).body['items']).toEqual([]);
  });

  test('where nobody is left costs nothing', async () => {
    const { body } = await box.admin('POST', '/campaigns/preview', { text: '{name}', numbers: [phone(1)] });
    expect(body).toMatchObject({ recipients: 0, exact: true, skipped: 1, credits: 0, samples: [], notes: [] });
  });

  test('refuses what its messages would be refused for', async () => {
    await box.admin('PUT', '/settings/guards.links', { value: 'registered' });
    const text = 'See https://shop.example.com';
    const answer = await box.admin('POST', '/campaigns/preview', { text, numbers: [phone(1)] });
    expect(codeOf(answer)).toEqual([422, 'message.link_not_registered']);
  });

  test('of a large one is an estimate', async () => {
    const a = await group('A');
    await crowd(2_500, a);
    const { body } = await box.admin('POST', '/campaigns/preview', { text: 'Hello', groups: [a] });
    expect(body).toMatchObject({ recipients: 2_500, exact: false, credits: 2_500 });
  });
});

test('campaigns are listed by account and state, and tell whom they were for', async () => {
  await box.admin('POST', '/accounts', { name: 'Other' });
  await box.admin('POST', '/senders', { name: 'OTHER', account: 'Other' });
  const first = (await create({ numbers: [phone(1)] })).body['id'];
  const other = (await create({ numbers: [phone(2)], account: 'Other', origin: 'OTHER' })).body['id'];
  await prepared(first);
  await act(first, 'pause');
  const ids = async (query: string) =>
    ((await box.admin('GET', `/campaigns?${query}`)).body['items'] as { id: number }[]).map(({ id }) => id);
  expect(await ids('')).toEqual([other, first]);
  expect(await ids('account=Main')).toEqual([first]);
  expect(await ids('account=Main&state=paused')).toEqual([first]);
  expect(await ids('account=Main&state=done')).toEqual([]);
  // The other account has no credits.
  await prepared(other);
  expect(await ids('state=paused')).toEqual([other, first]);
  const audience = await box.admin('GET', `/campaigns/${String(other)}/audience`);
  expect(audience.body).toEqual({ groups: [], numbers: [phone(2)], importId: null });
});
