import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf, type AdminPages } from '../fakes/admin-pages.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { FastClock } from '../flow/fast-clock.ts';

const clock = new FastClock();
let box: HttpBox;
let olga: AdminPages;
let ids: { readonly one: number; readonly two: number; readonly off: number };

async function ready(id: number): Promise<void> {
  while ((await box.admin('GET', `/carriers/${id}`)).body['state'] !== 'ready') await waited();
}
const waited = () =>
  new Promise<void>((resolve) => {
    clock.after(500, resolve);
  });
const operate = (id: number, body: unknown, by: Pick<AdminPages, 'call'> = olga): Promise<Answer> =>
  by.call('POST', `/carriers/${id}/operate`, body);

beforeAll(async () => {
  box = await runBox({ clock });
  olga = await pagesOf(box, 'olga', 'operator');
  const add = async (name: string) =>
    Number((await box.admin('POST', '/carriers', { kind: 'simulator', name })).body['id']);
  ids = { one: await add('One'), two: await add('Two'), off: await add('Off') };
  await box.admin('POST', `/carriers/${ids.off}/disable`);
  await Promise.all([ready(ids.one), ready(ids.two)]);
});
afterAll(() => box.close());

describe('a live command', () => {
  test('probes a carrier, dials a code, asks for the balance', async () => {
    expect((await operate(ids.one, { kind: 'probe' })).body).toMatchObject({ ok: true, more: false });
    const { body } = await operate(ids.one, { kind: 'ussd', code: '*121#' });
    expect(body).toMatchObject({ ok: true, text: expect.stringMatching(/\d/u) });
    expect((await operate(ids.one, { kind: 'balance' })).body).toMatchObject({ ok: true });
  });

  test('in the language of modems is for administrators', async () => {
    const line = 'AT+CSQ';
    const refused = await operate(ids.one, { kind: 'at', line });
    expect([refused.status, refused.error['code']]).toEqual([403, 'auth.forbidden']);
    const ada = await pagesOf(box, 'ada');
    const { body } = await operate(ids.one, { kind: 'at', line }, ada);
    expect(body).toMatchObject({ ok: true, lines: expect.arrayContaining([expect.stringContaining('+CSQ:')]) });
  });

  test('that the carrier refuses is refused with its words', async () => {
    const ada = await pagesOf(box, 'ada');
    const refused = await operate(ids.one, { kind: 'at', line: 'AT+CPIN="4711"' }, ada);
    expect([refused.status, refused.error['code']]).toEqual([400, 'validation.failed']);
  });

  test.each([
    [{ kind: 'reboot' }, 'kind'],
    [{ kind: 'ussd', code: ' ' }, 'code'],
    [{ kind: 'at', line: 'x'.repeat(257) }, 'line'],
  ])('of the wrong form is refused: %j', async (body, path) => {
    expect((await operate(ids.one, body)).error).toMatchObject({ code: 'validation.failed', details: [{ path }] });
  });

  test('to who is switched off or not there', async () => {
    const off = await operate(ids.off, { kind: 'probe' });
    expect([off.status, off.error['code']]).toEqual([409, 'carrier.not_ready']);
    expect((await operate(99, { kind: 'probe' })).error['code']).toBe('carrier.not_found');
  });

  test('is done alone by a carrier; others are not held up', async () => {
    const [first, second, elsewhere] = await Promise.all([
      operate(ids.one, { kind: 'ussd', code: '*121#' }),
      operate(ids.one, { kind: 'probe' }),
      operate(ids.two, { kind: 'probe' }),
    ]);
    const [done, busy] = first.status === 200 ? [first, second] : [second, first];
    expect(done.body).toMatchObject({ ok: true });
    expect([busy.status, busy.error['code']]).toEqual([409, 'carrier.not_ready']);
    expect(elsewhere.body).toMatchObject({ ok: true });
    expect((await operate(ids.one, { kind: 'probe' })).status).toBe(200);
  });

  test('stands in the audit log, without what may be a secret', async () => {
    const rows = box.peek.all<{ who: string; detail: string; outcome: string }>(
      `SELECT who, detail, outcome FROM audit WHERE target = 'carriers/${ids.one}/operate' ORDER BY id`,
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { who: 'olga', detail: 'kind=ussd code=*121#', outcome: 'done' },
        { who: 'olga', detail: 'kind=at line=AT+CSQ', outcome: 'auth.forbidden' },
        { who: 'ada', detail: 'kind=at line=AT+CSQ', outcome: 'done' },
        { who: 'ada', detail: 'kind=at line=AT+CPIN…', outcome: 'validation.failed' },
      ]),
    );
  });
});

describe('a test message', () => {
  const carriersOf = (uuid: string) =>
    box.peek.all<{ name: string }>(
      `SELECT c.name FROM message m JOIN recipient r ON r.message_id = m.id JOIN carrier c ON c.id = r.carrier_id
       WHERE m.uuid = ?`,
      uuid,
    );
  const arrived = async (uuid: string) => {
    while ((await box.admin('GET', `/messages/${uuid}`)).body['status'] !== 'completed') await waited();
  };

  test('goes by the carrier that is tested, whatever the routes say', async () => {
    await box.admin('POST', '/routes', { name: 'All', carriers: [{ carrierId: ids.one }], mode: 'order' });
    const sent = await Promise.all(
      [ids.two, ids.one, ids.two].map((id) => olga.call('POST', `/carriers/${id}/test`, { to: phone(1) })),
    );
    expect(sent.map((answer) => answer.status)).toEqual([200, 200, 200]);
    const uuids = sent.map((answer) => String(answer.body['uuid']));
    for (const uuid of uuids) await arrived(uuid);
    expect(uuids.map(carriersOf)).toEqual([[{ name: 'Two' }], [{ name: 'One' }], [{ name: 'Two' }]]);
    const { body } = await box.admin('GET', `/messages/${uuids[0] ?? ''}`);
    expect(body).toMatchObject({ account: 'Main', origin: 'SEPSMS', totalCredit: 1 });
    expect(body['message']).toMatch(/^SEPSMS Box: a test of this carrier at \d\d:\d\d:\d\d\. No answer is needed\.$/u);
  });

  test('is not taken for a carrier that is not at work, or a number that is none', async () => {
    const tried = async (id: number, to: string) =>
      (await olga.call('POST', `/carriers/${id}/test`, { to })).error['code'];
    expect(await tried(ids.off, phone(1))).toBe('carrier.not_ready');
    expect(await tried(99, phone(1))).toBe('carrier.not_found');
    expect(await tried(ids.one, '12')).toBe('message.no_valid_recipients');
  });
});
