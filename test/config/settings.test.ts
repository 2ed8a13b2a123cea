import { describe, expect, test } from 'vitest';
import { settingDefinitions, settingNames, Settings } from '../../server/config/settings.ts';
import { runBox } from '../fakes/box.ts';
import { openBox } from '../fakes/store-box.ts';

describe('settings', () => {
  test('have usual values that fit their own forms', async () => {
    const settings = new Settings((await openBox()).stores.settings);
    for (const name of settingNames) {
      const { schema, usual, description } = settingDefinitions[name];
      expect([name, schema.safeParse(usual).success]).toEqual([name, true]);
      expect(settings.get(name)).toEqual(usual);
      expect(description).toMatch(/\.$/u);
    }
  });

  test('outlive a restart', async () => {
    const box = await openBox();
    const before = new Settings(box.stores.settings);
    await before.set('message.maxSegments', 4);
    await before.set('webhook.allowedHosts', ['127.0.0.1']);
    expect(before.get('message.maxSegments')).toBe(4);
    const after = new Settings(box.reopen().stores.settings);
    expect(after.get('message.maxSegments')).toBe(4);
    expect(after.get('webhook.allowedHosts')).toEqual(['127.0.0.1']);
    expect(after.get('message.maxRecipients')).toBe(100_000);
  });

  test('stored in a form that cannot be read count as not set', async () => {
    const box = await openBox();
    await box.stores.settings.set('message.maxSegments', '{"half');
    await box.stores.settings.set('message.maxRecipients', '"many"');
    await box.stores.settings.set('box.timeZone', '"UTC"');
    const settings = new Settings(box.stores.settings);
    expect(settings.get('message.maxSegments')).toBe(settingDefinitions['message.maxSegments'].usual);
    expect(settings.get('message.maxRecipients')).toBe(settingDefinitions['message.maxRecipients'].usual);
    expect(settings.get('box.timeZone')).toBe('UTC');
  });

  test('tell of a change once it is stored', async () => {
    const box = await openBox();
    const settings = new Settings(box.stores.settings);
    const heard: unknown[] = [];
    settings.onChange((name) => heard.push([name, settings.get(name), box.peek.all('SELECT value FROM setting')]));
    await settings.set('box.timeZone', 'UTC');
    expect(heard).toEqual([['box.timeZone', 'UTC', [{ value: '"UTC"' }]]]);
  });

  test.each([
    ['message.maxSegments', 0],
    ['message.maxSegments', 1.5],
    ['message.maxSegments', '4'],
    ['message.maxRecipients', 1_000_001],
    ['box.timeZone', 'Asia/Atlantis'],
    ['box.timeZone', ''],
    ['number.international', 'yes'],
    ['webhook.allowedHosts', 'localhost'],
    ['http.maxBodyBytes', 9_999],
  ])('%s cannot be %j', async (name, value) => {
    const box = await openBox();
    const settings = new Settings(box.stores.settings);
    await expect(settings.set(name, value)).rejects.toMatchObject({ code: 'setting.invalid' });
    expect(box.peek.all('SELECT * FROM setting')).toEqual([]);
  });

  test.each(['message.maxsegments', 'toString', '__proto__', ''])('there is none named %j', async (name) => {
    const settings = new Settings((await openBox()).stores.settings);
    await expect(settings.set(name, 1)).rejects.toMatchObject({ code: 'setting.unknown' });
  });

  test('a stored value that fits no more, or a name of another version, does not keep the box from starting', async () => {
    const box = await openBox();
    await box.stores.settings.set('message.maxSegments', '"many"');
    await box.stores.settings.set('of.another.version', '1');
    const settings = new Settings(box.stores.settings);
    expect(settings.get('message.maxSegments')).toBe(10);
  });
});

describe('settings over the admin API', () => {
  test('are listed, changed, and in force for the next request', async () => {
    const box = await runBox();
    try {
      const listed = (await box.admin('GET', '/settings')).body['items'] as { name: string }[];
      expect(listed.map((item) => item.name)).toEqual(settingNames);
      const long = { message: 'x'.repeat(200) };
      expect((await box.send(long)).status).toBe(200);
      const changed = await box.admin('PUT', '/settings/message.maxSegments', { value: 1 });
      expect(changed.body).toEqual({ name: 'message.maxSegments', value: 1 });
      expect((await box.send(long)).error['code']).toBe('message.too_long');
      const wrong = await box.admin('PUT', '/settings/message.maxSegments', { value: 'ten' });
      expect([wrong.status, wrong.error['code']]).toEqual([422, 'setting.invalid']);
      const unknown = await box.admin('PUT', '/settings/nothing', { value: 1 });
      expect([unknown.status, unknown.error['code']]).toEqual([404, 'setting.unknown']);
    } finally {
      await box.close();
    }
  });
});
