import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

const childFile = fileURLToPath(new URL('./utility-child.ts', import.meta.url));

/** A utility process as the main process sees it; behind it a real child process. */
class DoubleUtilityProcess extends EventEmitter {
  readonly #child: ChildProcess;
  /** What it was told. */
  readonly told: unknown[] = [];

  constructor(program: string) {
    super();
    this.#child = fork(childFile, [program], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    });
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.emit('message', message));
    // The pipe's own end comes after what was written to it.
    this.#child.once('close', (code) => this.emit('exit', code ?? 1));
    this.#child.stderr?.resume();
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: unknown): void {
    this.told.push(message);
    if (this.#child.connected) this.#child.send(message as object);
  }

  /** As Electron does: the process is asked to end (SIGTERM). */
  kill(): boolean {
    return this.#child.kill();
  }
}

/** Forks real processes, and keeps them in order. */
export class UtilityProcesses {
  readonly all: DoubleUtilityProcess[] = [];

  fork(program: string): DoubleUtilityProcess {
    const child = new DoubleUtilityProcess(program);
    this.all.push(child);
    return child;
  }

  /** The process that was forked last. */
  get last(): DoubleUtilityProcess {
    const last = this.all.at(-1);
    if (last === undefined) throw new Error('Nothing was forked');
    return last;
  }
}
