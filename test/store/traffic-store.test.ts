import { expect, test } from 'vitest';
import { openBox } from '../fakes/store-box.ts';

test('a class of traffic that was undone with its message is written anew with the next', async () => {
  const box = await openBox();
  const undone = box.accept({
    origin: 'SHOP',
    alongside: () => {
      throw new Error('refused at the last moment');
    },
  });
  const neighbour = box.accept({ origin: 'SHOP' });
  await expect(undone).rejects.toThrow('refused at the last moment');
  const later = await box.accept({ origin: 'SHOP' });
  for (const { id } of [await neighbour, later]) {
    const { traffic_id: traffic } = box.message(id);
    expect(box.peek.all('SELECT origin FROM traffic WHERE id = ?', traffic)).toEqual([{ origin: 'SHOP' }]);
  }
  expect(box.peek.one('SELECT COUNT(*) AS n FROM traffic')).toEqual({ n: 1 });
});
