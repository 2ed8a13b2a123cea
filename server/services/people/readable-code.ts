import type { Random } from '../../domain/ports.ts';

/** Letters and digits that are not mistaken for each other; 32, so each byte gives one without a bias. */
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A code that a person reads and types, in groups, such as `K7QX-93MB` for [4, 4]. */
export function readableCode(random: Random, groups: readonly number[]): string {
  return groups
    .map((length) => [...random.bytes(length)].map((byte) => letters[byte % letters.length] ?? 'A').join(''))
    .join('-');
}
