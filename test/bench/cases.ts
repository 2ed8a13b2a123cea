import autocannon from 'autocannon';
import { z } from 'zod';
import { startBenchServer, type BenchServer, type Reading } from './server-process.ts';

export interface AcceptResult {
  readonly connections: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
  readonly refused: number;
  /** Transactions committed meanwhile; each waited for one fsync of the write-ahead log. */
  readonly commits: number;
  readonly cpuMicrosPerRequest: number;
  readonly stallMs: number;
  readonly rssMb: number;
}

const oneRecipient = JSON.stringify({
  origin: 'SEPSMS',
  message: 'Your parcel has arrived.',
  recipients: ['66812345678'],
});

/** Single-recipient sends over kept-alive connections, as fast as they are answered. */
export async function accept(kind: 'box' | 'express', connections: number, seconds: number): Promise<AcceptResult> {
  const server = await startBenchServer(kind);
  try {
    await load(server, connections, Math.min(2, seconds));
    const before = await server.read();
    const result = await load(server, connections, seconds);
    return summary(connections, result, before, await server.read());
  } finally {
    await server.stop();
  }
}

function load(server: BenchServer, connections: number, seconds: number): Promise<autocannon.Result> {
  return autocannon({
    url: server.sendUrl,
    method: 'POST',
    connections,
    duration: seconds,
    headers: { ...server.headers },
    body: oneRecipient,
  });
}

function summary(connections: number, result: autocannon.Result, before: Reading, after: Reading): AcceptResult {
  const requests = result.requests.total;
  const cpu = after.cpu.user + after.cpu.system - before.cpu.user - before.cpu.system;
  return {
    connections,
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    requests,
    refused: result.non2xx + result.errors,
    commits: after.stats.commits - before.stats.commits,
    cpuMicrosPerRequest: cpu / requests,
    stallMs: after.stallMs,
    rssMb: after.rssMb,
  };
}

export interface BatchResult {
  readonly recipients: number;
  readonly personal: boolean;
  readonly ms: number;
  /** How long callers with one recipient waited meanwhile. */
  readonly othersP50: number;
  readonly othersWorst: number;
  readonly othersServed: number;
  readonly stallMs: number;
  readonly rssMb: number;
}

const sent = z.object({ result: z.object({ totalMsisdn: z.number(), totalCredit: z.number() }) });

/** One large request, while another caller sends single messages one after the other. */
export async function batch(server: BenchServer, recipients: number, personal: boolean): Promise<BatchResult> {
  const numbers = Array.from({ length: recipients }, (_, index) => `668${10_000_000 + index * 7}`);
  const variables = personal
    ? { variables: Object.fromEntries(numbers.map((number, index) => [number, { name: `N${index}` }])) }
    : {};
  const body = JSON.stringify({
    origin: 'SEPSMS',
    message: personal ? 'Hello {name}' : 'Hello',
    recipients: numbers,
    ...variables,
  });
  await server.read();
  const waits: number[] = [];
  let done = false;
  const others = (async () => {
    while (!done) waits.push((await post(server, oneRecipient)).ms);
  })();
  const answer = await post(server, body);
  done = true;
  await others;
  const { result } = sent.parse(JSON.parse(answer.text));
  if (answer.status !== 200 || result.totalMsisdn !== recipients)
    throw new Error(`not accepted: ${answer.status} ${answer.text.slice(0, 200)}`);
  const after = await server.read();
  waits.sort((a, b) => a - b);
  return {
    recipients,
    personal,
    ms: answer.ms,
    othersP50: waits[Math.floor(waits.length / 2)] ?? 0,
    othersWorst: waits.at(-1) ?? 0,
    othersServed: waits.length,
    stallMs: after.stallMs,
    rssMb: after.rssMb,
  };
}

export async function post(server: BenchServer, body: string): Promise<{ status: number; text: string; ms: number }> {
  const start = performance.now();
  const response = await fetch(server.sendUrl, { method: 'POST', headers: server.headers, body });
  const text = await response.text();
  return { status: response.status, text, ms: performance.now() - start };
}

/** Calls that warm the server up, so that the first measured one is not the first of all. */
export async function warmUp(server: BenchServer, calls = 300): Promise<void> {
  for (let call = 0; call < calls; call += 1) await post(server, oneRecipient);
}
