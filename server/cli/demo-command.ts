import type { Command } from 'commander';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveListenOptions, type ListenOptions } from '../config/command-line-options.ts';
import { AppError, errorText, isAppError } from '../domain/errors.ts';
import type { RunningServer } from '../index.ts';
import { commandInput } from './command-input.ts';
import { runServer } from './run-server.ts';
import { addListenOptions, listenInput, serverOptions } from './serve-command.ts';
import { textFields } from './text-table.ts';
import type { CliWorld } from './world.ts';

/** Ports tried after a taken one before the demo takes any that is free. */
const portsTried = 20;

/** One shell argument. Windows' own shell knows double quotes only. */
function quoted(text: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `"${text.replaceAll('"', '\\"')}"`;
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A demo box and the folder that goes when it ends. */
interface Demo {
  readonly server: RunningServer;
  readonly dataDir: string;
  stop(): Promise<void>;
}

function welcome(demo: Demo, wantedPort: number, platform: NodeJS.Platform): string {
  const { server, dataDir } = demo;
  if (server.demo === null) throw new AppError('internal.fault', 'The demo box came up without its demo account.');
  const { apiKey, user, password } = server.demo;
  const { url, port } = server.address;
  const key = `-H ${quoted(`X-API-Key: ${apiKey}`, platform)}`;
  const body = JSON.stringify({ origin: 'SEPSMS', message: 'Hello from the box', recipients: ['66812345678'] });
  const json = `-H ${quoted('Content-Type: application/json', platform)}`;
  const moved = port === wantedPort || wantedPort === 0 ? '' : `Port ${wantedPort} is taken, so it is on ${port}.\n`;
  return [
    'A demo box is running. Its modem is simulated: nothing leaves this machine.\n',
    moved,
    '\n',
    textFields([
      ['Admin page', url],
      ['User', user],
      ['Password', password],
      ['API key', apiKey],
      ['Data folder', `${dataDir} (removed at the end)`],
    ]),
    '\nSend a message:\n',
    `curl -s ${url}/api/v2/message/send ${key} ${json} -d ${quoted(body, platform)}\n`,
    '\nSee how it is, with the uuid from the answer in place of UUID:\n',
    `curl -s ${url}/api/v2/message/UUID ${key}\n`,
    '\nStop it with Ctrl+C.\n',
  ].join('');
}

class DemoBox {
  readonly #world: CliWorld;
  readonly #options: ListenOptions;
  readonly #folders = new Set<string>();

  constructor(world: CliWorld, options: ListenOptions) {
    this.#world = world;
    this.#options = options;
  }

  /** Starts on the wanted port or, unless a person named it, on the next free one; each try has a fresh folder. */
  async start(): Promise<Demo> {
    const first = this.#options.port;
    const others = Array.from({ length: portsTried }, (_, index) => first + 1 + index).filter((port) => port <= 65_535);
    const ports = this.#options.portNamed ? [first] : [first, ...others, 0];
    let taken: unknown;
    for (const port of ports) {
      try {
        // One after another: a second box is wanted only when the first did not come up.
        // oxlint-disable-next-line no-await-in-loop
        return await this.#startOn(port);
      } catch (error) {
        if (!isAppError(error, 'port.in_use')) throw error;
        taken = error;
      }
    }
    throw taken;
  }

  async #startOn(port: number): Promise<Demo> {
    const dataDir = await mkdtemp(join(this.#world.tempDir, 'sepsms-box-demo-'));
    this.#folders.add(dataDir);
    const server = await this.#world.startServer({
      ...serverOptions({ ...this.#options, dataDir, port, masterKeyFile: undefined }),
      demo: true,
    });
    return { server, dataDir, stop: () => server.stop() };
  }

  /** Removes every folder it made, and names the one that will not go. Idempotent. */
  async clear(): Promise<void> {
    const folders = [...this.#folders];
    this.#folders.clear();
    await Promise.all(
      folders.map(async (folder) => {
        try {
          // Windows holds on to a file for a moment after it is closed.
          await rm(folder, { recursive: true, force: true, maxRetries: 3 });
        } catch (error) {
          this.#world.err(
            `The demo's folder ${folder} could not be removed (${errorText(error)}). Delete it by hand.\n`,
          );
        }
      }),
    );
  }
}

export function addDemoCommand(program: Command, world: CliWorld, finish: (exitCode: number) => void): void {
  const command = program.command('demo').description('run a throw-away box with a simulated modem');
  addListenOptions(command);
  command.action(async () => {
    const flags = commandInput(command, listenInput);
    // The welcome should stay in sight: a demo logs faults only, unless a person wants more.
    const env = { ...world.env, SEPSMS_BOX_LOG_LEVEL: world.env['SEPSMS_BOX_LOG_LEVEL'] || 'error' };
    const options = resolveListenOptions(flags, env);
    const box = new DemoBox(world, options);
    try {
      const exitCode = await runServer(
        world,
        () => box.start(),
        (demo) => {
          world.out(welcome(demo, options.port, world.platform));
        },
      );
      finish(exitCode);
    } finally {
      await box.clear();
    }
  });
}
