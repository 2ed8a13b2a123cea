/** A box that is killed at a chosen moment, with one modem whose every answer the test writes. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { decodeSubmit, encodeStatusReport } from '../../server/carriers/tpdu/network-side.ts';
import { ok, ScriptedModem } from '../fakes/scripted-modem.ts';
import { countRows, journalKey, readBooks, type BoxBooks } from './box-books.ts';
import { BoxProcess } from './box-process.ts';
import { CallersBook } from './callers-book.ts';
import { compareBooks, type Findings } from './compare-books.ts';
import { sender, type PlannedRequest } from './life-plan.ts';
import { ModemLine } from './modem-line.ts';
import { NetworkBook } from './network-book.ts';
import { setUpBox, startCredits } from './set-up.ts';

const waitMs = 20_000;
const lookMs = 10;
const stuckMs = 300;

export class KillRig {
  readonly modem = new ScriptedModem();
  readonly callers = new CallersBook();
  readonly network = new NetworkBook();
  readonly #dir = mkdtempSync(join(tmpdir(), 'box-kill-'));
  readonly #dataDir = join(this.#dir, 'data');
  readonly #line = new ModemLine(join(this.#dir, 'modem'), () => this.modem.open());
  #uncertain: 'hold' | 'resend' = 'hold';
  #box: BoxProcess | null = null;
  #key = '';
  #reference = 0;

  /** A new box with a modem that sends. */
  async start(uncertain: 'hold' | 'resend' = 'hold'): Promise<void> {
    this.#uncertain = uncertain;
    this.sendAll();
    await this.#bear();
    const keys = await setUpBox(this.box, { modems: [this.#line.path], uncertain, accounts: 1 });
    this.#key = keys[0] ?? '';
  }

  /** An API key of its account. */
  get key(): string {
    return this.#key;
  }

  get box(): BoxProcess {
    if (this.#box === null) throw new Error('the box was not started');
    return this.#box;
  }

  /** SIGKILL, and a new life on the same data, with a modem that sends everything. */
  async killAndRestart(): Promise<void> {
    await this.box.kill();
    await this.#line.disconnect();
    this.sendAll();
    await this.#bear();
  }

  /** The network takes every part. */
  sendAll(): void {
    this.modem.answers.set('AT+CMGS=', '\r\n> ');
    this.modem.body = (hex) => ok(`+CMGS: ${this.take(hex)}`);
  }

  /** From now on the modem shows no prompt; resolves when it was asked for one. */
  holdPrompt(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.modem.answers.set('AT+CMGS=', () => {
      resolve();
      return null;
    });
    return promise;
  }

  /** From now on the network takes parts and the modem answers nothing; resolves when it took one. */
  holdAnswer(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.modem.body = (hex) => {
      this.take(hex);
      resolve();
      return null;
    };
    return promise;
  }

  /** The network takes this part; returns its reference. */
  take(hex: string): number {
    this.network.add(decodeSubmit(hex));
    this.#reference += 1;
    return this.#reference;
  }

  /** The reference that `take` gave last. */
  get lastReference(): number {
    return this.#reference;
  }

  /** The modem tells that a part was delivered. */
  report(reference: number, msisdn: string): void {
    const now = Date.now();
    const pdu = encodeStatusReport({ reference, recipient: msisdn, sentAt: now, doneAt: now, status: 0 });
    this.modem.say(`\r\n+CDS: ${pdu.length / 2 - 1}\r\n${pdu}\r\n`);
  }

  /** Asks the box to send; resolves when it answered, or the connection broke. */
  async send(id: string, message: string, recipients: readonly string[]): Promise<void> {
    const body = { origin: sender, message, recipients, clientRef: id };
    const request: PlannedRequest = { id, account: 0, atMs: 0, lastMoment: false, body };
    await this.callers.send(this.box, request, this.#key);
  }

  /** Sends one more message and waits until it is out, so that all that could be handed over before it was. */
  async sendOneMore(id: string): Promise<void> {
    await this.send(id, `#${id}# one more`, ['66899999999']);
    await this.until(() => this.network.times(id, '66899999999', 1) === 1 && this.stateOf(id) === 'sent');
  }

  books(): BoxBooks {
    return readBooks(this.#dataDir);
  }

  /** How many rows a table has. */
  rows(table: 'message' | 'recipient' | 'staging'): number {
    return countRows(this.#dataDir, table);
  }

  /** State of the only recipient of a message. */
  stateOf(id: string): string | undefined {
    const { messages, recipients } = this.books();
    const message = messages.find((row) => row.client_ref === id);
    return recipients.find((row) => row.message_id === message?.id)?.state;
  }

  /** How the hand-overs of a part of its only recipient ended, oldest first. */
  journalOf(id: string, part: number): readonly string[] {
    const { messages, recipients, journal } = this.books();
    const message = messages.find((row) => row.client_ref === id);
    const recipient = recipients.find((row) => row.message_id === message?.id);
    return journal.get(journalKey(recipient?.id ?? 0, part)) ?? [];
  }

  /** Stops the box cleanly and lays the books side by side. */
  async stopAndCompare(): Promise<Findings> {
    const exitCode = await this.box.stop();
    if (exitCode !== 0) throw new Error(`The box stopped with ${exitCode ?? this.box.signalCode}.\n${this.box.log}`);
    const { callers, network } = this;
    return compareBooks({ callers, network, box: this.books(), uncertain: this.#uncertain, startCredits });
  }

  /** Keeps the box from storing anything until the returned function is called. */
  blockStore(): () => void {
    const db = new Database(join(this.#dataDir, 'box.db'));
    db.exec('BEGIN IMMEDIATE');
    return () => {
      db.exec('ROLLBACK');
      db.close();
    };
  }

  /** Resolves when the box waits for its store: it answers nobody. */
  async stuck(): Promise<void> {
    const until = performance.now() + waitMs;
    while (await this.box.answers(stuckMs)) {
      if (performance.now() > until) throw new Error('The box does not wait for its store.');
      await wait(lookMs);
    }
  }

  async until(holds: () => boolean): Promise<void> {
    const until = performance.now() + waitMs;
    while (!holds()) {
      if (performance.now() > until) throw new Error(`What was waited for does not come.\n${this.box.log}`);
      await wait(lookMs);
    }
  }

  async close(): Promise<void> {
    await this.#box?.kill();
    this.#line.hangUp();
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 3 });
  }

  async #bear(): Promise<void> {
    this.#line.connect();
    this.#box = new BoxProcess(this.#dataDir);
    await this.#box.ready();
  }
}
