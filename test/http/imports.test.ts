import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pagesOf, type AdminPages } from '../fakes/admin-pages.ts';
import { phone, runBox, type Answer, type HttpBox } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { xlsx } from '../fakes/xlsx.ts';

let box: HttpBox;
let pages: AdminPages;
const clock = new ManualClock();

beforeAll(async () => {
  box = await runBox({ clock });
  pages = await pagesOf(box, 'otto', 'operator');
});
afterAll(() => box.close());

let accounts = 0;
async function newAccount(): Promise<string> {
  accounts += 1;
  await box.admin('POST', '/accounts', { name: `Book ${accounts}` });
  return `Book ${accounts}`;
}

const codeOf = (answer: Answer) => [answer.status, answer.error['code'] ?? null];
const upload = (account: string, file: Uint8Array | string, fileName = 'people.csv') =>
  pages.upload(`/imports?account=${account}&fileName=${fileName}`, file);
const act = (id: unknown, what: string) => pages.call('POST', `/imports/${String(id)}/${what}`);
const rowsOf = async (id: unknown, query = '') =>
  (await pages.call('GET', `/imports/${String(id)}/rows${query}`)).body['items'] as Record<string, unknown>[];
const contacts = async (account: string) => {
  const { body } = await pages.call('GET', `/contacts?account=${account}&limit=200`);
  return (body['items'] as { msisdn: string; name: string; fields: object; groups: { name: string }[] }[]).map(
    ({ msisdn, name, fields, groups }) => ({ msisdn, name, fields, groups: groups.map((one) => one.name) }),
  );
};

/** An import once it rests; each look is a request of its own. */
async function rested(id: unknown, where = box): Promise<Record<string, unknown>> {
  for (let looks = 0; looks < 5_000; looks += 1) {
    const { body } = await where.admin('GET', `/imports/${String(id)}`);
    if (body['state'] !== 'running') return body;
  }
  throw new Error('it runs and runs');
}

const small = [
  'name,mobile,นัด',
  `Ann,0${phone(1).slice(2)},1/2`,
  'Ben,12,',
  `Cat,${phone(1)},`,
  'Dan,,',
  `Eve,${phone(2).slice(2)},=1+1`,
].join('\n');

describe('a file that is uploaded', () => {
  test('is shown with a guess of its columns and every line that is left out, and changes nothing yet', async () => {
    const account = await newAccount();
    const { body } = await upload(account, small);
    expect(body).toMatchObject({
      account,
      fileName: 'people.csv',
      kind: 'csv',
      state: 'ready',
      columns: [
        { header: 'name', use: 'name' },
        { header: 'mobile', use: 'msisdn' },
        { header: 'นัด', use: 'field', field: 'นัด' },
      ],
      rows: 5,
      problems: 3,
      createdBy: 'otto',
      createdAt: new Date(clock.now()).toISOString(),
    });
    expect((body['samples'] as unknown[])[0]).toEqual({
      line: 2,
      cells: ['Ann', `0${phone(1).slice(2)}`, '1/2'],
      msisdn: phone(1),
      problem: null,
      sameAs: null,
    });
    expect(await rowsOf(body['id'], '?problems=true')).toMatchObject([
      { line: 3, problem: 'bad_number', cells: ['Ben', '12'] },
      { line: 4, problem: 'duplicate', sameAs: 2 },
      { line: 5, problem: 'missing_number' },
    ]);
    expect(await contacts(account)).toEqual([]);
    const { body: listed } = await pages.call('GET', `/imports?account=${account}`);
    expect(listed['items']).toMatchObject([{ id: body['id'] }]);
  });

  test('tells how it was read, and how many lines have which problem', async () => {
    const account = await newAccount();
    const { body } = await upload(account, small.replaceAll(',', ';'));
    expect(body).toMatchObject({ encoding: 'utf-8', delimiter: ';', hasHeader: true });
    expect(body['problemKinds']).toEqual({ missing_number: 1, bad_number: 1, duplicate: 1 });
    const thai = await upload(account, Uint8Array.from([0xa1, 0x09, ...Buffer.from(`0${phone(1).slice(2)}\n`)]));
    expect(thai.body).toMatchObject({ encoding: 'windows-874', delimiter: '\t', hasHeader: false });
    const book = await upload(account, xlsx([['a'], [Number(phone(1).slice(2))]]));
    expect(book.body).toMatchObject({ encoding: null, delimiter: null, hasHeader: true });
  });

  test('gives the lines that are left out as a file to mend, all or those with one problem', async () => {
    const account = await newAccount();
    const { body } = await upload(account, small);
    const report = async (query: string) => {
      const path = `${box.url}/api/admin/imports/${String(body['id'])}/report${query}`;
      const response = await fetch(path, { headers: { cookie: pages.cookie } });
      return [response.headers.get('content-disposition'), await response.text()];
    };
    expect(await report('')).toEqual([
      'attachment; filename="people-problems.csv"',
      [
        'Line,Why it is left out,name,mobile,นัด',
        '3,no possible mobile number,Ben,12',
        `4,same number as line 2,Cat,${phone(1)}`,
        '5,no number,Dan',
        '',
      ].join('\r\n'),
    ]);
    const [, duplicates] = await report('?problem=duplicate&language=zh-Hant');
    expect(duplicates).toBe(`行,未匯入原因,name,mobile,นัด\r\n4,號碼與第 2 行重複,Cat,${phone(1)}\r\n`);
    expect(await rowsOf(body['id'], '?problem=duplicate')).toMatchObject([{ line: 4 }]);
  });

  test('becomes contacts of groups when it is started', async () => {
    const account = await newAccount();
    const { body: group } = await pages.call('POST', '/groups', { account, name: 'VIP' });
    const { body } = await upload(account, small);
    await pages.call('PATCH', `/imports/${String(body['id'])}`, { groups: [group['id']] });
    expect((await act(body['id'], 'start')).body).toMatchObject({ state: 'running' });
    expect(await rested(body['id'])).toMatchObject({ state: 'done', doneRows: 5, created: 2, updated: 0, skipped: 0 });
    expect(await contacts(account)).toEqual([
      { msisdn: phone(1), name: 'Ann', fields: { นัด: '1/2' }, groups: ['VIP'] },
      { msisdn: phone(2), name: 'Eve', fields: { นัด: '=1+1' }, groups: ['VIP'] },
    ]);
    expect(codeOf(await act(body['id'], 'start'))).toEqual([409, 'import.wrong_state']);
  });

  test('may be a workbook', async () => {
    const account = await newAccount();
    const file = xlsx([
      ['ชื่อ', 'โทร'],
      ['สมชาย', Number(phone(1).slice(2))],
    ]);
    const { body } = await upload(account, file, 'a.xlsx');
    expect(body).toMatchObject({ kind: 'xlsx', rows: 1, problems: 0 });
    await act(body['id'], 'start');
    await rested(body['id']);
    expect(await contacts(account)).toMatchObject([{ msisdn: phone(1), name: 'สมชาย' }]);
  });

  test('is judged anew when its columns mean something else', async () => {
    const account = await newAccount();
    const { body } = await upload(
      account,
      `a,b\n${phone(1)},${phone(2)}\n${phone(1)},${phone(3)}\n${phone(4)},${phone(5)}\n`,
    );
    const set = (columns: object[]) => pages.call('PATCH', `/imports/${String(body['id'])}`, { columns });
    expect(body).toMatchObject({ columns: [{ use: 'msisdn' }, { use: 'field' }], problems: 1 });
    const turned = await set([{ use: 'field', field: 'other' }, { use: 'msisdn' }]);
    expect(turned.body).toMatchObject({ state: 'ready', rows: 3, problems: 0, columns: [{ field: 'other' }, {}] });
    for (const wrong of [
      [{ use: 'msisdn' }],
      [{ use: 'msisdn' }, { use: 'msisdn' }],
      [
        { use: 'field', field: 'x' },
        { use: 'field', field: 'x' },
      ],
      [{ use: 'msisdn' }, { use: 'field' }],
      [{ use: 'msisdn' }, { use: 'field', field: 'a b' }],
    ])
      expect(codeOf(await set(wrong))).toEqual([400, 'validation.failed']);
    await set([{ use: 'ignore' }, { use: 'ignore' }]);
    expect(codeOf(await act(body['id'], 'start'))).toEqual([400, 'validation.failed']);
    expect((await pages.call('PATCH', `/imports/${String(body['id'])}`, { groups: [999_999] })).status).toBe(404);
    expect((await pages.call('GET', `/imports/${String(body['id'])}`)).body).toMatchObject({ state: 'ready' });
  });

  test('changes contacts that are there, or leaves them', async () => {
    const account = await newAccount();
    await pages.call('POST', '/contacts', { account, msisdn: phone(1), name: 'Old', note: 'kept', fields: { a: '1' } });
    const file = `mobile,name,b\n${phone(1)},,2\n${phone(2)},New,3\n`;
    const { body: first } = await upload(account, file);
    await pages.call('PATCH', `/imports/${String(first['id'])}`, { existing: 'skip' });
    await act(first['id'], 'start');
    expect(await rested(first['id'])).toMatchObject({ created: 1, skipped: 1 });
    const { body: second } = await upload(account, file);
    await act(second['id'], 'start');
    expect(await rested(second['id'])).toMatchObject({ updated: 2 });
    expect(await contacts(account)).toMatchObject([
      { name: 'New', fields: { b: '3' } },
      { name: 'Old', fields: { a: '1', b: '2' } },
    ]);
  });

  test.each([
    ['nothing', '', 'validation.failed'],
    ['only a line of names', 'mobile,name\n', 'import.unreadable'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'import.unreadable'],
    ['a broken workbook', Buffer.from('PK broken'), 'import.unreadable'],
  ])('that is %s leaves nothing behind', async (_what, file, code) => {
    const before = box.peek.counts();
    expect((await upload('Main', file)).error['code']).toBe(code);
    expect(box.peek.counts()).toEqual(before);
  });

  test('may not be larger than any body', async () => {
    await box.admin('PUT', '/settings/http.maxBodyBytes', { value: 10_000 });
    expect(codeOf(await upload('Main', `mobile\n${phone(1)}\n`.repeat(1_000)))).toEqual([413, 'request.too_large']);
    await box.admin('PUT', '/settings/http.maxBodyBytes', { value: 20_000_000 });
  });

  test('is forgotten on request, or after a week, with every line', async () => {
    const { body } = await upload('Main', small);
    expect((await pages.call('DELETE', `/imports/${String(body['id'])}`)).body).toEqual({ ok: true });
    expect(codeOf(await pages.call('GET', `/imports/${String(body['id'])}`))).toEqual([404, 'import.not_found']);
    await upload('Main', small);
    clock.jump(8 * 86_400_000);
    await clock.advance(3_600_000);
    expect(box.peek.counts()).toMatchObject({ contact_import: 0, contact_import_row: 0 });
    pages = await pagesOf(box, 'otto', 'operator');
  });
});

describe('a large import', () => {
  const lines = 4_000;
  const large = `mobile,name\n${Array.from({ length: lines }, (_, n) => `${phone(n)},Name ${n}`).join('\n')}`;

  test('is held, goes on, and takes each line once', async () => {
    const account = await newAccount();
    const { body } = await upload(account, large);
    await act(body['id'], 'start');
    const paused = await act(body['id'], 'pause');
    expect(paused.body).toMatchObject({ state: 'paused' });
    const count = () => box.peek.one<{ n: number }>('SELECT contact_count AS n FROM account WHERE name = ?', account).n;
    const held = count();
    expect(held).toBe(paused.body['doneRows']);
    expect(held).toBeLessThan(lines);
    await act(body['id'], 'start');
    expect(await rested(body['id'])).toMatchObject({ state: 'done', created: lines, updated: 0 });
    expect(count()).toBe(lines);
  });

  test('is ended; what was taken in stays', async () => {
    const account = await newAccount();
    const { body } = await upload(account, large);
    await act(body['id'], 'start');
    const ended = await act(body['id'], 'cancel');
    expect(ended.body).toMatchObject({ state: 'cancelled' });
    const after = await rested(body['id']);
    expect(after['created']).toBe(ended.body['created']);
    expect(codeOf(await act(body['id'], 'start'))).toEqual([409, 'import.wrong_state']);
  });

  test('goes on after the box was stopped', async () => {
    const first = await runBox();
    const { body } = await call(first, large);
    await first.admin('POST', `/imports/${String(body['id'])}/start`);
    await first.stop();
    const second = await runBox({ dir: first.dir });
    try {
      const before = Number((await second.admin('GET', `/imports/${String(body['id'])}`)).body['doneRows']);
      expect(before).toBeLessThanOrEqual(lines);
      expect(await rested(body['id'], second)).toMatchObject({ state: 'done', created: lines, doneRows: lines });
      expect(second.peek.counts()).toMatchObject({ contact: lines });
    } finally {
      await second.close();
    }
  });
});

async function call(where: HttpBox, file: string): Promise<Answer> {
  return await (await pagesOf(where, 'ada')).upload('/imports', file);
}
