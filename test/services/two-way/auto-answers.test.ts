import Database from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { phone } from '../../fakes/box.ts';
import { office, TwoWayRig } from './two-way-rig.ts';

const boss = phone(77);

describe('an answer by a keyword rule', () => {
  test('goes to who wrote, from the number that the text came to, on the lane of usual messages', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ match: 'exact', keywords: ['INFO'], reply: 'Open 9-17. You ({from}) wrote "{text}" at {time}.' });
    await rig.receive('info!');
    await rig.receive('something else');
    expect(rig.sent()).toEqual([
      {
        to: phone(1),
        text: `Open 9-17. You (${phone(1)}) wrote "info!" at 10:00.`,
        origin: 'SEPSMS',
        lane: 2,
        account: 1,
        kind: 'sms',
        carrier: office,
      },
    ]);
    // The text of it stays with the message alone.
    expect(rig.answers()).toEqual([{ kind: 'reply', state: 'sent', reason: null, text: '', tries: 0 }]);
    expect(rig.box.peek.one('SELECT balance FROM account WHERE id = 1')).toEqual({ balance: 99 });
  });

  test('is paid by the account that the text is given to, under a sender name of it', async () => {
    const rig = await TwoWayRig.open();
    const { accounts } = rig.box.stores;
    await accounts.create('Sales', 0);
    await accounts.addCredits(2, 5, null, 0);
    await accounts.senders.approve({ accountId: 2, name: 'SALES' }, null, 0);
    await accounts.senders.approve({ accountId: 2, name: 'SHOP' }, null, 0);
    await rig.rule({ account: 'Sales', reply: 'Thank you', origin: 'SHOP' });
    await rig.receive('hello');
    expect(rig.sent()).toMatchObject([{ account: 2, origin: 'SHOP' }]);
    expect(rig.box.peek.all('SELECT balance FROM account ORDER BY id')).toEqual([{ balance: 100 }, { balance: 4 }]);
    expect(rig.box.peek.one('SELECT account_id FROM inbound')).toEqual({ account_id: 2 });
    expect(rig.box.events).toMatchObject([{ name: 'sms.received', accountId: 2 }]);
  });

  test('goes by any carrier when the one that the text came by is not at work', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.receive('hello', { carrierId: 9 });
    expect(rig.sent()).toMatchObject([{ carrier: 0 }]);
  });

  test('is held in quiet hours like any other message', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.receive('hello');
    const { stores, clock } = rig.box;
    expect(stores.claims.hasWork(clock.now(), true)).toBe(false);
    expect(stores.claims.hasWork(clock.now(), false)).toBe(true);
  });

  test('is not sent to who is on the blocklist, and costs nothing', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.box.stores.accounts.blocked.add(1, [phone(1)], 'manual', 0);
    await rig.receive('hello');
    expect(rig.outcomes()).toEqual(['reply blocked']);
    expect(rig.sent()).toEqual([]);
  });

  test.each<[string, (rig: TwoWayRig) => Promise<unknown>, string]>([
    ['there are no credits', (rig) => rig.box.stores.accounts.addCredits(1, -100, null, 0), 'credit.insufficient'],
    [
      'the sender name was taken back',
      (rig) => rig.box.stores.accounts.senders.reject({ accountId: 1, name: 'SEPSMS' }, 'x'),
      'sender.not_approved',
    ],
    ['it became too long', (rig) => rig.settings.set('message.maxSegments', 1), 'message.too_long'],
  ])('is given up when %s, and says why', async (_what, spoil, code) => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'You wrote "{text}". Thank you for that, we will come back to you as soon as we can.' });
    await spoil(rig);
    await rig.receive('hello '.repeat(14));
    expect(rig.outcomes()).toEqual([`reply ${code}`]);
    expect(rig.sent()).toEqual([]);
    expect(rig.answers()[0]?.text).toBe('');
  });

  test('waits while the box cannot store, and is sent later', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    const db = new Database(join(rig.box.dir, 'box.db'));
    onTestFinished(() => {
      db.close();
    });
    db.exec("CREATE TRIGGER broken BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no'); END");
    await rig.receive('hello');
    expect(rig.answers()).toMatchObject([{ state: 'pending', tries: 1 }]);
    db.exec('DROP TRIGGER broken');
    await rig.box.clock.advance(10_000);
    await rig.quiet();
    expect(rig.answers()).toMatchObject([{ state: 'sent', tries: 1 }]);
    expect(rig.sent()).toHaveLength(1);
  });

  test('that cannot be stored for a day is given up', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    const db = new Database(join(rig.box.dir, 'box.db'));
    onTestFinished(() => {
      db.close();
    });
    db.exec("CREATE TRIGGER broken BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'no'); END");
    await rig.receive('hello');
    rig.box.clock.jump(24 * 3_600_000);
    await rig.box.clock.advance(10_000);
    await rig.quiet();
    expect(rig.outcomes()).toEqual(['reply store.unavailable']);
  });
});

describe('a text that is sent on', () => {
  test('says who wrote it, and goes the usual ways', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ forwardTo: `0${boss.slice(2)}`, reply: 'Thank you' });
    await rig.receive('ขอราคาหน่อยครับ');
    await rig.receive('Your code is 1', { from: 'BANK' });
    expect(rig.sent()).toMatchObject([
      { to: phone(1), text: 'Thank you' },
      { to: boss, text: `From ${phone(1)}: ขอราคาหน่อยครับ`, carrier: 0 },
      { to: boss, text: 'From BANK: Your code is 1' },
    ]);
    expect(rig.outcomes()).toEqual(['reply sent', 'forward sent', 'reply no_number', 'forward sent']);
  });
});

describe('who opts out', () => {
  test('is told once, though blocked already, when there is something to tell', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.settings.set('guards.optOutNotice', 'You get no more messages.');
    await rig.receive('STOP');
    await rig.receive('stop');
    expect(rig.sent()).toMatchObject([
      { to: phone(1), text: 'You get no more messages.', kind: 'notice', carrier: office },
    ]);
    expect(rig.outcomes()).toEqual(['notice sent']);
    const [claim] = await rig.box.claim();
    expect(claim?.submission.msisdn).toBe(phone(1));
  });

  test('is told nothing otherwise, and gets no answer of a rule', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    await rig.receive('STOP');
    await rig.receive('START');
    expect(rig.answers()).toEqual([]);
    expect(rig.box.peek.all('SELECT rule FROM inbound ORDER BY id')).toEqual([{ rule: 'opt-out' }, { rule: 'opt-in' }]);
  });
});

describe('when the box ends in between', () => {
  test('an answer that was written with its text is sent by the next run, once', async () => {
    const rig = await TwoWayRig.open({ answering: false });
    await rig.rule({ reply: 'Thank you', forwardTo: boss });
    await rig.receive('hello');
    expect(rig.answers().map((row) => row.state)).toEqual(['pending', 'pending']);
    const next = await TwoWayRig.open({ box: rig.box.afterCrash() });
    expect(next.sent().map((row) => row.to)).toEqual([phone(1), boss]);
    const third = await TwoWayRig.open({ box: next.box.afterCrash() });
    expect(third.sent()).toHaveLength(2);
    expect(third.outcomes()).toEqual(['reply sent', 'forward sent']);
  });

  test('a text that the modem gives again is not answered again, whatever memory it comes from', async () => {
    const rig = await TwoWayRig.open();
    await rig.rule({ reply: 'Thank you' });
    const same = { sentAt: 5, raw: '0791' };
    await rig.receive('hello', same);
    const next = await TwoWayRig.open({ box: rig.box.afterCrash() });
    await next.receive('hello', same);
    await next.receive('hello', { ...same, raw: '0792' });
    expect(next.sent()).toHaveLength(1);
    expect(next.box.peek.one('SELECT COUNT(*) AS n FROM inbound')).toEqual({ n: 1 });
  });

  test('two runs at one answer send it once', async () => {
    const rig = await TwoWayRig.open({ answering: false });
    await rig.rule({ reply: 'Thank you' });
    await rig.receive('hello');
    const [due] = rig.box.stores.answers.due(rig.box.clock.now(), 1);
    const send = (uuid: string) =>
      rig.box.accept({ uuid, alongside: () => rig.box.stores.answers.sent(due?.id ?? 0, uuid) });
    const both = await Promise.allSettled([send('one'), send('two')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(rig.box.peek.all('SELECT uuid FROM message')).toEqual([{ uuid: 'one' }]);
  });
});

test('a rule that cannot be read loses no text', async () => {
  const rig = await TwoWayRig.open();
  await rig.rule({ reply: 'Thank you' });
  const db = new Database(join(rig.box.dir, 'box.db'));
  onTestFinished(() => {
    db.close();
  });
  db.exec("CREATE TRIGGER broken BEFORE INSERT ON inbound_answer BEGIN SELECT RAISE(ABORT, 'no'); END");
  await rig.receive('hello');
  expect(rig.faults).toEqual(['inbound.handling_failed']);
  expect(rig.box.peek.all('SELECT text FROM inbound')).toEqual([{ text: 'hello' }]);
  expect(rig.box.events.map((event) => event.name)).toEqual(['sms.received']);
});

test('half a text brings nothing about', async () => {
  const rig = await TwoWayRig.open();
  await rig.rule({ reply: 'Thank you' });
  await rig.receive('hel', { concat: { reference: 1, part: 1, partCount: 2 } });
  rig.box.clock.jump(2 * 86_400_000);
  expect(await rig.parts.inbound.releaseIncomplete()).toBe(1);
  await rig.quiet();
  expect(rig.answers()).toEqual([]);
  expect(rig.box.peek.one('SELECT rule FROM inbound')).toEqual({ rule: null });
});
