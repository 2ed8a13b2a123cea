import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../../server/bin.ts', import.meta.url));
/** Compiled modules, kept between lives so that a start is quick; Node looks whether they are still true. */
const cacheDir = fileURLToPath(new URL('../../node_modules/.cache/torture', import.meta.url));
const readyMs = 30_000;
const answerMs = 20_000;
const stopMs = 20_000;
const keptLog = 20_000;

/** The real box, as `sepsms-box serve` runs it, in a process that may be killed. */
export class BoxProcess {
  readonly #dataDir: string;
  readonly #child: ChildProcess;
  readonly #ready = Promise.withResolvers<string>();
  readonly #gone: Promise<unknown>;
  #output = '';
  #errors = '';
  #url = '';

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
    const args = [entry, 'serve', '--data', dataDir, '--port', '0', '--log-level', 'warn'];
    this.#child = spawn(process.execPath, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_COMPILE_CACHE: cacheDir },
    });
    this.#gone = once(this.#child, 'exit');
    this.#child.stdout?.on('data', (bytes: Buffer) => this.#heard(String(bytes)));
    this.#child.stderr?.on('data', (bytes: Buffer) => {
      this.#errors = (this.#errors + String(bytes)).slice(-keptLog);
    });
    // Whoever kills it while it starts does not wait for its readiness.
    this.#ready.promise.catch(() => {});
    this.#child.once('exit', (code) =>
      this.#ready.reject(new Error(`The box ended with ${code} before it was ready.\n${this.log}`)),
    );
  }

  /** What it wrote of late. */
  get log(): string {
    return `${this.#output}${this.#errors}`;
  }

  /** Resolves when it listens; rejects when it ends before, or takes too long. */
  async ready(): Promise<void> {
    const timer = setTimeout(() => this.#ready.reject(new Error(`The box does not start.\n${this.log}`)), readyMs);
    try {
      this.#url = await this.#ready.promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** SIGKILL; resolves when the process is gone. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#gone;
  }

  /** The signal that ended it, if one did. */
  get signalCode(): NodeJS.Signals | null {
    return this.#child.signalCode;
  }

  /** SIGTERM; resolves with the exit code, null when a signal ended it instead. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), stopMs);
    await this.#gone;
    clearTimeout(timer);
    return this.#child.exitCode;
  }

  /** The public API. Rejects when the connection breaks. */
  async post(
    path: string,
    key: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; answer: unknown }> {
    return await this.#ask(`/api/v2${path}`, { 'x-api-key': key, ...headers }, body);
  }

  /** The admin API, with the token that the box left for its command line; throws on a refusal. */
  async admin(path: string, body?: unknown, method?: 'PUT' | 'PATCH'): Promise<unknown> {
    const token = readFileSync(join(this.#dataDir, 'admin.token'), 'utf8').trim();
    const { status, answer } = await this.#ask(`/api/admin${path}`, { authorization: `Bearer ${token}` }, body, method);
    if (status >= 300) throw new Error(`${path} answered ${status}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Whether it answers a request within this time; a box that is stuck does not. */
  async answers(withinMs: number): Promise<boolean> {
    try {
      const response = await fetch(`${this.#url}/api/admin/setup`, { signal: AbortSignal.timeout(withinMs) });
      await response.arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }

  async #ask(
    path: string,
    headers: Readonly<Record<string, string>>,
    body: unknown,
    method = body === undefined ? 'GET' : 'POST',
  ): Promise<{ status: number; answer: unknown }> {
    const response = await fetch(`${this.#url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(answerMs),
    });
    return { status: response.status, answer: await response.json() };
  }

  #heard(text: string): void {
    this.#output = (this.#output + text).slice(-keptLog);
    const url = /http:\/\/127\.0\.0\.1:\d+(?=\s)/u.exec(this.#output)?.[0];
    if (url !== undefined) this.#ready.resolve(url);
  }
}
