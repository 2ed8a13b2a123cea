import { afterEach, beforeEach, expect, test } from 'vitest';
import { whyNoPty } from '../fakes/pty.ts';
import { ok } from '../fakes/scripted-modem.ts';
import { KillRig } from './kill-rig.ts';

const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: kills at chosen moments: ${noPty}`);
const limits = { timeout: 60_000 };

const id = 'm000001';
const next = 'm000002';
const phone = '66812345678';
const text = `#${id}# hello`;
const longText = `#${id}# lorem `.repeat(20);
const manyRecipients = 100_000;
const nothing = { lost: [], doubled: [], wrong: [] };

let rig: KillRig;

beforeEach(() => {
  rig = new KillRig();
});

afterEach(async () => {
  await rig.close();
});

test.skipIf(noPty !== null)(
  'killed before the prompt: nothing was sent, and the box does not claim to know',
  limits,
  async () => {
    await rig.start();
    const asked = rig.holdPrompt();
    await rig.send(id, text, [phone]);
    await asked;
    await rig.killAndRestart();
    await rig.sendOneMore(next);
    expect(rig.stateOf(id)).toBe('unknown');
    expect(rig.journalOf(id, 1)).toEqual(['uncertain']);
    expect(rig.network.times(id, phone, 1)).toBe(0);
    expect(await rig.stopAndCompare()).toMatchObject(nothing);
  },
);

test.skipIf(noPty !== null)(
  'killed between Ctrl-Z and the answer: not sent twice, and its report settles it',
  limits,
  async () => {
    await rig.start();
    const taken = rig.holdAnswer();
    await rig.send(id, text, [phone]);
    await taken;
    const reference = rig.lastReference;
    await rig.killAndRestart();
    await rig.sendOneMore(next);
    expect(rig.stateOf(id)).toBe('unknown');
    expect(rig.network.times(id, phone, 1)).toBe(1);
    rig.report(reference, phone);
    await rig.until(() => rig.stateOf(id) === 'success');
    expect(await rig.stopAndCompare()).toMatchObject(nothing);
  },
);

test.skipIf(noPty !== null)('killed after the answer and before it is stored: not sent twice', limits, async () => {
  await rig.start();
  const answered = Promise.withResolvers<() => void>();
  rig.modem.body = (hex) => {
    answered.resolve(rig.blockStore());
    return ok(`+CMGS: ${rig.take(hex)}`);
  };
  await rig.send(id, text, [phone]);
  const release = await answered.promise;
  await rig.stuck();
  await rig.box.kill();
  release();
  await rig.killAndRestart();
  await rig.sendOneMore(next);
  expect(rig.stateOf(id)).toBe('unknown');
  expect(rig.journalOf(id, 1)).toEqual(['uncertain']);
  expect(rig.network.times(id, phone, 1)).toBe(1);
  expect(await rig.stopAndCompare()).toMatchObject(nothing);
});

test.skipIf(noPty !== null)(
  'killed between two parts: the first is not sent again, the second not at all',
  limits,
  async () => {
    await rig.start();
    const asked = Promise.withResolvers<void>();
    rig.modem.body = (hex) => {
      rig.holdPrompt().then(asked.resolve, asked.reject);
      return ok(`+CMGS: ${rig.take(hex)}`);
    };
    await rig.send(id, longText, [phone]);
    await asked.promise;
    await rig.killAndRestart();
    await rig.sendOneMore(next);
    expect(rig.stateOf(id)).toBe('unknown');
    expect([rig.network.times(id, phone, 1), rig.network.times(id, phone, 2)]).toEqual([1, 0]);
    expect([rig.journalOf(id, 1), rig.journalOf(id, 2)]).toEqual([['accepted'], ['uncertain']]);
    expect(await rig.stopAndCompare()).toMatchObject(nothing);
  },
);

test.skipIf(noPty !== null)(
  'killed between Ctrl-Z and the answer, resending wanted: sent again, and told so',
  limits,
  async () => {
    await rig.start('resend');
    const taken = rig.holdAnswer();
    await rig.send(id, text, [phone]);
    await taken;
    await rig.killAndRestart();
    await rig.until(() => rig.stateOf(id) === 'sent');
    expect(rig.journalOf(id, 1)).toEqual(['uncertain', 'accepted']);
    expect(rig.network.times(id, phone, 1)).toBe(2);
    expect(await rig.stopAndCompare()).toMatchObject({ ...nothing, resent: 1 });
  },
);

test.skipIf(noPty !== null)(
  'the report of another message to the phone, told again, does not settle one that was not sent',
  limits,
  async () => {
    await rig.start();
    await rig.send(next, `#${next}# hello`, [phone]);
    await rig.until(() => rig.stateOf(next) === 'sent');
    rig.report(rig.lastReference, phone);
    await rig.until(() => rig.stateOf(next) === 'success');
    const asked = rig.holdPrompt();
    await rig.send(id, text, [phone]);
    await asked;
    const reference = rig.lastReference;
    await rig.killAndRestart();
    await rig.sendOneMore('m000003');
    // The box died before it could acknowledge the report, so the modem tells it again.
    rig.report(reference, phone);
    await rig.until(() => rig.books().orphans === 1);
    expect(rig.stateOf(id)).toBe('unknown');
    expect(await rig.stopAndCompare()).toMatchObject(nothing);
  },
);

test.skipIf(noPty !== null)('killed while a large request is written: nothing of it is left', limits, async () => {
  await rig.start();
  const recipients = Array.from({ length: manyRecipients }, (_, n) => `668${String(10_000_000 + n)}`);
  const sending = rig.send(id, text, recipients);
  await rig.until(() => rig.rows('recipient') > 4_000);
  await rig.box.kill();
  await sending;
  expect([...rig.callers.inDoubt]).toEqual([id]);
  expect(rig.rows('staging')).toBe(1);
  await rig.killAndRestart();
  await rig.until(() => rig.rows('staging') === 0);
  expect([rig.rows('message'), rig.rows('recipient')]).toEqual([0, 0]);
  await rig.sendOneMore(next);
  expect(await rig.stopAndCompare()).toMatchObject(nothing);
});
