import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { readBooks, unfinished } from './box-books.ts';
import { BoxProcess } from './box-process.ts';
import { CallersBook } from './callers-book.ts';
import { compareBooks, type Findings } from './compare-books.ts';
import { accountCount, lastMomentMs, planLife, type LifePlan } from './life-plan.ts';
import { ModemBank } from './modem-bank.ts';
import { NetworkBook } from './network-book.ts';
import { setUpBox, startCredits } from './set-up.ts';

export interface TortureOptions {
  readonly kills: number;
  readonly seed: number;
  readonly modems: number;
  readonly uncertain: 'hold' | 'resend';
  /** Leaves the data folder where it is, for looking at it. */
  readonly keep?: boolean;
  /** Told what goes on, a line each. */
  readonly say: (line: string) => void;
}

export interface TortureReport extends Findings {
  readonly kills: number;
  readonly seed: number;
  /** Requests answered 200. */
  readonly promised: number;
  /** Requests whose connection broke under the kill. */
  readonly inDoubt: number;
  /** Parts that the network took. */
  readonly parts: number;
  readonly tookMs: number;
  /** Log lines of level warn and above that have no place in a healthy box. */
  readonly log: readonly string[];
}

const drainMs = 60_000;
/** Reports are waited for until none has come for this long: those that died with a box never come. */
const quietMs = 1_500;
const lookMs = 50;
/** A life without anything to send ends after this time. */
const firstPartMs = 4_000;

/** Kills the box again and again under load, lets it end its work, and compares the books. */
export async function torture(options: TortureOptions): Promise<TortureReport> {
  const run = new TortureRun(options);
  try {
    return await run.run();
  } finally {
    await run.close();
  }
}

class TortureRun {
  readonly #options: TortureOptions;
  readonly #dir = mkdtempSync(join(tmpdir(), 'box-torture-'));
  readonly #dataDir = join(this.#dir, 'data');
  readonly #callers = new CallersBook();
  readonly #network = new NetworkBook();
  readonly #modems: ModemBank;
  readonly #log: string[] = [];
  #keys: readonly string[] = [];
  #box: BoxProcess | null = null;

  constructor(options: TortureOptions) {
    this.#options = options;
    const { modems, seed } = options;
    this.#modems = new ModemBank({ dir: this.#dir, count: modems, seed, submitted: this.#network.add });
  }

  async run(): Promise<TortureReport> {
    const { kills, seed, uncertain, say } = this.#options;
    const began = performance.now();
    await this.#firstLife();
    for (let life = 0; life < kills; life += 1) {
      await this.#live(planLife(seed, life));
      if ((life + 1) % 10 === 0) {
        const seconds = Math.round((performance.now() - began) / 1000);
        say(`${life + 1} kills, ${this.#callers.promised.size} answered, ${this.#network.parts} parts, ${seconds} s`);
      }
    }
    await this.#drain();
    const findings = compareBooks({
      callers: this.#callers,
      network: this.#network,
      box: readBooks(this.#dataDir),
      uncertain,
      startCredits,
    });
    return {
      ...findings,
      kills,
      seed,
      promised: this.#callers.promised.size,
      inDoubt: this.#callers.inDoubt.size,
      parts: this.#network.parts,
      tookMs: Math.round(performance.now() - began),
      log: this.#log,
    };
  }

  async close(): Promise<void> {
    await this.#box?.kill();
    this.#modems.stop();
    if (this.#options.keep === true) this.#options.say(`data folder: ${this.#dataDir}`);
    else rmSync(this.#dir, { recursive: true, force: true, maxRetries: 3 });
  }

  #bear(): BoxProcess {
    this.#modems.connect();
    this.#box = new BoxProcess(this.#dataDir);
    return this.#box;
  }

  async #firstLife(): Promise<void> {
    const box = this.#bear();
    await box.ready();
    const { uncertain } = this.#options;
    this.#keys = await setUpBox(box, { modems: this.#modems.paths, uncertain, accounts: accountCount });
    await box.stop();
    await this.#modems.disconnect();
  }

  async #live(plan: LifePlan): Promise<void> {
    const box = this.#bear();
    const over = new AbortController();
    const load: Promise<unknown>[] = [];
    const partsBefore = this.#network.parts;
    if (plan.killFrom !== 'starting') {
      await box.ready();
      load.push(...this.#load(box, plan, false, over.signal));
    }
    if (plan.killFrom === 'sending') await this.#firstPart(partsBefore);
    await wait(Math.max(0, plan.killAfterMs - lastMomentMs));
    if (plan.killFrom !== 'starting') load.push(...this.#load(box, plan, true, over.signal));
    await wait(Math.min(plan.killAfterMs, lastMomentMs));
    over.abort();
    await box.kill();
    await Promise.all(load);
    await this.#modems.disconnect();
    this.#keepLog(box);
  }

  /** Sends the requests of a life at their moments; those after the kill never leave. */
  #load(box: BoxProcess, plan: LifePlan, lastMoment: boolean, signal: AbortSignal): Promise<void>[] {
    return plan.requests
      .filter((request) => request.lastMoment === lastMoment)
      .map(async (request) => {
        const afterMs = lastMoment ? lastMomentMs - request.atMs : request.atMs;
        try {
          await wait(afterMs, undefined, { signal });
        } catch {
          return;
        }
        await this.#callers.send(box, request, this.#keys[request.account] ?? '');
      });
  }

  /** Resolves when the network took a part in this life, or nothing was there to be sent. */
  async #firstPart(before: number): Promise<void> {
    const until = performance.now() + firstPartMs;
    while (this.#network.parts === before && performance.now() < until) await wait(1);
  }

  /** One more life, which ends by itself when all is sent and reported. */
  async #drain(): Promise<void> {
    const box = this.#bear();
    await box.ready();
    const until = performance.now() + drainMs;
    while (unfinished(this.#dataDir).waiting > 0 && performance.now() < until) await wait(lookMs);
    await this.#awaitReports();
    const exitCode = await box.stop();
    if (exitCode !== 0) this.#log.push(`the last stop ended with ${exitCode}: ${box.log}`);
    this.#keepLog(box);
    await this.#modems.disconnect();
  }

  async #awaitReports(): Promise<void> {
    let { sent } = unfinished(this.#dataDir);
    let changed = performance.now();
    while (sent > 0 && performance.now() - changed < quietMs) {
      await wait(lookMs);
      const now = unfinished(this.#dataDir).sent;
      if (now !== sent) changed = performance.now();
      sent = now;
    }
  }

  #keepLog(box: BoxProcess): void {
    for (const line of box.log.split('\n')) {
      const level = /"level":(\d+)/u.exec(line)?.[1];
      if ((level !== undefined && Number(level) >= 50) || /Error|fault/u.test(line)) this.#log.push(line);
    }
  }
}
