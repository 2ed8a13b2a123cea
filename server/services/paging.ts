import { AppError } from '../domain/errors.ts';
import { sha256Hex } from '../platform/crypto.ts';

/** A mark of one list with one filter: a cursor made for it opens no other. Limits are no part of a list. */
export function listMark(list: string, filter: object): string {
  return sha256Hex(`${list} ${JSON.stringify(filter)}`).slice(0, 10);
}

/**
 * Cursors are opaque to callers: where the next page begins, as numbers in base 36, and the mark of the list.
 * @param position null at the end of the list.
 */
export function sealCursor(position: readonly number[] | null, mark = ''): string | null {
  if (position === null) return null;
  const place = position.map((part) => part.toString(36)).join('.');
  return mark === '' ? `c${place}` : `c${place}-${mark}`;
}

/** @throws AppError `validation.failed` when the cursor was not made for the list, or does not have `parts` numbers. */
export function openCursor(cursor: string | undefined, parts: number, mark = ''): readonly number[] | null {
  if (cursor === undefined) return null;
  const [, place = '', given = ''] = /^c([0-9a-z.]+)(?:-([0-9a-f]{10}))?$/u.exec(cursor) ?? [];
  const position = place.split('.').map(readPart);
  if (position.length !== parts || !position.every(Number.isSafeInteger)) {
    throw refused('The cursor is not one that this box gave out.', 'unknown cursor');
  }
  if (given !== mark) {
    throw refused(
      'The cursor belongs to a list with another filter. Begin again without it, or ask with the same filter.',
      'cursor of another list',
    );
  }
  return position;
}

function readPart(text: string): number {
  return /^[0-9a-z]{1,11}$/u.test(text) ? Number.parseInt(text, 36) : Number.NaN;
}

function refused(message: string, detail: string): AppError {
  return new AppError('validation.failed', message, { details: [{ path: 'cursor', message: detail }] });
}

/** A cursor of a list that is sorted by texts: the place where the next page begins. */
export function sealTextCursor(
  place: { readonly key: string; readonly id: number } | null,
  mark: string,
): string | null {
  if (place === null) return null;
  return `t${mark}${Buffer.from(`${place.id} ${place.key}`).toString('base64url')}`;
}

/** @throws AppError `validation.failed` when the cursor was not made for the list. */
export function openTextCursor(cursor: string | undefined, mark: string): { key: string; id: number } | null {
  if (cursor === undefined) return null;
  if (!cursor.startsWith(`t${mark}`))
    throw refused('The cursor belongs to another list. Begin again without it.', 'cursor of another list');
  const text = Buffer.from(cursor.slice(1 + mark.length), 'base64url').toString('utf8');
  const [, id = '', key] = /^(\d{1,15}) ([\s\S]*)$/u.exec(text) ?? [];
  if (key === undefined) throw refused('The cursor is not one that this box gave out.', 'unknown cursor');
  return { id: Number(id), key };
}
