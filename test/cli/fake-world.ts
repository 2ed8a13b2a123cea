import { tmpdir } from 'node:os';
import { AppError } from '../../server/domain/errors.ts';
import type { Restored, RestoreOptions, RunningServer, ServerOptions } from '../../server/index.ts';
import type { MachineProbes } from '../../server/cli/doctor/machine-probes.ts';
import { restoreBackup } from '../../server/wiring/restore-wiring.ts';
import { runCli } from '../../server/cli/main.ts';
import type { CliWorld } from '../../server/cli/world.ts';
import { ManualClock } from '../fakes/manual-clock.ts';

/** A machine on which nothing is wrong. */
export const soundMachine: MachineProbes = {
  node: () => ({ version: '24.21.0', executable: '/usr/bin/node' }),
  time: () => ({ now: Date.UTC(2026, 0, 15, 3, 0, 0), timeZone: 'Asia/Bangkok' }),
  folder: () => Promise.resolve({ kind: 'folder', writable: true }),
  freeBytes: () => Promise.resolve(50 * 1024 ** 3),
  fileMode: () => Promise.resolve(0o100600),
  database: () => Promise.resolve({ state: 'sound' }),
  audit: () => Promise.resolve({ state: 'whole', rows: 3 }),
  runningBox: () => Promise.resolve(null),
  port: () => Promise.resolve('free'),
  serialPorts: () => Promise.resolve([{ path: '/dev/ttyUSB0', usable: true, group: 'dialout' }]),
  modems: () =>
    Promise.resolve([
      { name: 'Quectel EC25/EG25', usb: '2c7c:0125', ports: ['/dev/ttyUSB2'], kind: 'modem', problem: null },
    ]),
  groups: () => Promise.resolve({ inForce: new Set(['shop', 'dialout']), given: new Set(['dialout']) }),
  udevRules: () => Promise.resolve({ installed: false, ignored: new Set() }),
  portUsers: () => Promise.resolve([]),
  programs: () => Promise.resolve(new Set(['systemd'])),
};

export type StartServer = (options: ServerOptions) => Promise<RunningServer>;

interface Given {
  readonly env?: Readonly<Record<string, string>>;
  readonly platform?: NodeJS.Platform;
  readonly probes?: Partial<MachineProbes>;
  readonly secret?: string;
  readonly tempDir?: string;
  readonly startServer?: StartServer;
}

/** A process in which a command runs, held still for a test to look at. */
export class FakeWorld implements CliWorld {
  readonly clock = new ManualClock();
  readonly version = '1.2.3';
  readonly env: Readonly<Record<string, string>>;
  readonly platform: NodeJS.Platform;
  readonly tempDir: string;
  readonly probes: MachineProbes;
  readonly startServer: StartServer;
  readonly restoreBackup: (options: RestoreOptions) => Promise<Restored> = restoreBackup;
  stdout = '';
  stderr = '';
  readonly prompts: string[] = [];
  readonly #secret: string;
  readonly #stopListeners = new Set<() => void>();

  constructor(given: Given = {}) {
    this.env = given.env ?? {};
    this.platform = given.platform ?? 'linux';
    this.tempDir = given.tempDir ?? tmpdir();
    this.probes = { ...soundMachine, ...given.probes };
    this.#secret = given.secret ?? '';
    this.startServer =
      given.startServer ?? (() => Promise.reject(new AppError('internal.fault', 'This test starts no server.')));
  }

  out(text: string): void {
    this.stdout += text;
  }

  err(text: string): void {
    this.stderr += text;
  }

  readSecret(prompt: string): Promise<string> {
    this.prompts.push(prompt);
    return Promise.resolve(this.#secret);
  }

  onStopSignal(listener: () => void): () => void {
    this.#stopListeners.add(listener);
    return () => {
      this.#stopListeners.delete(listener);
    };
  }

  get stopListeners(): number {
    return this.#stopListeners.size;
  }

  /** The process receives SIGINT or SIGTERM. */
  signal(): void {
    for (const listener of this.#stopListeners) listener();
  }

  run(...args: string[]): Promise<number> {
    return runCli(args, this);
  }
}

/** A server that does nothing but remember. */
export class FakeServer implements RunningServer {
  readonly address;
  readonly setupCode: string | null;
  readonly demo: RunningServer['demo'];
  stopped = 0;
  readonly #stop: () => Promise<void>;

  constructor(
    options: ServerOptions,
    given: { setupCode?: string; stop?: () => Promise<void>; demo?: NonNullable<RunningServer['demo']> } = {},
  ) {
    this.address = { host: options.host, port: options.port, url: `http://${options.host}:${options.port}` };
    this.setupCode = given.setupCode ?? null;
    this.demo = given.demo ?? null;
    this.#stop = given.stop ?? (() => Promise.resolve());
  }

  readonly desktop = {
    windowTicket: () => null,
    watch: () => () => {},
    setPaused: () => Promise.resolve(),
    wakeUp: () => Promise.resolve(),
  };

  async stop(): Promise<void> {
    this.stopped += 1;
    await this.#stop();
  }

  status(): unknown {
    return {};
  }
}
