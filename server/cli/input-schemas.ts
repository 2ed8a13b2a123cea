import { z } from 'zod';

/** Repeated or comma-separated values as one list: `--ips 10.0.0.1,10.0.0.2 192.168.1.0/24`. */
export const listInput = z.array(z.string()).transform((given) =>
  given
    .flatMap((each) => each.split(','))
    .map((each) => each.trim())
    .filter((each) => each !== ''),
);

/** A whole number written in digits, within bounds. */
export function wholeNumber(least: number, most: number) {
  const wanted = `give a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^[+-]?\d{1,15}$/u, wanted)
    .transform(Number)
    .refine((value) => value >= least && value <= most, wanted);
}

/** The number that `list` shows in its first column. */
export const idInput = z
  .string()
  .regex(/^[1-9]\d{0,15}$/u, 'give the number that `list` shows in its first column')
  .transform(Number);

/** `true` or `false`. */
export const yesOrNo = z.enum(['true', 'false'], 'give true or false').transform((text) => text === 'true');

/** An ISO 8601 time; without an offset it is one of this machine. */
export const timeInput = z
  .string()
  .refine(
    (text) => /^\d{4}-\d{2}-\d{2}/u.test(text) && !Number.isNaN(Date.parse(text)),
    'give a time such as 2026-01-15T10:35:00+07:00',
  )
  .transform((text) => new Date(text).toISOString());

/** Text that must say something. */
export const filledText = z.string().refine((text) => text.trim() !== '', 'must not be empty');

/** The same with at least one member. */
export const filledList = listInput.refine((list) => list.length > 0, 'name at least one');

/** `all`, or a list whose members are all among `known`. */
export function allOrListOf<const T extends string>(known: readonly T[]) {
  return listInput.transform((given, context): T[] | 'all' => {
    if (given.length === 1 && given[0] === 'all') return 'all';
    if (given.length === 0) context.addIssue('name at least one, or all');
    return among(given, known, (each) => context.addIssue(`"${each}" is none of all, ${known.join(', ')}`));
  });
}

/** A list of at least one whose members are all among `known`. */
export function someOf<const T extends string>(known: readonly T[]) {
  return filledList.transform((given, context): T[] =>
    among(given, known, (each) => context.addIssue(`"${each}" is none of ${known.join(', ')}`)),
  );
}

function among<T extends string>(given: readonly string[], known: readonly T[], strange: (each: string) => void): T[] {
  const found: T[] = [];
  for (const each of given) {
    const match = known.find((name) => name === each);
    if (match === undefined) strange(each);
    else found.push(match);
  }
  return found;
}
