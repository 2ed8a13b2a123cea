import type { Command } from 'commander';
import type { z } from 'zod';
import { AppError } from '../domain/errors.ts';

/** Options and named arguments of a command as one object; an option after the command wins over one before it. */
function rawInput(command: Command): Record<string, unknown> {
  const input: Record<string, unknown> = { ...command.optsWithGlobals(), ...command.opts() };
  for (const [index, argument] of command.registeredArguments.entries()) {
    input[argument.name()] = command.processedArgs[index] as unknown;
  }
  return input;
}

/** The words by which a person knows an input: `--master-key-file`, or `NAME` for an argument. */
function shownName(command: Command, name: string): string {
  const option = command.options.find((each) => each.attributeName() === name);
  return option?.long ?? name.toUpperCase();
}

/** What was written on the command line, parsed. Throws `config.invalid` naming each option that is wrong. */
export function commandInput<S extends z.ZodType>(command: Command, schema: S): z.output<S> {
  const parsed = schema.safeParse(rawInput(command));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path[0];
    return name === undefined ? issue.message : `${shownName(command, String(name))}: ${issue.message}`;
  });
  throw new AppError('config.invalid', `${problems.join('; ')}. See \`sepsms-box ${commandPath(command)} --help\`.`);
}

function commandPath(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each?.parent; each = each.parent) names.unshift(each.name());
  return names.join(' ');
}
