import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAppError } from '../../../server/domain/errors.ts';
import { MessageExport, type ExportRequest, type SliceSizes } from '../../../server/services/export/message-export.ts';
import { phone } from '../../fakes/box.ts';
import { openBox, type StoreBox } from '../../fakes/store-box.ts';
import { historyOn } from '../../store/history-rig.ts';

const rules = { timeZone: 'Asia/Bangkok', international: true };
const uuidColumn = 2;
const numberColumn = 5;

function exportOf(box: StoreBox, sizes: SliceSizes): MessageExport {
  const { history } = historyOn(box);
  return new MessageExport({
    reader: box.stores.messages,
    history,
    txIds: box.txIds,
    clock: box.clock,
    rules: () => rules,
    sizes,
  });
}

/** All slices one behind the other. */
async function whole(exporter: MessageExport, request: ExportRequest) {
  const slices = [await exporter.slice(request, undefined)];
  for (let next = slices[0]?.nextCursor ?? null; next !== null;) {
    const slice = await exporter.slice({ ...request, cursor: next }, undefined);
    slices.push(slice);
    next = slice.nextCursor;
  }
  return slices;
}

const numbers = fc.array(fc.uniqueArray(fc.nat({ max: 9 }), { minLength: 1, maxLength: 10 }), { maxLength: 14 });
const sizes = fc.record({
  messages: fc.integer({ min: 1, max: 6 }),
  recipients: fc.integer({ min: 1, max: 12 }),
  characters: fc.constantFrom(1, 40, 1_000),
  messageStep: fc.integer({ min: 1, max: 4 }),
  recipientStep: fc.integer({ min: 1, max: 5 }),
});

test('slices of any size have each message, and each number of it, once and in order', async () => {
  const example = fc.record({ numbers, sizes, msisdn: fc.option(fc.nat({ max: 9 }), { nil: undefined }) });
  await fc.assert(
    fc.asyncProperty(example, async ({ numbers: sent, sizes: limits, msisdn }) => {
      const box = await openBox();
      const uuids: string[] = [];
      for (const to of sent) uuids.unshift(box.message((await box.accept({ to: to.map((n) => phone(n)) })).id).uuid);
      const wanted = msisdn === undefined ? undefined : phone(msisdn);
      const has = (to: readonly number[]) => msisdn === undefined || to.includes(msisdn);
      const expected = sent.toReversed().flatMap((to, index) => (has(to) ? [{ uuid: uuids[index], to }] : []));
      const exporter = exportOf(box, limits);
      const messages = await whole(exporter, { each: 'message', msisdn: wanted });
      expect(messages.flatMap(({ rows }) => rows.map((row) => row[uuidColumn]))).toEqual(
        expected.map(({ uuid }) => uuid),
      );
      const recipients = await whole(exporter, { each: 'recipient', msisdn: wanted });
      expect(recipients.flatMap(({ rows }) => rows.map((row) => [row[uuidColumn], row[numberColumn]]))).toEqual(
        expected.flatMap(({ uuid, to }) =>
          to.filter((n) => msisdn === undefined || n === msisdn).map((n) => [uuid, phone(n)]),
        ),
      );
      for (const slices of [messages, recipients]) {
        const done = slices.map((slice) => slice.done);
        expect(done).toEqual(done.toSorted((a, b) => a - b));
        expect(done.at(-1)).toBe(1);
      }
    }),
    { seed: 20_260_115, numRuns: 25 },
  );
});

const small: SliceSizes = { messages: 2, recipients: 3, characters: 1_000, messageStep: 2, recipientStep: 2 };

test('what comes while it goes on is not in it', async () => {
  const box = await openBox();
  for (let n = 0; n < 4; n += 1) await box.accept({ to: [phone(n)] });
  const exporter = exportOf(box, small);
  const first = await exporter.slice({ each: 'message' }, undefined);
  await box.accept({ to: [phone(7)] });
  const rest = await exporter.slice({ each: 'message', cursor: first.nextCursor ?? '' }, undefined);
  expect([...first.rows, ...rest.rows].map((row) => row[numberColumn])).toEqual([3, 2, 1, 0].map((n) => phone(n)));
});

test('the one message of a reference number is told whole, and nothing else', async () => {
  const box = await openBox();
  await box.accept({ to: [phone(9)] });
  await box.accept({ to: Array.from({ length: 8 }, (_, n) => phone(n)) });
  await box.accept({ to: [phone(9)] });
  const exporter = exportOf(box, small);
  const all = await exporter.slice({ each: 'message' }, undefined);
  const refNo = String(all.rows[1]?.[1]);
  const told = await whole(exporter, { each: 'recipient', refNo });
  expect(told.flatMap(({ rows }) => rows.map((row) => row[numberColumn]))).toEqual(
    Array.from({ length: 8 }, (_, n) => phone(n)),
  );
});

test('a cursor opens no export with another filter', async () => {
  const box = await openBox();
  for (let n = 0; n < 4; n += 1) await box.accept({ to: [phone(n)] });
  const exporter = exportOf(box, small);
  const { nextCursor } = await exporter.slice({ each: 'message' }, undefined);
  for (const request of [{ each: 'recipient' }, { each: 'message', origin: 'SHOP' }] as const) {
    const asked = exporter.slice({ ...request, cursor: nextCursor ?? '' }, undefined);
    await expect(asked).rejects.toSatisfy((error) => isAppError(error, 'validation.failed'));
  }
});
