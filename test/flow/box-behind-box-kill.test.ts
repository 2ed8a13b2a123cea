import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Peek, runBox, testFolder, type HttpBox } from '../fakes/box.ts';
import { BoxProcess } from '../torture/box-process.ts';
import { HoldingProxy, type Holding } from './holding-proxy.ts';

/** The box in front is killed (`kill -9`) between handing over and hearing the answer. */

const patienceMs = 20_000;
let back: HttpBox;
let proxy: HoldingProxy;
let front: BoxProcess;
let dir: string;
let key: string;
let peek: Peek;

beforeEach(async () => {
  back = await runBox({ credits: 1_000 });
  await back.admin('POST', '/carriers', { kind: 'simulator', name: 'Office' });
  proxy = await HoldingProxy.start(back.url);
  dir = testFolder();
  front = new BoxProcess(dir);
  await front.ready();
  await front.admin('/credits', { amount: 100 });
  await front.admin('/senders', { name: 'SEPSMS' });
  key = ((await front.admin('/keys', { name: 'Test' })) as { key: string }).key;
  const form = { kind: 'upstream', url: proxy.url, key: back.key, idempotent: true, allowHost: true };
  await front.admin('/carriers', form);
  peek = new Peek(dir);
});
afterEach(async () => {
  peek.db.close();
  await front.kill();
  await proxy.close();
  await back.close();
});

async function until(holds: () => boolean): Promise<void> {
  const end = performance.now() + patienceMs;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`What was waited for does not come.\n${front.log}`);
    await wait(10);
  }
}

async function send(text: string): Promise<void> {
  const sent = await front.post('/message/send', key, { origin: 'SEPSMS', message: text, recipients: ['66812345601'] });
  expect(sent.status).toBe(200);
}

/** Sends one message, kills the box while it is held on the wire, and gives it a new life on the same data. */
async function killWhile(holding: Holding, text: string): Promise<void> {
  const held = proxy.hold(holding);
  await send(text);
  await held;
  await front.kill();
  proxy.holding = 'nothing';
  front = new BoxProcess(dir);
  await front.ready();
}

const behind = (text: string) =>
  back.peek.one<{ n: number }>('SELECT COUNT(*) AS n FROM message WHERE text = ?', text).n;
const where = 'JOIN message m ON m.id = message_id WHERE m.text = ?';
/** State of the only recipient of a message. */
const state = (text: string) => peek.one<{ state: string }>(`SELECT r.state FROM recipient r ${where}`, text).state;
/** Whether it is out; its report may be there already. */
const isOut = (text: string) => ['sent', 'success'].includes(state(text));
const handOvers = (text: string) => peek.all<{ state: string }>(`SELECT s.state FROM submission s ${where}`, text);

test('nothing is lost and nothing is doubled', { timeout: 90_000 }, async () => {
  await killWhile('the request', 'lost on the way there');
  await until(() => isOut('lost on the way there'));
  await killWhile('the answer', 'lost on the way back');
  await until(() => isOut('lost on the way back'));
  for (const text of ['lost on the way there', 'lost on the way back']) {
    expect([text, behind(text), handOvers(text).length]).toEqual([text, 1, 1]);
  }
  // Where the other side knows no keys, the box does not claim to know, and sends nothing twice.
  await front.admin('/carriers/1', { kind: 'upstream', idempotent: false }, 'PATCH');
  await killWhile('the answer', 'without keys');
  await until(() => state('without keys') === 'unknown');
  await send('next');
  await until(() => isOut('next'));
  expect([behind('without keys'), handOvers('without keys')]).toEqual([1, [{ state: 'uncertain' }]]);
});
