import type { Command } from 'commander';
import { z } from 'zod';
import { defaultHost, defaultPort, resolveListenOptions, type ListenOptions } from '../config/command-line-options.ts';
import { logLevels } from '../domain/log-level.ts';
import type { RunningServer, ServerOptions } from '../index.ts';
import { addDataOption } from './admin-command.ts';
import { commandInput } from './command-input.ts';
import { runServer } from './run-server.ts';
import { textFields } from './text-table.ts';
import type { CliWorld } from './world.ts';

export const listenInput = z.object({
  data: z.string().optional(),
  port: z.string().optional(),
  host: z.string().optional(),
  logLevel: z.string().optional(),
  masterKeyFile: z.string().optional(),
});

/** The options that say where the box listens and how much it logs. */
export function addListenOptions(command: Command): void {
  command
    .option('--port <number>', `port to listen on (else SEPSMS_BOX_PORT, else ${defaultPort})`)
    .option('--host <address>', `address to listen on, 0.0.0.0 for the LAN (else SEPSMS_BOX_HOST, else ${defaultHost})`)
    .option('--log-level <level>', `${logLevels.join(', ')} (else SEPSMS_BOX_LOG_LEVEL, else info)`);
}

/** The option that names the key that seals the box's secrets. */
export function addMasterKeyOption(command: Command): void {
  command.option('--master-key-file <file>', 'file of the master key (else SEPSMS_BOX_MASTER_KEY_FILE)');
}

/** What the server is started with; `masterKeyFile` only when one is named. */
export function serverOptions(options: ListenOptions): ServerOptions {
  const { dataDir, host, port, logLevel, masterKeyFile } = options;
  return { dataDir, host, port, logLevel, ...(masterKeyFile === undefined ? {} : { masterKeyFile }) };
}

function announcement(server: RunningServer, dataDir: string): string {
  const { url } = server.address;
  const fields = textFields([
    ['SEPSMS box', url],
    ['Data folder', dataDir],
    ...(server.setupCode === null ? [] : [['Set-up code', server.setupCode] as const]),
  ]);
  if (server.setupCode === null) return fields;
  return `${fields}\nThis box is new. Open ${url} in a browser and type the set-up code there.\n`;
}

export function addServeCommand(program: Command, world: CliWorld, finish: (exitCode: number) => void): void {
  const command = program.command('serve').description('run the box until it is told to stop');
  addDataOption(command);
  addListenOptions(command);
  addMasterKeyOption(command);
  command.action(async () => {
    const options = resolveListenOptions(commandInput(command, listenInput), world.env);
    const exitCode = await runServer(
      world,
      () => world.startServer(serverOptions(options)),
      (server) => {
        world.out(announcement(server, options.dataDir));
      },
    );
    finish(exitCode);
  });
}
