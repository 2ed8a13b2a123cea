import { get, type IncomingMessage } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { liveEvent } from '../../server/contract/live.ts';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { FarEnd } from '../fakes/far-end.ts';
import { ManualClock, settle } from '../fakes/manual-clock.ts';

const clock = new ManualClock();
let box: HttpBox;
const open: LivePage[] = [];

beforeAll(async () => {
  box = await runBox({ clock, credits: 100_000 });
});
afterEach(async () => {
  for (const page of open.splice(0)) await page.close();
});
afterAll(() => box.close());

interface News {
  readonly id: string;
  readonly type: string;
  readonly uuid: string | null;
}

/** A page with the stream open, as a browser's EventSource keeps it. */
class LivePage {
  readonly news: News[] = [];
  /** What a browser would send as `Last-Event-ID`. */
  lastId = '';
  comments = 0;
  readonly response: IncomingMessage;
  #text = '';
  #waiting: (() => void)[] = [];

  private constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => {
      this.#text += chunk;
      this.#read();
      for (const wake of this.#waiting.splice(0)) wake();
    });
    response.on('close', () => {
      for (const wake of this.#waiting.splice(0)) wake();
    });
    response.on('error', () => undefined);
  }

  static async open(lastId?: string): Promise<LivePage> {
    const headers = {
      authorization: `Bearer ${box.cliToken}`,
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    };
    const page = await new Promise<LivePage>((resolve, reject) => {
      get(`${box.url}/api/admin/live`, { headers }, (response) => resolve(new LivePage(response))).on('error', reject);
    });
    open.push(page);
    await page.until(() => page.lastId !== '');
    return page;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  async close(): Promise<void> {
    if (this.response.destroyed) return;
    const closed = new Promise<void>((resolve) => {
      this.response.once('close', () => resolve());
    });
    this.response.destroy();
    await closed;
  }

  #read(): void {
    for (let end = this.#text.indexOf('\n\n'); end >= 0; end = this.#text.indexOf('\n\n')) {
      const lines = this.#text.slice(0, end).split('\n');
      this.#text = this.#text.slice(end + 2);
      const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      this.lastId = field('id') ?? this.lastId;
      if (lines.some((line) => line.startsWith(':'))) this.comments += 1;
      const data = field('data');
      if (data === undefined) continue;
      const event = liveEvent.parse(JSON.parse(data));
      this.news.push({
        id: this.lastId,
        type: event.type,
        uuid: event.type === 'message' ? event.message.uuid : null,
      });
    }
  }
}

/** Sends, and lets the time pass after which changes are told. */
async function send(count = 1): Promise<string[]> {
  const uuids: string[] = [];
  for (let n = 0; n < count; n += 1) uuids.push(String((await box.send({ recipients: [phone(n)] })).result['uuid']));
  await clock.advance(200);
  return uuids;
}

/** Lets the box notice that a page has gone. */
async function noticed(page: LivePage): Promise<void> {
  await page.close();
  for (let turn = 0; turn < 20; turn += 1) await settle();
}

describe('the live stream', () => {
  test('tells an open page of each message, in the form of its contract', async () => {
    const page = await LivePage.open();
    expect(page.response.headers).toMatchObject({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const [first] = await send();
    await page.until(() => page.news.length === 1);
    const [second] = await send();
    await page.until(() => page.news.length === 2);
    expect(page.news.map((news) => [news.type, news.uuid])).toEqual([
      ['message', first],
      ['message', second],
    ]);
  });

  test('gathers the changes of one moment, each message once', async () => {
    const page = await LivePage.open();
    const uuids = await send(5);
    await page.until(() => page.news.length === 5);
    expect(page.news).toHaveLength(5);
    expect(new Set(page.news.map((news) => news.uuid))).toEqual(new Set(uuids));
  });

  test('a page that comes back is told what it missed, in order and once', async () => {
    const page = await LivePage.open();
    await send();
    await page.until(() => page.news.length === 1);
    await noticed(page);
    const missed = [...(await send()), ...(await send())];
    const back = await LivePage.open(page.lastId);
    await back.until(() => back.news.length === 2);
    expect(back.news.map((news) => news.uuid)).toEqual(missed);
    const [later] = await send();
    await back.until(() => back.news.length === 3);
    expect(back.news.at(-1)?.uuid).toBe(later);
  });

  test('even when it had been told nothing before it lost its connection', async () => {
    const page = await LivePage.open();
    await noticed(page);
    const [missed] = await send();
    const back = await LivePage.open(page.lastId);
    await back.until(() => back.news.length === 1);
    expect(back.news[0]?.uuid).toBe(missed);
  });

  test('after a long time away it is told to read everything anew', async () => {
    const page = await LivePage.open();
    await noticed(page);
    await clock.advance(61_000);
    await send();
    await send();
    const back = await LivePage.open(page.lastId);
    await back.until(() => back.news.length === 1);
    expect(back.news[0]?.type).toBe('reset');
  });

  test.each(['17', '9007199254740000'])('a place that the box does not know (%s) means reset', async (lastId) => {
    const page = await LivePage.open(lastId);
    await page.until(() => page.news.length === 1);
    expect(page.news[0]?.type).toBe('reset');
  });

  test('a page without a place is told what comes, and nothing of before', async () => {
    await send();
    const page = await LivePage.open();
    const [next] = await send();
    await page.until(() => page.news.length > 0);
    expect(page.news.map((news) => news.uuid)).toEqual([next]);
  });

  test('a flood is told as one reset', async () => {
    const page = await LivePage.open();
    await Promise.all(Array.from({ length: 230 }, (_, n) => box.send({ recipients: [phone(n)] })));
    await clock.advance(200);
    await page.until(() => page.news.length > 0);
    expect(page.news.map((news) => news.type)).toEqual(['reset']);
    // The next news after a flood come at a slower pace.
    await send();
    await clock.advance(2_000);
  });

  test('says that it is there every quarter of a minute', async () => {
    const page = await LivePage.open();
    const before = page.comments;
    await clock.advance(15_000);
    await page.until(() => page.comments > before);
    expect(page.comments).toBe(before + 1);
  });

  test.each([
    ['GET', {}, 401, 'auth.session_required'],
    ['POST', { authorization: 'own' }, 405, 'request.method_not_allowed'],
  ] as const)('is refused in the usual form: %s with %j', async (method, given, status, code) => {
    const headers: Record<string, string> = 'authorization' in given ? { authorization: `Bearer ${box.cliToken}` } : {};
    const response = await fetch(`${box.url}/api/admin/live`, { method, headers });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ success: false, error: { code } });
    expect(response.headers.get('x-request-id')).toMatch(/\S/u);
  });

  test('ends when the box stops, without keeping it', async () => {
    const other = await runBox();
    const response = await fetch(`${other.url}/api/admin/live`, {
      headers: { authorization: `Bearer ${other.cliToken}` },
    });
    const read = response.text();
    await other.close();
    expect(await read).toMatch(/^retry: 2000\n/u);
  });
});

describe('texts that come in', () => {
  test('are told as one piece of news, whatever comes within a moment, and when they are read', async () => {
    const far = await FarEnd.of(box, clock);
    await clock.advance(1_000);
    const page = await LivePage.open();
    const told = () => page.news.filter((news) => news.type === 'inbound').length;
    for (const text of ['one', 'two', 'three']) await far.text(phone(1), text);
    await clock.advance(1_000);
    await page.until(() => told() > 0);
    await box.admin('POST', '/inbound/read', {});
    await clock.advance(1_000);
    await page.until(() => told() > 1);
    await box.admin('POST', '/inbound/read', {});
    await clock.advance(1_000);
    await settle();
    expect(told()).toBe(2);
  });
});

describe('what a person changes', () => {
  const hints = (page: LivePage) => page.news.filter((news) => news.type === 'changed').length;

  test('is told once for a moment, whatever it was; what was refused or only read is not', async () => {
    const page = await LivePage.open();
    await box.admin('POST', '/blocklist', { numbers: [phone(77)] });
    await box.admin('POST', '/accounts', { name: 'Sales' });
    await clock.advance(200);
    await page.until(() => hints(page) === 1);
    await box.admin('GET', '/accounts');
    await box.admin('POST', '/accounts', { name: 'Sales' });
    await clock.advance(200);
    await settle();
    expect(hints(page)).toBe(1);
    await box.admin('POST', '/blocklist/remove', { numbers: [phone(77)] });
    await clock.advance(200);
    await page.until(() => hints(page) === 2);
  });

  test('a page that was away for a moment is told as well', async () => {
    const page = await LivePage.open();
    await noticed(page);
    await box.admin('POST', '/accounts', { name: 'Support' });
    await clock.advance(200);
    const back = await LivePage.open(page.lastId);
    await back.until(() => hints(back) === 1);
    expect(back.news.map((news) => news.type)).toEqual(['changed']);
  });
});
