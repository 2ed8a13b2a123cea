import { afterAll, beforeAll, expect, test } from 'vitest';
import { runBox, type HttpBox } from '../fakes/box.ts';

let box: HttpBox;
beforeAll(async () => {
  box = await runBox();
});
afterAll(() => box.close());

test('the list of settings tells what each usually is and what it may be', async () => {
  await box.admin('PUT', '/settings/message.maxSegments', { value: 4 });
  const { body } = await box.admin('GET', '/settings');
  const items = body['items'] as Record<string, unknown>[];
  expect(items.find(({ name }) => name === 'message.maxSegments')).toEqual({
    name: 'message.maxSegments',
    value: 4,
    usual: 10,
    description: 'Most segments in one text.',
    restart: false,
    form: { type: 'integer', minimum: 1, maximum: 255 },
  });
  expect(items.find(({ name }) => name === 'guards.links')).toMatchObject({ form: { enum: ['any', 'registered'] } });
  expect(items.every(({ form }) => typeof form === 'object')).toBe(true);
});
