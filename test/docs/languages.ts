import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';

const examples = join(import.meta.dirname, '../../docs/examples');

/** How the examples of one language are run. */
export interface Language {
  readonly name: string;
  /** What it needs on the machine. */
  readonly programs: readonly string[];
  readonly client: readonly string[];
  /** A server that takes webhooks on a port; null where there is none. */
  readonly receiver: ((port: number) => readonly string[]) | null;
}

const all: readonly Language[] = [
  { name: 'curl', programs: ['bash', 'curl', 'openssl'], client: ['bash', 'curl/sepsms.sh'], receiver: null },
  {
    name: 'Node.js',
    programs: [process.execPath],
    client: [process.execPath, 'node/sepsms.mjs'],
    receiver: () => [process.execPath, 'node/webhook-receiver.mjs'],
  },
  {
    name: 'Python',
    programs: ['python3'],
    client: ['python3', 'python/sepsms.py'],
    receiver: () => ['python3', 'python/webhook_receiver.py'],
  },
  {
    name: 'PHP',
    programs: ['php'],
    client: ['php', 'php/sepsms.php'],
    receiver: (port) => ['php', '-S', `127.0.0.1:${port}`, 'php/webhook-receiver.php'],
  },
];

const isThere = (program: string): boolean =>
  spawnSync(program, [program === 'openssl' ? 'version' : '--version'], { stdio: 'ignore' }).status === 0;

/** The languages that this machine has; the others are named on the console. */
export const languages = all.filter(({ name, programs }) => {
  const missing = programs.filter((program) => !isThere(program));
  if (missing.length > 0) console.warn(`The examples in ${name} are not run: there is no ${missing.join(', ')} here.`);
  return missing.length === 0;
});

/** How long an example may take to print what it is waited for. */
const patienceMs = 20_000;

/** A running example: what it has printed so far, and its end. */
export class Run {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #ended: Promise<number | null>;
  #printed = '';
  #isLate = false;
  #waiting: (() => void)[] = [];

  constructor(command: readonly string[], env: Readonly<Record<string, string>>) {
    const [program = '', ...args] = command;
    this.#child = spawn(program, args, { cwd: examples, env: { ...process.env, ...env } });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text: string) => {
        this.#printed += text;
        this.#wake();
      });
    }
    this.#ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject);
      this.#child.once('close', (code) => {
        resolve(code);
        this.#wake();
      });
    });
  }

  get printed(): string {
    return this.#printed;
  }

  /** Types a line, as a person does, and says that there is no more. */
  type(line: string): void {
    this.#child.stdin.end(`${line}\n`);
  }

  /** What it printed that fits; waits for it. Rejects when it ends without, or does not print it for long. */
  async prints(wanted: RegExp): Promise<RegExpExecArray> {
    const late = setTimeout(() => {
      this.#isLate = true;
      this.#wake();
    }, patienceMs);
    try {
      for (;;) {
        const found = wanted.exec(this.#printed);
        if (found !== null) return found;
        if (this.#isLate || this.#child.exitCode !== null)
          throw new Error(`${String(wanted)} is not in what it printed: ${this.#printed}`);
        await new Promise<void>((resolve) => {
          this.#waiting.push(resolve);
        });
      }
    } finally {
      clearTimeout(late);
    }
  }

  /** Its exit code, once it has ended. */
  end(): Promise<number | null> {
    return this.#ended;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
