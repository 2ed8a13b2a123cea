import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorsOf } from '../../server/contract/openapi-errors.ts';
import { v2Routes, type V2Operation } from '../../server/contract/v2.ts';
import { statusOf } from '../../server/http/error-mapper.ts';
import { messageCases } from './contract/message-cases.ts';
import { otpCases } from './contract/otp-cases.ts';
import { webhookCases } from './contract/webhook-cases.ts';
import { commonRefusals, outOfReach, Shop, type OperationCase } from './contract/shop.ts';

/** One for every operation: this does not compile when one is missing. */
const cases: Readonly<Record<V2Operation, OperationCase>> = { ...messageCases, ...otpCases, ...webhookCases };
const names = Object.keys(cases) as V2Operation[];
const refusals = names.flatMap((name) =>
  errorsOf(v2Routes[name])
    .filter((code) => ![...outOfReach, ...(cases[name].outOfReach ?? [])].includes(code))
    .map((code) => ({ name, code })),
);

let shop: Shop;
beforeAll(async () => {
  shop = await Shop.open();
});
afterAll(() => shop.close());

test('every operation of the document that the box serves has its cases, and every case an operation', () => {
  const documented = Object.values(shop.document.paths).flatMap((path) =>
    Object.values(path).map(({ operationId }) => operationId),
  );
  expect(documented.toSorted()).toEqual(names.toSorted());
});

describe('a good answer is what the document says', () => {
  test.each(names)('of %s', async (name) => {
    const answer = await shop.held(name, await cases[name].good(shop));
    expect([answer.status, answer.error]).toEqual([200, {}]);
    const { items = ['no list'] } = answer.result;
    expect(items, 'an empty list shows nothing').not.toEqual([]);
  });

  test('also when it is given again', async () => {
    const parts = { ...(await cases.sendMessage.good(shop)), headers: { 'idempotency-key': 'again' } };
    const [first, again] = [await shop.held('sendMessage', parts), await shop.held('sendMessage', parts)];
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });
});

describe('a refusal is what the document says', () => {
  test.each(refusals)('of $name: $code', async ({ name, code }) => {
    const one = cases[name];
    const own = one.refusals[code];
    const answer = own === undefined ? await commonRefusals[code]?.(shop, name, one) : await own(shop);
    if (answer === undefined) throw new Error(`nothing brings about ${code} of ${name}`);
    expect([answer.status, answer.error['code']]).toEqual([statusOf(code), code]);
    expect(shop.faults(name, answer)).toEqual([]);
    if (code === 'rate_limit.exceeded') expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/u);
  });

  test('no case is of a code that its operation does not list', () => {
    const unlisted = names.flatMap((name) =>
      Object.keys(cases[name].refusals).filter((code) => !errorsOf(v2Routes[name]).some((listed) => listed === code)),
    );
    expect(unlisted).toEqual([]);
  });
});

describe('the check itself', () => {
  test('sees a missing header, a field too many, one of another type and a code that is not listed', async () => {
    const good = await shop.call('creditBalance', {});
    expect(shop.faults('creditBalance', good)).toEqual([]);
    const headers = new Headers(good.headers);
    headers.delete('ratelimit-remaining');
    expect(shop.faults('creditBalance', { ...good, headers })).toHaveLength(1);
    for (const result of [{ balance: 1, more: 2 }, { balance: '1' }, {}])
      expect(shop.faults('creditBalance', { ...good, body: { result } })).toHaveLength(1);
    expect(shop.faults('creditBalance', { ...good, status: 418 })).toHaveLength(1);
    const error = { code: 'message.empty', message: 'It is empty.' };
    expect(shop.faults('creditBalance', { ...good, status: 401, body: { success: false, error } })).toHaveLength(1);
  });
});

test('a box whose database is broken says so in the documented form, whatever it is asked', async () => {
  const broken = await Shop.open();
  const parts = new Map<V2Operation, Awaited<ReturnType<OperationCase['good']>>>();
  for (const name of names) parts.set(name, await cases[name].good(broken));
  for (const table of ['message', 'ledger', 'account', 'otp', 'sender'])
    broken.sql(`ALTER TABLE ${table} RENAME TO lost_${table}`);
  const faulty: V2Operation[] = [];
  for (const name of names) {
    const answer = await broken.call(name, parts.get(name) ?? {});
    expect(broken.faults(name, answer)).toEqual([]);
    if (answer.status >= 500) faulty.push(name);
  }
  // The others need nothing that is not in memory.
  expect(faulty).toEqual(expect.arrayContaining(['sendMessage', 'messageStatus', 'creditBalance', 'sendOtp']));
  await broken.close();
});

describe('the document', () => {
  test('names the address at which it was asked for, unless that is none', async () => {
    const port = new URL(shop.box.url).port;
    expect(shop.document).toMatchObject({ servers: [{ url: `${shop.box.url}/api/v2` }] });
    const asLocalhost = await fetch(`http://localhost:${port}/api/v2/openapi.json?from=here`);
    expect(await asLocalhost.json()).toMatchObject({ servers: [{ url: `http://localhost:${port}/api/v2` }] });
    expect(asLocalhost.headers.get('content-type')).toBe('application/json; charset=utf-8');
  });

  test('has no page where there are no pages', async () => {
    const refused = await fetch(`${shop.box.url}/api/docs`);
    expect([refused.status, await refused.json()]).toMatchObject([404, { error: { code: 'request.not_found' } }]);
  });

  test('needs no key, and is only read', async () => {
    const posted = await fetch(`${shop.box.url}/api/v2/openapi.json`, { method: 'POST' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
    expect(await posted.json()).toMatchObject({ success: false, error: { code: 'request.method_not_allowed' } });
  });
});
