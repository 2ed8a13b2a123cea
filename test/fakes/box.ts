import Database from 'better-sqlite3';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { buildBox } from '../../server/app.ts';
import type { ModemMachine } from '../../server/carriers/modem/discovery/machine.ts';
import type { Clock, Logger } from '../../server/domain/ports.ts';
import type { RunningServer } from '../../server/index.ts';
import { KeyRing, loadMasterKey, systemRandom } from '../../server/platform/crypto.ts';
import { systemClock } from '../../server/platform/system-clock.ts';
import { FakeMachine } from './modem-machine.ts';

export const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => quiet,
};

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sepsms-box-test-'));
}

/** A folder that is removed at the end of the test. */
export function testFolder(): string {
  const dir = tempFolder();
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Number `n` of a series of possible Thai mobile numbers. */
export function phone(n: number): string {
  return `668${String(n).padStart(8, '0')}`;
}

/** A look at the database from outside, as another program would have it: only what is committed shows. */
export class Peek {
  readonly db: Database.Database;

  constructor(dir: string) {
    this.db = new Database(join(dir, 'box.db'), { readonly: true });
  }

  all<T>(sql: string, ...values: unknown[]): T[] {
    return this.db.prepare<unknown[], T>(sql).all(...values);
  }

  one<T>(sql: string, ...values: unknown[]): Readonly<T> {
    const [row] = this.all<T>(sql, ...values);
    if (row === undefined) throw new Error(`no row: ${sql}`);
    return row;
  }

  tables(): string[] {
    return this.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    ).map((row) => row.name);
  }

  /** Rows of every table but the audit log, which grows with whatever a person does. */
  counts(): Record<string, number> {
    const tables = this.tables().filter((table) => !table.startsWith('audit'));
    return Object.fromEntries(
      tables.map((table) => [table, this.one<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`).n]),
    );
  }
}

/** A whole box over HTTP, with credits, an approved sender `SEPSMS` and a key of every scope. */
export class HttpBox {
  readonly dir: string;
  readonly server: RunningServer;
  readonly peek: Peek;
  readonly cliToken: string;
  key = '';

  private constructor(dir: string, server: RunningServer) {
    this.dir = dir;
    this.server = server;
    this.peek = new Peek(dir);
    this.cliToken = readFileSync(join(dir, 'admin.token'), 'utf8').trim();
  }

  static async run(options: RunBoxOptions): Promise<HttpBox> {
    const dir = options.dir ?? tempFolder();
    const server = await buildBox(
      { dataDir: dir, host: '127.0.0.1', port: 0, logLevel: 'silent' },
      {
        clock: options.clock ?? systemClock,
        random: systemRandom,
        log: options.log ?? quiet,
        machine: options.machine ?? new FakeMachine(),
      },
    );
    const box = new HttpBox(dir, server);
    if (options.dir === undefined) {
      await box.admin('POST', '/credits', { amount: options.credits ?? 1000 });
      await box.admin('POST', '/senders', { name: 'SEPSMS' });
    }
    if (options.limits !== true) await box.liftLimits();
    box.key = await box.newKey();
    return box;
  }

  /** The box makes no backups by itself: their thread lives by the machine's clock, and a test may turn its own by days. */
  async makeNoBackups(): Promise<void> {
    await this.admin('PUT', '/settings/backups.daily', { value: false });
  }

  /** Lets tests send faster than callers may. */
  async liftLimits(): Promise<void> {
    const names = [
      'limits.sendPerMinute',
      'limits.allPerMinute',
      'limits.otpPerMinutePerIp',
      'limits.otpPerDestination',
      'limits.otpPerPrefix',
    ];
    for (const name of names) await this.admin('PUT', `/settings/${name}`, { value: 0 });
  }

  get url(): string {
    return this.server.address.url;
  }

  async newKey(options: Readonly<Record<string, unknown>> = {}): Promise<string> {
    const answer = await this.admin('POST', '/keys', { name: 'Test', ...options });
    return String(answer.body['key']);
  }

  /** Calls the public API with the box's key. A string is sent as it is. */
  api(method: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return call(`${this.url}/api/v2${path}`, method, body, { 'x-api-key': this.key, ...headers });
  }

  /** Calls the admin API as the command line does. */
  admin(method: string, path: string, body?: unknown): Promise<Answer> {
    return call(`${this.url}/api/admin${path}`, method, body, { authorization: `Bearer ${this.cliToken}` });
  }

  send(fields: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.api('POST', '/message/send', {
      origin: 'SEPSMS',
      message: 'Hello',
      recipients: [phone(1)],
      ...fields,
    });
  }

  sendOtp(fields: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    return this.api('POST', '/otp/send', { destination: phone(1), origin: 'SEPSMS', ...fields });
  }

  /** The text with the code that waits to be handed over: opened with the box's own master key. */
  otpText(reference: unknown): string {
    const { sealed } = this.peek.one<{ sealed: string | null }>(
      'SELECT sealed_text AS sealed FROM otp WHERE reference = ?',
      reference,
    );
    if (sealed === null) throw new Error('the text was wiped');
    return new KeyRing(loadMasterKey(join(this.dir, 'master.key'))).unseal(sealed);
  }

  /** The code of a reference, sent with the usual template or another one that has it behind a colon. */
  otpCode(reference: unknown): string {
    const code = /: (\d{4,8})\b/u.exec(this.otpText(reference))?.[1];
    if (code === undefined) throw new Error('no code in the text');
    return code;
  }

  async stop(): Promise<void> {
    this.peek.db.close();
    await this.server.stop();
  }

  async close(): Promise<void> {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

export interface RunBoxOptions {
  readonly clock?: Clock;
  /** A folder of an earlier box: it keeps what it has, only the key is new. */
  readonly dir?: string;
  readonly credits?: number;
  readonly log?: Logger;
  /** The serial ports; a machine without any otherwise. */
  readonly machine?: ModemMachine;
  /** Keep the usual rate limits; lifted otherwise. */
  readonly limits?: boolean;
}

/** Starts a box; the caller closes it. */
export function runBox(options: RunBoxOptions = {}): Promise<HttpBox> {
  return HttpBox.run(options);
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  readonly result: Record<string, unknown>;
  readonly error: Record<string, unknown>;
}

function objectIn(value: unknown, name: string): Record<string, unknown> {
  const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : {};
}

/** One call with a JSON body; a string, or bytes, are sent as they are. */
export async function call(
  url: string,
  method: string,
  body: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  const plain = typeof body === 'string' || body instanceof Uint8Array;
  const written = body === undefined ? {} : { body: plain ? new Uint8Array(Buffer.from(body)) : JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  const response = await fetch(url, { method, headers: { ...type, ...headers }, ...written });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  const parsed: unknown = isJson ? JSON.parse(text) : null;
  const whole = objectIn({ parsed }, 'parsed');
  return {
    status: response.status,
    headers: response.headers,
    body: whole,
    result: objectIn(parsed, 'result'),
    error: objectIn(parsed, 'error'),
  };
}
