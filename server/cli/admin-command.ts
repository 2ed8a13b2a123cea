import type { Command } from 'commander';
import type { z } from 'zod';
import { resolveDataDir } from '../config/command-line-options.ts';
import { dataFolder } from '../config/data-folder.ts';
import { isAppError } from '../domain/errors.ts';
import { AdminClient } from './admin-client.ts';
import { commandInput } from './command-input.ts';
import type { CliWorld } from './world.ts';

/** What a command shows: the answer for `--json`, text for people. */
export interface Shown {
  readonly answer: unknown;
  readonly text: string;
}

/** A command that speaks to the running box: how its input is parsed and what it then does. */
export interface AdminCommand<S extends z.ZodType> {
  readonly input: S;
  /** How long the box may take; 30 s when not said. */
  readonly timeoutMs?: number;
  run(client: AdminClient, input: z.output<S>): Promise<Shown>;
}

/** Gives a command `--data` and `--json` and the work to do; the box is looked for only when its input is right. */
export function adminCommand<S extends z.ZodType>(command: Command, world: CliWorld, spec: AdminCommand<S>): void {
  addDataOption(command);
  addJsonOption(command);
  command.action(async () => {
    const input = commandInput(command, spec.input);
    const { data, json } = sharedOptions(command);
    const client = new AdminClient(dataFolder(resolveDataDir(data, world.env)), spec.timeoutMs);
    const shown = await runShowingRefusal(() => spec.run(client, input), json, world);
    world.out(json ? `${JSON.stringify(shown.answer)}\n` : shown.text);
  });
}

/** With `--json` a refusal is an answer too, and printed as one, besides the line for people. */
async function runShowingRefusal(run: () => Promise<Shown>, json: boolean, world: CliWorld): Promise<Shown> {
  try {
    return await run();
  } catch (error) {
    const answer = isAppError(error) ? error.extra?.['answer'] : undefined;
    if (json && answer !== undefined) world.out(`${JSON.stringify(answer)}\n`);
    throw error;
  }
}

export function addDataOption(command: Command): void {
  command.option('--data <dir>', 'data folder of the box (else SEPSMS_BOX_DATA, else ./data)');
}

export function addJsonOption(command: Command): void {
  command.option('--json', 'print the answer as one JSON object');
}

/** `--data` and `--json`, written before or after the command. */
export function sharedOptions(command: Command): { readonly data: string | undefined; readonly json: boolean } {
  const merged: Record<string, unknown> = { ...command.optsWithGlobals(), ...command.opts() };
  return { data: typeof merged['data'] === 'string' ? merged['data'] : undefined, json: merged['json'] === true };
}
