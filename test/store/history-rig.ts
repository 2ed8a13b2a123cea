import Database from 'better-sqlite3';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { messageStates } from '../../server/domain/message-state.ts';
import { CommitQueue } from '../../server/store/commit-queue.ts';
import { HistoryIndex, type FilingSizes } from '../../server/store/history-index.ts';
import { MessageHistory, type CallBudget, type HistoryFilter } from '../../server/store/message-history.ts';
import { NumberSearch } from '../../server/store/number-search.ts';
import type { MessageRecord } from '../../server/store/rows.ts';
import { phone } from '../fakes/box.ts';
import type { StoreBox } from '../fakes/store-box.ts';

export const smallSizes: FilingSizes = { slice: 16, batch: 4, block: 4 };
export const smallBudget: CallBudget = { rows: 5, open: 3, looks: 4 };

/** Filing and listing beside a box, on a connection of their own, with sizes at which a few messages are many. */
export function historyOn(box: StoreBox, sizes: FilingSizes = smallSizes, budget: CallBudget = smallBudget) {
  const db = new Database(join(box.dir, 'box.db'));
  onTestFinished(() => {
    db.close();
  });
  const index = new HistoryIndex(db, new CommitQueue(db, () => 0), sizes);
  const numbers = new NumberSearch(db, index);
  return { db, index, numbers, history: new MessageHistory(db, index, numbers, budget) };
}

/** Files all that can be filed. */
export async function fileAll(index: HistoryIndex): Promise<void> {
  while (await index.fileNumbers());
  while (await index.fileMessages());
}

export interface Walk {
  readonly uuids: string[];
  readonly pages: number;
}

/** Goes through all pages of a list. @param between what happens after each page. */
export async function allPages(
  history: MessageHistory,
  filter: HistoryFilter,
  limit: number,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Walk> {
  const uuids: string[] = [];
  let pages = 0;
  let position: number | null = null;
  do {
    const page = history.page(filter, position, limit);
    if (page.items.length > limit) throw new Error('a page is longer than asked for');
    if (page.next !== null && position !== null && page.next >= position) throw new Error('a list does not go on');
    uuids.push(...page.items.map((row) => row.uuid));
    position = page.next;
    pages += 1;
    await between();
  } while (position !== null);
  return { uuids, pages };
}

/** What a list must be, by looking at everything. */
export function byHand(box: StoreBox, filter: HistoryFilter): string[] {
  const numbers = new Map<number, Set<string>>();
  for (const { message_id: id, msisdn } of box.recipients())
    numbers.set(id, (numbers.get(id) ?? new Set()).add(msisdn));
  const { accountId, from, to, status, origin, msisdn, clientRef } = filter;
  return box.peek
    .all<MessageRecord>('SELECT * FROM message ORDER BY id DESC')
    .filter((row) => accountId === undefined || row.account_id === accountId)
    .filter((row) => row.created_at >= (from ?? -Infinity) && row.created_at < (to ?? Infinity))
    .filter((row) => status === undefined || row.state === status)
    .filter((row) => origin === undefined || row.origin === origin)
    .filter((row) => clientRef === undefined || row.client_ref === clientRef)
    .filter((row) => msisdn === undefined || numbers.get(row.id)?.has(msisdn) === true)
    .map((row) => row.uuid);
}

/** Files what there is and asks every kind of question once. */
export async function askEverything(box: StoreBox): Promise<void> {
  const { history, historyIndex, received, writer } = box.stores;
  // Enough for the first pieces to be filed.
  await writer.accept(box.draft({ to: Array.from({ length: 2_048 }, (_, n) => phone(n)) }));
  await Promise.all(Array.from({ length: 1_024 }, () => box.accept()));
  if (!(await historyIndex.fileNumbers()) || !(await historyIndex.fileMessages())) throw new Error('nothing filed');
  for (const accountId of [undefined, 1]) {
    history.page({ accountId }, null, 10);
    for (const status of messageStates) history.page({ accountId, status }, null, 10);
    history.page({ accountId, clientRef: 'a' }, null, 10);
    history.page({ accountId, origin: 'SEPSMS', from: 1, to: box.clock.now() + 1 }, null, 10);
    history.page({ accountId, msisdn: phone(1), from: 1 }, null, 10);
  }
  received.page({ accountId: 1 }, null, 10);
  received.page({ accountId: 1, sender: phone(1), since: 1, contains: 'x' }, null, 10);
}
