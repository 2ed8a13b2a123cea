import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { bareSmppLoop } from './smpp-loop.ts';
import { nextMessage, startBenchServer, type BenchServer } from './server-process.ts';

const reading = z.object({
  submits: z.number(),
  acked: z.number(),
  first: z.number(),
  lastSubmit: z.number(),
  firstReceipt: z.number(),
  lastAck: z.number(),
  arrivals: z.record(z.string(), z.number()),
  seen: z.array(z.number()),
});
type SmscReading = z.infer<typeof reading>;

/** The SMSC of the benchmark, in a process of its own. */
class BenchSmsc {
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  static async start(receipts: 'at once' | 'later'): Promise<BenchSmsc> {
    const child = fork(join(import.meta.dirname, 'smsc-entry.ts'), [receipts === 'later' ? 'later' : '']);
    const { port } = z.object({ port: z.number() }).parse(await nextMessage(child));
    return new BenchSmsc(child, port);
  }

  tell(word: 'reset' | 'release' | 'stop'): void {
    this.#child.send(word);
  }

  async read(): Promise<SmscReading> {
    this.#child.send('read');
    return reading.parse(await nextMessage(this.#child));
  }

  /** Looks now and then until something is so. */
  async until(isSo: (read: SmscReading) => boolean): Promise<SmscReading> {
    for (;;) {
      const read = await this.read();
      if (isSo(read)) return read;
      await pause(100);
    }
  }
}

async function withBox<T>(
  receipts: 'at once' | 'later',
  use: (smsc: BenchSmsc, box: BenchServer) => Promise<T>,
): Promise<T> {
  const smsc = await BenchSmsc.start(receipts);
  const box = await startBenchServer('box');
  try {
    const { items } = z
      .object({ items: z.array(z.object({ id: z.number() })) })
      .parse(await box.admin('GET', 'carriers'));
    for (const { id } of items) await box.admin('DELETE', `carriers/${id}`);
    return await use(smsc, box);
  } finally {
    await box.stop();
    smsc.tell('stop');
  }
}

const account = { kind: 'smpp', host: '127.0.0.1', systemId: 'box', password: 'secret' };

async function backlog(box: BenchServer, messages: number): Promise<void> {
  const recipients = Array.from({ length: messages }, (_, index) => `668${10_000_000 + index * 7}`);
  const body = JSON.stringify({ origin: 'SEPSMS', message: 'Your parcel has arrived.', recipients });
  const answer = await fetch(box.sendUrl, { method: 'POST', headers: box.headers, body });
  if (!answer.ok) throw new Error(`not accepted: ${answer.status} ${await answer.text()}`);
}

export interface DispatchResult {
  readonly messages: number;
  /** Handed over, reported and stored a second. */
  readonly perSecond: number;
  /** The yardstick's. */
  readonly barePerSecond: number;
  readonly submitsPerSecond: number;
  readonly commits: number;
  readonly stallMs: number;
  readonly cpuMicros: number;
}

/** A backlog that leaves with a window of ten while its receipts come in. Every outcome and receipt is stored. */
export async function dispatchBacklog(messages: number): Promise<DispatchResult> {
  return await withBox('at once', async (smsc, box) => {
    await bareSmppLoop(smsc.port, Math.min(20_000, messages));
    smsc.tell('reset');
    const bareBefore = await bareSmppLoop(smsc.port, messages);
    smsc.tell('reset');
    await backlog(box, messages);
    const before = await box.read();
    await box.admin('POST', 'carriers', { ...account, port: smsc.port, window: 10 });
    const read = await smsc.until(({ acked }) => acked >= messages);
    const after = await box.read();
    smsc.tell('reset');
    const bareAfter = await bareSmppLoop(smsc.port, messages);
    const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
    return {
      messages,
      perSecond: (messages / (read.lastAck - read.first)) * 1000,
      submitsPerSecond: (messages / (read.lastSubmit - read.first)) * 1000,
      barePerSecond: (bareBefore + bareAfter) / 2,
      commits: after.stats.commits - before.stats.commits,
      stallMs: after.stallMs,
      cpuMicros: cpu / messages,
    };
  });
}

export interface ReceiptResult {
  readonly perSecond: number;
  readonly stallMs: number;
}

/** Receipts that come in all at once, of messages that were handed over before; events are written for each. */
export async function receiptFlood(messages: number): Promise<ReceiptResult> {
  return await withBox('later', async (smsc, box) => {
    // Somebody listens, so that events are stored; nobody is there, so that they are not posted.
    await box.admin('POST', 'webhooks', { url: 'http://127.0.0.1:9/', events: 'all', allowHost: true });
    await backlog(box, messages);
    await box.admin('POST', 'carriers', { ...account, port: smsc.port, window: 10 });
    await smsc.until(({ submits }) => submits >= messages);
    await pause(500);
    await box.read();
    smsc.tell('release');
    const read = await smsc.until(({ acked }) => acked >= messages);
    const { stallMs } = await box.read();
    return { perSecond: (messages / (read.lastAck - read.firstReceipt)) * 1000, stallMs };
  });
}

export interface LatencyResult {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Requests at an even rate, each for one number: from the first octet of the request to its submit_sm. */
export async function requestToSubmit(perSecond: number, seconds: number): Promise<LatencyResult> {
  return await withBox('at once', async (smsc, box) => {
    await box.admin('POST', 'carriers', { ...account, port: smsc.port, window: 10 });
    await sendEvenly(box, perSecond, perSecond);
    await smsc.until(({ acked }) => acked >= perSecond);
    smsc.tell('reset');
    const total = perSecond * seconds;
    const asked = await sendEvenly(box, perSecond, total);
    const { arrivals } = await smsc.until(({ submits }) => submits >= total);
    const waits = asked
      .map((at, index) => (arrivals[index] ?? Number.POSITIVE_INFINITY) - at)
      .toSorted((a, b) => a - b);
    const at = (share: number) => waits[Math.min(waits.length - 1, Math.floor(waits.length * share))] ?? 0;
    return { perSecond, p50: at(0.5), p99: at(0.99), worst: at(1) };
  });
}

/** @returns when each request was begun. */
async function sendEvenly(box: BenchServer, perSecond: number, total: number): Promise<number[]> {
  const asked: number[] = [];
  const open: Promise<unknown>[] = [];
  const start = now();
  while (asked.length < total) {
    const due = Math.floor(((now() - start) * perSecond) / 1000) + 1;
    while (asked.length < Math.min(due, total)) {
      const index = asked.length;
      asked.push(now());
      const body = { origin: 'SEPSMS', message: `${index} is your number`, recipients: [`668${10_000_000 + index}`] };
      open.push(fetch(box.sendUrl, { method: 'POST', headers: box.headers, body: JSON.stringify(body) }));
    }
    await pause(1);
  }
  await Promise.all(open);
  return asked;
}

export interface PaceResult {
  readonly limit: number;
  /** Parts a second over the whole run. */
  readonly perSecond: number;
  /** The most within any second. */
  readonly mostInASecond: number;
}

/** A backlog that leaves under a limit. */
export async function paced(limit: number, seconds: number): Promise<PaceResult> {
  return await withBox('at once', async (smsc, box) => {
    await backlog(box, limit * seconds + 1);
    await box.admin('POST', 'carriers', { ...account, port: smsc.port, window: 10, partsPerSecond: limit });
    const { seen } = await smsc.until(({ submits }) => submits > limit * seconds);
    const [first = 0] = seen;
    const last = seen.at(-1) ?? first;
    let most = 0;
    let from = 0;
    for (const [index, at] of seen.entries()) {
      while (at - (seen[from] ?? at) >= 1000) from += 1;
      most = Math.max(most, index - from + 1);
    }
    return { limit, perSecond: ((seen.length - 1) / (last - first)) * 1000, mostInASecond: most };
  });
}
