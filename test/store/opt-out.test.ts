import Database from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { InboundPart } from '../../server/domain/carrier.ts';
import type { OptWish } from '../../server/domain/opt-out.ts';
import { OptWords } from '../../server/services/guards/opt-words.ts';
import { InboundDesk } from '../../server/services/inbound-desk.ts';
import { keptOnly } from '../../server/store/inbound-effects.ts';
import { phone, quiet } from '../fakes/box.ts';
import { openBox, type StoreBox } from '../fakes/store-box.ts';

const me = phone(1);

function deskOn(box: StoreBox, wishIn?: (text: string) => OptWish | null) {
  let uuids = 0;
  const rules = { optOut: ['STOP', 'ยกเลิก'] as string[], optIn: ['START'] as string[] };
  const words = new OptWords(() => rules);
  const faults: string[] = [];
  const desk = new InboundDesk({
    store: box.stores.inbound,
    clock: box.clock,
    newUuid: () => `uuid-${(uuids += 1)}`,
    accountId: () => 1,
    decide: ({ text }) => ({ ...keptOnly(1), wish: (wishIn ?? ((whole) => words.wishIn(whole)))(text) }),
    log: { ...quiet, error: (event) => faults.push(event) },
  });
  const receive = (text: string, part: Partial<InboundPart> = {}) => {
    const sentAt = box.clock.now() + uuids;
    return desk.receive(1, { from: `+${me}`, to: null, text, sentAt, concat: null, raw: null, ...part });
  };
  const isBlocked = (accountId = 1) => box.stores.accounts.blocklist(accountId)(me);
  const kept = () => box.peek.all<{ text: string }>('SELECT text FROM inbound ORDER BY id').map((row) => row.text);
  return { desk, rules, receive, isBlocked, kept, faults };
}

const causes = (box: StoreBox) =>
  box.peek.all<{ account_id: number; cause: string }>(
    'SELECT account_id, cause FROM blocked_number WHERE msisdn = ? ORDER BY account_id',
    me,
  );

describe('a received keyword', () => {
  test('puts its sender on the blocklist, in the transaction of the text, and takes it off again', async () => {
    const box = await openBox();
    const { receive, isBlocked, kept } = deskOn(box);
    expect(isBlocked()).toBe(false);
    await receive(' stop. ');
    expect(isBlocked()).toBe(true);
    expect(causes(box)).toEqual([{ account_id: 1, cause: 'opt-out' }]);
    expect(box.events.map((event) => event.name)).toEqual(['sms.received']);
    await receive('Start');
    expect(isBlocked()).toBe(false);
    expect(kept()).toEqual([' stop. ', 'Start']);
  });

  test('counts for every account: its sender does not know them', async () => {
    const box = await openBox();
    const { id } = await box.stores.accounts.create('Sales', 0);
    const { receive, isBlocked } = deskOn(box);
    expect([isBlocked(1), isBlocked(id)]).toEqual([false, false]);
    await receive('ยกเลิก');
    expect([isBlocked(1), isBlocked(id)]).toEqual([true, true]);
    await receive('START');
    expect([isBlocked(1), isBlocked(id)]).toEqual([false, false]);
  });

  test('keeps waiting messages from its sender', async () => {
    const box = await openBox();
    const { receive } = deskOn(box);
    const { id } = await box.accept({ to: [me] });
    await receive('STOP');
    expect(await box.claim()).toEqual([]);
    expect(box.recipient(id)).toMatchObject({ state: 'blocked', refunded: 1 });
  });

  test('does not undo what a person decided', async () => {
    const box = await openBox();
    const { receive, isBlocked } = deskOn(box);
    await box.stores.accounts.blocked.add(1, [me], 'manual', 0);
    await receive('START');
    expect(isBlocked()).toBe(true);
    await receive('STOP');
    await receive('START');
    expect(causes(box)).toEqual([{ account_id: 1, cause: 'manual' }]);
  });

  test('is one only as the whole of a whole text', async () => {
    const box = await openBox();
    const { desk, receive, isBlocked, kept } = deskOn(box);
    await receive('Please stop');
    const part = (number: number) => ({ concat: { reference: 7, part: number, partCount: 2 } });
    await receive('STOP', part(1));
    await box.clock.advance(2 * 86_400_000);
    expect(await desk.releaseIncomplete()).toBe(1);
    expect(isBlocked()).toBe(false);
    await receive('ยก', part(1));
    await receive('เลิก', part(2));
    expect(kept()).toEqual(['Please stop', 'STOP', 'ยกเลิก']);
    expect(isBlocked()).toBe(true);
  });

  test('of who has no number, or when there are no keywords, is a text like any other', async () => {
    const box = await openBox();
    const { rules, receive, isBlocked, kept } = deskOn(box);
    await receive('STOP', { from: 'BANK' });
    rules.optOut = [];
    await receive('STOP');
    expect(isBlocked()).toBe(false);
    expect(kept()).toHaveLength(2);
    rules.optOut = ['stop'];
    await receive('STOP');
    expect(isBlocked()).toBe(true);
  });

  test('that the modem gives twice counts once', async () => {
    const box = await openBox();
    const { receive, isBlocked } = deskOn(box);
    const again = { sentAt: 5 };
    await receive('STOP', again);
    await box.stores.accounts.blocked.remove(1, [me]);
    await receive('STOP', again);
    expect(isBlocked()).toBe(false);
  });
});

describe('a fault in heeding it', () => {
  test('does not lose the text: the reading of it', async () => {
    const box = await openBox();
    const { receive, kept, faults } = deskOn(box, () => {
      throw new Error('the reader broke');
    });
    await receive('STOP');
    expect([kept(), faults]).toEqual([['STOP'], ['inbound.handling_failed']]);
    expect(box.events).toHaveLength(1);
  });

  test('does not lose the text: the blocklist', async () => {
    const box = await openBox();
    const db = new Database(join(box.dir, 'box.db'));
    onTestFinished(() => {
      db.close();
    });
    db.exec(`CREATE TRIGGER broken BEFORE INSERT ON blocked_number WHEN NEW.account_id = 2
      BEGIN SELECT RAISE(ABORT, 'the list is broken'); END`);
    await box.stores.accounts.create('Sales', 0);
    const { receive, isBlocked, kept, faults } = deskOn(box);
    await receive('STOP');
    expect([kept(), faults]).toEqual([['STOP'], ['inbound.handling_failed']]);
    // All accounts or none.
    expect(isBlocked()).toBe(false);
    expect(causes(box)).toEqual([]);
  });
});
