import { afterEach, describe, expect, test } from 'vitest';
import { phone, runBox, type Answer, type HttpBox, type RunBoxOptions } from '../fakes/box.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

const boxes: HttpBox[] = [];
afterEach(async () => {
  for (const box of boxes.splice(0)) await box.close();
});

async function limitedBox(options: RunBoxOptions = {}): Promise<HttpBox> {
  const box = await runBox({ limits: true, clock: new ManualClock(Date.UTC(2026, 0, 15)), ...options });
  boxes.push(box);
  return box;
}

function set(box: HttpBox, name: string, value: number): Promise<Answer> {
  return box.admin('PUT', `/settings/${name}`, { value });
}

function told(answer: Answer): (string | null)[] {
  return ['ratelimit-limit', 'ratelimit-remaining', 'ratelimit-reset', 'retry-after'].map((name) =>
    answer.headers.get(name),
  );
}

const balance = (box: HttpBox, key = box.key) =>
  box.api('GET', '/message/credit/balance', undefined, { 'x-api-key': key });

describe('rate limits', () => {
  test('let 120 sends a minute through, exactly, however many come at once', async () => {
    const box = await limitedBox();
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => box.send({ recipients: [phone(n)] })));
    expect(answers.filter((one) => one.status === 200)).toHaveLength(120);
    const refused = answers.filter((one) => one.status === 429);
    expect(refused).toHaveLength(80);
    for (const one of refused) {
      expect(one.error).toMatchObject({ code: 'rate_limit.exceeded' });
      expect(told(one)).toEqual(['120', '0', '60', '60']);
    }
    expect(box.peek.one('SELECT COUNT(*) AS n FROM message')).toEqual({ n: 120 });
  });

  test('let the next one through after the seconds of Retry-After', async () => {
    const clock = new ManualClock(Date.UTC(2026, 0, 15));
    const box = await limitedBox({ clock });
    await set(box, 'limits.sendPerMinute', 2);
    await box.send();
    await clock.advance(20_500);
    await box.send();
    const refused = await box.send();
    expect(told(refused)).toEqual(['2', '0', '40', '40']);
    await clock.advance(39_000);
    expect((await box.send()).status).toBe(429);
    await clock.advance(1_000);
    expect((await box.send()).status).toBe(200);
  });

  test('are told on every answer to a key, errors too', async () => {
    const box = await limitedBox();
    const ok = await balance(box);
    expect(told(ok)).toEqual(['2400', '2399', '60', null]);
    const unknown = await box.api('GET', '/message/00000000-0000-7000-8000-000000000000');
    expect([unknown.status, ...told(unknown)]).toEqual([404, '2400', '2398', '60', null]);
    const wrong = await box.api('POST', '/message/send', { origin: 1 });
    expect([wrong.status, ...told(wrong)]).toEqual([400, '120', '119', '60', null]);
    const sent = await box.send();
    expect(told(sent)).toEqual(['120', '118', '60', null]);
  });

  test('count each key for itself, and a refused request against nothing', async () => {
    const box = await limitedBox();
    await set(box, 'limits.allPerMinute', 2);
    const other = await box.newKey();
    const own = [await balance(box), await balance(box), await balance(box), await balance(box)];
    expect(own.map((one) => one.status)).toEqual([200, 200, 429, 429]);
    expect((await balance(box, other)).status).toBe(200);
  });

  test('of a key of its own replace the common one', async () => {
    const box = await limitedBox();
    const slow = await box.newKey({ rpm: 3 });
    const answers = [
      await balance(box, slow),
      await balance(box, slow),
      await balance(box, slow),
      await balance(box, slow),
    ];
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 429]);
    expect(told(answers[0] ?? (await balance(box)))).toEqual(['3', '2', '60', null]);
    expect(told(await balance(box))).toEqual(['2400', '2399', '60', null]);
  });

  test('change at once with their setting, and 0 means none', async () => {
    const box = await limitedBox();
    await set(box, 'limits.allPerMinute', 1);
    expect([(await balance(box)).status, (await balance(box)).status]).toEqual([200, 429]);
    await set(box, 'limits.allPerMinute', 0);
    const free = await balance(box);
    expect([free.status, ...told(free)]).toEqual([200, null, null, null, null]);
  });

  test('are told to callers without a good key as well, counted by their address, and stop them', async () => {
    const box = await limitedBox();
    await set(box, 'limits.allPerMinute', 3);
    const told401 = await balance(box, 'sk_sep_nonsense');
    expect([told401.status, ...told(told401)]).toEqual([401, '3', '2', '60', null]);
    const nowhere = await box.api('GET', '/nowhere');
    expect([nowhere.status, ...told(nowhere)]).toEqual([404, '3', '1', '60', null]);
    expect((await balance(box, 'another')).status).toBe(401);
    const refused = await balance(box, 'sk_sep_nonsense');
    expect([refused.status, ...told(refused)]).toEqual([429, '3', '0', '60', '60']);
    const known = await balance(box);
    expect([known.status, ...told(known)]).toEqual([200, '3', '2', '60', null]);
  });
});
