import { expect, onTestFinished, test } from 'vitest';
import { createTxIdCodec } from '../../server/domain/tx-id.ts';
import { KeyRing } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { migrations, openDatabase } from '../../server/store/database.ts';
import { openStores } from '../../server/store/stores.ts';
import { phone, testFolder } from '../fakes/box.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 15);

/** A database from before there were classes of traffic: a message that waits, one to be tried again, one that is done. */
function olderBox(dir: string): void {
  const { db, close } = openDatabase(
    dir,
    migrations.filter((step) => step.version < 10),
  );
  const message =
    db.prepare(`INSERT INTO message (id, uuid, account_id, kind, lane, origin, text, state, segments, credit,
    first_recipient_id, recipient_count, next_recipient_id, queued_count, open_count, expires_at, created_at)
    VALUES (?, ?, 1, 'sms', ?, 'SHOP', 'Hi', ?, 1, 1, ?, 1, ?, ?, ?, ?, ?)`);
  message.run(1, 'waits', 3, 'pending', 1, 1, 1, 1, now + day, now);
  message.run(2, 'again', 2, 'sending', 2, 3, 1, 1, now + day, now);
  message.run(3, 'done', 2, 'completed', 3, 4, 0, 0, now + day, now);
  const recipient = db.prepare(
    'INSERT INTO recipient (id, message_id, msisdn, state, segments, credit, retry_lane, retry_at) VALUES (?, ?, ?, ?, 1, 1, ?, ?)',
  );
  recipient.run(1, 1, phone(1), 'queued', null, null);
  recipient.run(2, 2, phone(2), 'queued', 2, now - 1);
  recipient.run(3, 3, phone(3), 'unknown', null, null);
  close();
}

test('what waited before there were classes of traffic goes on, and what is done can be sent again', async () => {
  const dir = testFolder();
  olderBox(dir);
  const key = new Uint8Array(32);
  const stores = openStores(dir, {
    events: { wanted: () => false, write: () => {} },
    txIds: () => createTxIdCodec(key),
    sealer: new KeyRing(key),
    clock: systemClock,
  });
  onTestFinished(() => stores.close());
  const claim = async (allowed: (purpose: string, origin: string) => boolean) => {
    const routes = {
      share: ({ purpose, origin }: { purpose: string; origin: string }) => (allowed(purpose, origin) ? 10 : 0),
      isMine: () => true,
      prefixOf: () => 'none',
      taken: () => undefined,
    };
    const claimed = await stores.claims.claim({ carrierId: 1, room: 10, splitting: 'parts', now, routes });
    return claimed.map((one) => one.submission.msisdn);
  };
  expect(await claim((purpose) => purpose === 'otp')).toEqual([]);
  expect(await claim((purpose, origin) => purpose === 'bulk' && origin === 'SHOP')).toEqual([phone(1)]);
  expect(await claim((purpose) => purpose === 'normal')).toEqual([phone(2)]);
  const done = stores.messages.byId(3);
  if (done === undefined) throw new Error('the message is gone');
  await stores.sweeps.resendUnknown(done, stores.messages.recipient(done, 3), 60_000, now);
  expect(await claim((purpose) => purpose === 'normal')).toEqual([phone(3)]);
});
