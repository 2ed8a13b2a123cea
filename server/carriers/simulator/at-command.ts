/** Command lines after `AT`. ITU-T V.250 §5.2 and §5.4. */

export type CommandForm = 'run' | 'read' | 'test' | 'set';

export interface AtCommand {
  /** In capitals: `E`, `&F`, `+CMGS`, `^ICCID`. */
  readonly name: string;
  readonly form: CommandForm;
  /** Without their quotes; an omitted one is the empty string. */
  readonly args: readonly string[];
}

const basic = /^(&?[A-Z])(\d*)/i;
const extended = /^([+^*$#%][A-Z0-9]+)(=\?|\?|=|)/i;

/** Splits what follows `AT` into commands; null when it cannot be read. */
export function parseCommands(line: string): readonly AtCommand[] | null {
  const commands: AtCommand[] = [];
  let rest = line.trim();
  while (rest !== '') {
    const found = takeExtended(rest) ?? takeBasic(rest);
    if (found === null) return null;
    commands.push(found.command);
    rest = found.rest.replace(/^[; ]+/, '');
  }
  return commands;
}

interface Taken {
  readonly command: AtCommand;
  readonly rest: string;
}

function takeBasic(text: string): Taken | null {
  const match = basic.exec(text);
  const name = match?.[1];
  if (match === null || name === undefined) return null;
  const digits = match[2] ?? '';
  return {
    command: { name: name.toUpperCase(), form: digits === '' ? 'run' : 'set', args: digits === '' ? [] : [digits] },
    rest: text.slice(match[0].length),
  };
}

function takeExtended(text: string): Taken | null {
  const match = extended.exec(text);
  const name = match?.[1]?.toUpperCase();
  if (match === null || name === undefined) return null;
  const tail = text.slice(match[0].length);
  if (match[2] === '=') {
    const end = endOfArguments(tail);
    return { command: { name, form: 'set', args: splitArguments(tail.slice(0, end)) }, rest: tail.slice(end) };
  }
  if (tail !== '' && !/^[; ]/.test(tail)) return null;
  const form = match[2] === '?' ? 'read' : match[2] === '=?' ? 'test' : 'run';
  return { command: { name, form, args: [] }, rest: tail };
}

function endOfArguments(text: string): number {
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === ';' && !quoted) return at;
  }
  return text.length;
}

function splitArguments(text: string): readonly string[] {
  const args: string[] = [];
  let current = '';
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (character === ',' && !quoted) {
      args.push(current.trim());
      current = '';
    } else current += character;
  }
  args.push(current.trim());
  return args;
}

/** A decimal argument; null when it is no number, the default when it was omitted. */
export function numberArgument(args: readonly string[], at: number, whenOmitted: number): number | null {
  const text = args[at];
  if (text === undefined || text === '') return whenOmitted;
  return /^\d{1,6}$/.test(text) ? Number(text) : null;
}
