import { CommanderError } from 'commander';
import { errorText, isAppError, type AppError } from '../domain/errors.ts';
import { buildProgram } from './program.ts';
import { oneLine } from './text-table.ts';
import type { CliWorld } from './world.ts';

/** Exit codes (box.md §1). */
const exitOk = 0;
const exitFault = 1;
const exitConfiguration = 2;

function isConfiguration(error: AppError): boolean {
  return ['config.invalid', 'port.in_use', 'port.not_allowed'].includes(error.code) || error.code.startsWith('store.');
}

function describe(error: AppError): string {
  const code = error.extra?.['code'];
  const lines = [`sepsms-box: ${oneLine(error.message)}${typeof code === 'string' ? ` (${code})` : ''}\n`];
  for (const { path, message } of error.details ?? []) lines.push(`  ${oneLine(`${path}: ${message}`)}\n`);
  return lines.join('');
}

function describeFault(error: unknown, world: CliWorld): string {
  const line = `sepsms-box: unexpected fault: ${oneLine(errorText(error))}`;
  if (world.env['SEPSMS_BOX_LOG_LEVEL'] === 'debug' && error instanceof Error) {
    return `${line}\n${error.stack ?? ''}\n`;
  }
  return `${line}. Set SEPSMS_BOX_LOG_LEVEL=debug and try again to see where.\n`;
}

/** Tells a person what went wrong and returns the exit code that tells a program. */
function failure(error: unknown, world: CliWorld): number {
  // The command line's own parser has told it already; it also ends a run this way after showing help.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitOk : exitConfiguration;
  if (isAppError(error)) {
    world.err(describe(error));
    return isConfiguration(error) ? exitConfiguration : exitFault;
  }
  world.err(describeFault(error, world));
  return exitFault;
}

/** Runs one command line, without the program's name; resolves to the exit code and never rejects. */
export async function runCli(args: readonly string[], world: CliWorld): Promise<number> {
  let exitCode = exitOk;
  const program = buildProgram(world, (chosen) => {
    exitCode = chosen;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    return failure(error, world);
  }
}
