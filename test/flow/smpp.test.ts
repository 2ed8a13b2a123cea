import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { phone, runBox, type HttpBox } from '../fakes/box.ts';
import { TcpSmsc } from '../fakes/tcp-smsc.ts';
import type { SeenSubmit } from '../fakes/smsc-wire.ts';
import { WebhookSink } from '../fakes/webhook-sink.ts';
import { selfSigned } from '../platform/self-signed.ts';
import { FastClock } from './fast-clock.ts';

let box: HttpBox;
let clock: FastClock;
let smsc: TcpSmsc;
let sink: WebhookSink;

beforeEach(async () => {
  clock = new FastClock(20);
  box = await runBox({ clock });
  smsc = await TcpSmsc.start();
  sink = await WebhookSink.start();
  await box.admin('POST', '/webhooks', { url: sink.url, events: ['sms.completed', 'sms.received'], allowHost: true });
});
afterEach(async () => {
  await box.close();
  await smsc.close();
  await sink.close();
});

async function addCarrier(fields: Readonly<Record<string, unknown>> = {}): Promise<number> {
  const account = { host: '127.0.0.1', port: smsc.port, systemId: 'box', password: 'secret' };
  const added = await box.admin('POST', '/carriers', { kind: 'smpp', name: 'Office', ...account, ...fields });
  expect(added.status).toBe(200);
  return Number(added.body['id']);
}

const outcomes = () =>
  box.peek.all<{ msisdn: string; state: string; code: string | null }>(
    'SELECT msisdn, state, error_code AS code FROM recipient ORDER BY id',
  );

describe('over SMPP', () => {
  test('texts leave in parts, are delivered and reported', async () => {
    await addCarrier({ receiptIds: 'hex-decimal' });
    smsc.onSubmit = (_, index) => (0xa0 + index).toString(16).toUpperCase().padStart(8, '0');
    const sent = await box.send({ recipients: [phone(1), phone(2)], message: 'Hello '.repeat(40) });
    expect(sent.result['totalCredit']).toBe(4);
    await smsc.arrivals(4);
    for (const [index, submit] of smsc.submits.entries()) {
      expect(submit).toMatchObject({ source: 'SEPSMS', esmClass: 0x40 });
      expect(await smsc.receipt(submit, String(0xa0 + index))).toBe(0);
    }
    await sink.arrivals(1);
    expect(outcomes().map((row) => row.state)).toEqual(['success', 'success']);
  });

  test('whole texts leave as message_payload, and received ones come in', async () => {
    await addCarrier({ longText: 'payload', bind: 'pair' });
    await box.send({ recipients: [phone(1)], message: 'Hello '.repeat(40) });
    await smsc.arrivals(1);
    expect(smsc.submits[0]?.tlvs.get(0x0424)?.toString()).toBe('Hello '.repeat(40));
    await smsc.until(() => smsc.binds.length === 2);
    const part = (n: number, text: string) => ({
      source: phone(1),
      esmClass: 0x40,
      message: Buffer.concat([Buffer.from([5, 0, 3, 9, 2, n]), Buffer.from(text)]),
    });
    expect(await smsc.link().deliver(part(2, 'world'))).toBe(0);
    expect(await smsc.link().deliver(part(1, 'Hello '))).toBe(0);
    await sink.arrivals(1);
    expect(JSON.parse(sink.posts[0]?.body ?? '')).toMatchObject({ from: phone(1), text: 'Hello world' });
  });

  test('what became of a message whose receipt is lost is asked for, as its sender', async () => {
    await addCarrier({ query: true });
    const asked: [string, string][] = [];
    smsc.onSubmit = () => '00AB';
    smsc.onQuery = (id, source) => {
      asked.push([id, source]);
      return { state: 2 };
    };
    await box.admin('POST', '/webhooks', { url: `${sink.url}/sent`, events: ['sms.sent'], allowHost: true });
    await box.send();
    await sink.arrivals(1);
    clock.leap(1_800_000);
    await sink.arrivals(2);
    expect(asked).toEqual([['00AB', 'SEPSMS']]);
    expect(outcomes()).toMatchObject([{ state: 'success' }]);
  });

  test('a session over TLS trusts the authority that it was given, and no other', async () => {
    const own = selfSigned('smsc.example');
    const secure = await TcpSmsc.start(own);
    const tls = { port: secure.port, tls: true, tlsServerName: 'smsc.example' };
    const id = await addCarrier({ ...tls, tlsCa: own.cert });
    await secure.until(() => secure.binds.length === 1);
    await box.send();
    await secure.arrivals(1);
    const status = async () => (await box.admin('GET', `/carriers/${id}`)).body;
    expect(await status()).toMatchObject({ state: 'ready', facts: { tls: 'TLSv1.3' } });
    await box.admin('PATCH', `/carriers/${id}`, { kind: 'smpp', tlsCa: selfSigned('smsc.example').cert });
    let shown = await status();
    for (; shown['state'] !== 'faulty'; shown = await status());
    expect(shown['reason']).toContain('is of nobody that is trusted');
    await secure.close();
  });

  test('secrets rest sealed, and the operator is told how the session is', async () => {
    const id = await addCarrier();
    await smsc.until(() => smsc.binds.length === 1);
    expect(smsc.binds[0]).toMatchObject({ systemId: 'box', password: 'secret' });
    const { config } = box.peek.one<{ config: string }>('SELECT config FROM carrier WHERE id = ?', id);
    expect(config).not.toContain('secret');
    await box.send();
    await smsc.arrivals(1);
    const [shown] = (await box.admin('GET', '/carriers')).body['items'] as Record<string, unknown>[];
    expect(shown).toMatchObject({ kind: 'smpp', state: 'ready', facts: { systemId: 'box', tls: 'off', window: 10 } });
    expect(JSON.stringify(shown)).not.toContain('secret');
    const changed = await box.admin('PATCH', `/carriers/${id}`, { kind: 'smpp', password: 'new', partsPerSecond: 50 });
    expect(changed.status).toBe(200);
    await smsc.until(() => smsc.binds.length === 2);
    expect(smsc.binds[1]).toMatchObject({ systemId: 'box', password: 'new' });
  });
});

describe('an SMSC at its worst', () => {
  const many = 400;
  /** Submits after which the link breaks with a full window. */
  const breaks = [97, 233];

  /** What the SMSC knows: who was taken, how often, under which id, and what it has told of it. */
  const taken = new Map<string, number>();
  const told: Promise<number>[] = [];
  /** Taken without the box having heard of it; the receipts of the first lot are lost too. */
  const unheard: SeenSubmit[][] = [];
  let holding: SeenSubmit[] | null = null;

  function take(submit: SeenSubmit, index: number): string {
    taken.set(submit.dest, (taken.get(submit.dest) ?? 0) + 1);
    return `0000${(0xbeef00 + index).toString(16)}`;
  }

  /** Gives a receipt until it is answered: what was out when the link broke is given again. */
  async function surely(give: () => Promise<number>): Promise<number> {
    const status = await give();
    if (status !== -1) return status;
    const binds = smsc.binds.length;
    await smsc.until(() => smsc.binds.length > binds || smsc.links.some((link) => !link.ended && link.bind !== null));
    return await surely(give);
  }

  function tell(submit: SeenSubmit, id: string, index: number): void {
    const stat = index % 9 === 4 ? 'UNDELIV' : 'DELIVRD';
    const number = String(Number.parseInt(id, 16));
    const give = () => smsc.receipt(submit, number, { stat });
    told.push(surely(give));
    if (index % 5 === 0) told.push(surely(give));
    if (index % 11 !== 0) return;
    const stray = { source: phone(90_000 + index), esmClass: 4, message: `id:${index}99 stat:DELIVRD` };
    told.push(surely(() => smsc.link().deliver(stray)));
  }

  /** Keeps all that comes without an answer, then cuts the link: when the window is full, or later when it has become narrow. */
  function hold(submit: SeenSubmit): null {
    const cut = () => {
      holding = null;
      smsc.link().cut();
    };
    if (holding === null) {
      holding = [];
      unheard.push(holding);
      if (unheard.length > 1) setTimeout(cut, 30);
    }
    holding.push(submit);
    if (unheard.length === 1 && holding.length === 10) cut();
    return null;
  }

  test('and the box agree in the end, and nothing was sent twice', async () => {
    let submits = 0;
    smsc.onSubmit = (submit, index) => {
      submits += 1;
      if (holding !== null || breaks.includes(submits)) {
        take(submit, index);
        return hold(submit);
      }
      if (index > 120 && index % 17 === 3) return { status: index % 2 === 0 ? 0x58 : 0x14 };
      const id = take(submit, index);
      if (index % 7 === 0) tell(submit, id, index);
      const answered = index % 13 === 0 ? new Promise((done) => setTimeout(done, 20)) : Promise.resolve();
      return answered.then(() => {
        if (index % 7 !== 0) setImmediate(() => tell(submit, id, index));
        return id;
      });
    };
    await addCarrier({ receiptIds: 'auto' });
    await box.send({ recipients: Array.from({ length: many }, (_, n) => phone(n)) });
    await sink.arrivals(1);
    expect(new Set(await Promise.all(told))).toEqual(new Set([0]));
    // Receipts for the second lot come after all, under ids that the box never heard.
    for (const [n, submit] of (unheard[1] ?? []).entries()) expect(await smsc.receipt(submit, `lost${n}`)).toBe(0);

    expect(unheard.map((lot) => lot.length)).toEqual([10, expect.any(Number)]);
    expect(taken.size).toBe(many);
    expect(new Set(taken.values())).toEqual(new Set([1]));
    const lost = new Set(unheard[0]?.map((submit) => submit.dest));
    const states = Map.groupBy(outcomes(), (row) => row.state);
    expect(new Set(states.get('unknown')?.map((row) => row.msisdn))).toEqual(lost);
    const undelivered = (states.get('failed') ?? []).length;
    expect(undelivered).toBeGreaterThan(20);
    expect((states.get('success') ?? []).length).toBe(many - undelivered - lost.size);
    expect(box.peek.one('SELECT COUNT(*) AS n FROM submission WHERE state = ?', 'handing')).toEqual({ n: 0 });
    const { sum } = box.peek.one<{ sum: number }>('SELECT SUM(change) AS sum FROM ledger');
    expect(box.peek.one('SELECT balance FROM account WHERE id = 1')).toEqual({ balance: sum });
    expect(sum).toBe(1_000 - many + undelivered);
  });
});
