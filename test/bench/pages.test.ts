import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBox, tempFolder, type HttpBox } from '../fakes/box.ts';
import { draft, fill, finish, start, withStores } from './history-box.ts';
import { bound, pageFigures, tableOf } from './page-figures.ts';

const dir = tempFolder();
let box: HttpBox | undefined;

beforeAll(async () => {
  await withStores(dir, async (stores) => {
    await stores.accounts.create('Sales', start);
    await stores.writer.accept(draft(20_000, start));
    await fill(stores, 20_000);
  });
  finish(dir);
  box = await runBox({ dir });
}, 60_000);
afterAll(async () => {
  await box?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The short form of `npm run bench:lists`: the same questions to a small box, within the bound of the large one. */
describe('what the pages ask, the short form', () => {
  it('is answered in time, whatever the filter and the depth', async () => {
    const figures = box === undefined ? [] : await pageFigures(box, { repeats: 3, pages: 12 });
    expect(figures.length).toBeGreaterThan(40);
    expect(figures.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThan(5_000);
    expect(tableOf(figures.filter(({ p50 }) => p50 > bound)).slice(1)).toEqual([]);
  });
});
