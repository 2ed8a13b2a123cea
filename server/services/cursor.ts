import { AppError } from '../domain/errors.ts';

/** Cursors of lists are opaque to callers: a row id in base 36. */
export function sealCursor(next: number | null): string | null {
  return next === null ? null : `c${next.toString(36)}`;
}

/** @throws AppError `validation.failed` for a text that is no cursor. */
export function openCursor(cursor: string | undefined): number | null {
  if (cursor === undefined) return null;
  const id = /^c[0-9a-z]{1,11}$/u.test(cursor) ? Number.parseInt(cursor.slice(1), 36) : Number.NaN;
  if (!Number.isSafeInteger(id)) {
    throw new AppError('validation.failed', 'The cursor is not one that this box gave out.', {
      details: [{ path: 'cursor', message: 'unknown cursor' }],
    });
  }
  return id;
}
