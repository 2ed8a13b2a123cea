import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SubmittedSms } from '../../server/carriers/simulator/network.ts';
import { SimulatedModem } from '../../server/carriers/simulator/simulated-modem.ts';
import { startServer } from '../../server/index.ts';
import type { RunningServer } from '../../server/index.ts';
import { systemRandom } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { bridge, openPtyPair, whyNoPty } from '../fakes/pty.ts';
import type { PtyPair } from '../fakes/pty.ts';

/** More than enough for a port to be opened, a modem to be set up and a few parts to be sent. */
const patienceMs = 15_000;
const lookAgainMs = 15;

const noPty = whyNoPty();
if (noPty !== null) console.info(`skipped: the whole box with a modem behind a pseudo-terminal: ${noPty}`);

/** The first value of `look` that is not null; fails, naming what was awaited, when there is none in time. */
async function eventually<T>(what: string, look: () => Promise<T | null> | T | null, ms = patienceMs): Promise<T> {
  const until = performance.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > until) throw new Error(`not within ${ms} ms: ${what}`);
    await pause(lookAgainMs);
  }
}

const carrierShape = z.object({
  id: z.number(),
  state: z.string(),
  reason: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
const carriersShape = z.object({ items: z.array(carrierShape) });
const keyShape = z.object({ key: z.string() });
const acceptedShape = z.object({ result: z.object({ uuid: z.string(), totalMsisdn: z.number() }) });
const statusShape = z.object({
  result: z.object({
    status: z.string(),
    segments: z.number(),
    drSummary: z.array(z.object({ drStatus: z.string(), count: z.number() })),
  }),
});
type MessageStatus = z.infer<typeof statusShape>['result'];

/** The box over HTTP, as its callers and its command line know it. */
class BoxClient {
  readonly #url: string;
  readonly #token: string;
  #key = '';

  constructor(server: RunningServer, dataDir: string) {
    this.#url = server.address.url;
    this.#token = readFileSync(join(dataDir, 'admin.token'), 'utf8').trim();
  }

  /** Credits, an approved sender, a key, and a modem at `path`. */
  async furnish(path: string): Promise<void> {
    await this.#admin('/credits', { amount: 1_000 });
    await this.#admin('/senders', { name: 'SEPSMS' });
    this.#key = keyShape.parse(await this.#admin('/keys', { name: 'Flow' })).key;
    await this.#admin('/carriers', { kind: 'modem', name: 'Stick', path });
  }

  async carrier(): Promise<z.infer<typeof carrierShape>> {
    const { items } = carriersShape.parse(await this.#admin('/carriers'));
    const [carrier] = items;
    if (carrier === undefined) throw new Error('the box has no carrier');
    return carrier;
  }

  /** Resolves when the modem is in the state. */
  async carrierBecomes(state: string): Promise<z.infer<typeof carrierShape>> {
    return await eventually(`the modem is ${state}`, async () => {
      const carrier = await this.carrier();
      return carrier.state === state ? carrier : null;
    });
  }

  async send(message: string, recipients: readonly string[]): Promise<string> {
    const body = { origin: 'SEPSMS', message, recipients };
    const answer = acceptedShape.parse(await this.#ask('/api/v2/message/send', { 'x-api-key': this.#key }, body));
    if (answer.result.totalMsisdn !== recipients.length) throw new Error('the box did not take every number');
    return answer.result.uuid;
  }

  async message(uuid: string): Promise<MessageStatus> {
    return statusShape.parse(await this.#ask(`/api/v2/message/${uuid}`, { 'x-api-key': this.#key })).result;
  }

  /** Resolves when the message is completed and every report is in. */
  async delivered(uuid: string): Promise<MessageStatus> {
    return await eventually(`message ${uuid} is delivered`, async () => {
      const message = await this.message(uuid);
      const open = message.drSummary.some(({ drStatus }) => drStatus === 'pending' || drStatus === 'sent');
      return message.status === 'completed' && !open ? message : null;
    });
  }

  #admin(path: string, body?: unknown): Promise<unknown> {
    return this.#ask(`/api/admin${path}`, { authorization: `Bearer ${this.#token}` }, body);
  }

  async #ask(path: string, headers: Readonly<Record<string, string>>, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
    return JSON.parse(text);
  }
}

/** A modem in this process and the cable to the box's serial port: a link that points at one pseudo-terminal or another. */
class Stick {
  readonly modem = new SimulatedModem({
    clock: systemClock,
    random: systemRandom,
    profile: { partMs: 4, reportAfterMs: 15, bootMs: 20, behaviour: () => 'deliver' },
  });
  readonly path: string;
  #pair: PtyPair | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Plugs it in at a terminal, whose path it gives back. */
  plug(pair = openPtyPair()): string {
    this.#pair = pair;
    this.modem.plug();
    bridge(this.modem, pair.master);
    symlinkSync(pair.slavePath, `${this.path}.new`);
    renameSync(`${this.path}.new`, this.path);
    return pair.slavePath;
  }

  unplug(): void {
    this.modem.unplug();
    this.#pair?.close();
    this.#pair = null;
    rmSync(this.path, { force: true });
  }

  stop(): void {
    this.unplug();
    this.modem.stop();
  }
}

interface Receipt {
  readonly destination: string;
  readonly parts: number;
  readonly text: string;
}

/** What the network got for each number from the `from`th part on, long texts put together. */
function book(sent: readonly SubmittedSms[], from = 0): Receipt[] {
  const receipts = new Map<string, Receipt>();
  for (const sms of sent.slice(from)) {
    const key = `${sms.destination}/${sms.concatReference ?? sms.sequence}`;
    const before = receipts.get(key);
    expect(sms.part).toBe((before?.parts ?? 0) + 1);
    receipts.set(key, { destination: sms.destination, parts: sms.part, text: `${before?.text ?? ''}${sms.text}` });
  }
  return [...receipts.values()].toSorted((a, b) => a.destination.localeCompare(b.destination));
}

function storedInbound(dataDir: string): { readonly sender: string; readonly text: string }[] {
  const db = new Database(join(dataDir, 'box.db'), { readonly: true, fileMustExist: true });
  try {
    const rows: unknown = db.prepare('SELECT sender, text FROM inbound ORDER BY id').all();
    return z.array(z.object({ sender: z.string(), text: z.string() })).parse(rows);
  } finally {
    db.close();
  }
}

const longThai = 'เรียนผู้ปกครอง พรุ่งนี้โรงเรียนปิดหนึ่งวัน ขอบคุณครับ '.repeat(4).trim();

describe.skipIf(noPty !== null)('the box with a modem behind a real serial port', { timeout: 3 * patienceMs }, () => {
  let folder: string;
  let stick: Stick;
  let terminal: string;
  let server: RunningServer;
  let box: BoxClient;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sepsms-flow-'));
    stick = new Stick(join(folder, 'modem'));
    terminal = stick.plug();
    const dataDir = join(folder, 'data');
    server = await startServer({ dataDir, host: '127.0.0.1', port: 0, logLevel: 'silent' });
    box = new BoxClient(server, dataDir);
    await box.furnish(stick.path);
    await box.carrierBecomes('ready');
  }, patienceMs);

  afterEach(async () => {
    await server.stop();
    stick.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('sends short and long texts, and every number gets its delivery report', async () => {
    const carrier = await box.carrier();
    expect(carrier.facts).toMatchObject({ imei: stick.modem.profile.imei, notification: '2,1,0,1,0' });
    const short = await box.send('Hello', ['66812345601', '66812345602', '66812345603']);
    const thai = await box.send(longThai, ['66812345604', '66812345605']);
    expect(await box.delivered(short)).toMatchObject({
      status: 'completed',
      segments: 1,
      drSummary: [{ drStatus: 'success', count: 3 }],
    });
    const { status, segments, drSummary } = await box.delivered(thai);
    expect({ status, drSummary }).toEqual({ status: 'completed', drSummary: [{ drStatus: 'success', count: 2 }] });
    expect(segments).toBe(4);
    expect(book(stick.modem.sent)).toEqual([
      { destination: '66812345601', parts: 1, text: 'Hello' },
      { destination: '66812345602', parts: 1, text: 'Hello' },
      { destination: '66812345603', parts: 1, text: 'Hello' },
      { destination: '66812345604', parts: segments, text: longThai },
      { destination: '66812345605', parts: segments, text: longThai },
    ]);
  });

  it('stores what comes in, long or short, and empties the SIM', async () => {
    stick.modem.receive({ from: '66898765432', text: 'ok' });
    stick.modem.receive({ from: '66898765433', text: longThai });
    const dataDir = join(folder, 'data');
    const rows = await eventually('both are stored', () => {
      const found = storedInbound(dataDir);
      return found.length < 2 ? null : found;
    });
    expect(rows.toSorted((a, b) => a.sender.localeCompare(b.sender))).toEqual([
      { sender: '66898765432', text: 'ok' },
      { sender: '66898765433', text: longThai },
    ]);
    await eventually('the SIM is empty', () => (stick.modem.stored('SM').length === 0 ? true : null));
  });

  it('sends no more to who answers STOP', async () => {
    const customer = '66898765432';
    stick.modem.receive({ from: customer, text: 'Stop.' });
    await eventually('it is stored', () => (storedInbound(join(folder, 'data')).length === 0 ? null : true));
    const both = await box.send('News', [customer, '66812345601']);
    expect((await box.delivered(both)).drSummary).toEqual([
      { drStatus: 'success', count: 1 },
      { drStatus: 'blocked', count: 1 },
    ]);
    expect(book(stick.modem.sent)).toEqual([{ destination: '66812345601', parts: 1, text: 'News' }]);
  });

  it('unplugged: tells so, keeps what is to be sent, and sends it once the modem is back on another terminal', async () => {
    await box.delivered(await box.send('before', ['66812345611']));
    // Made while the first is there, so that the system gives it another name.
    const other = openPtyPair();
    stick.unplug();
    const gone = await box.carrierBecomes('faulty');
    expect(gone.reason).not.toBe('');
    const kept = await box.send('while it was away', ['66812345612']);
    expect((await box.message(kept)).drSummary).toEqual([{ drStatus: 'pending', count: 1 }]);
    const before = stick.modem.sentCount;
    expect(before).toBe(1);
    expect(stick.plug(other)).not.toBe(terminal);
    await box.carrierBecomes('ready');
    const after = await box.send(longThai, ['66812345613']);
    for (const uuid of [kept, after]) {
      expect(await box.delivered(uuid)).toMatchObject({ drSummary: [{ drStatus: 'success', count: 1 }] });
    }
    expect(book(stick.modem.sent, before)).toEqual([
      { destination: '66812345612', parts: 1, text: 'while it was away' },
      { destination: '66812345613', parts: 4, text: longThai },
    ]);
  });
});
