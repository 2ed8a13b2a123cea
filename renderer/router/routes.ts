export type Place =
  | { readonly page: 'messages'; readonly uuid: string | null; readonly txId: string | null }
  | { readonly page: 'unknown' };

/** Reads a path: `/messages`, `/messages/<uuid>` or `/messages/<uuid>/<txId>`; `/` is the list of messages. */
export function placeOf(path: string): Place {
  const [page, uuid, txId, ...rest] = path.split('/').filter((part) => part !== '');
  if (rest.length > 0 || (page !== undefined && page !== 'messages')) return { page: 'unknown' };
  return { page: 'messages', uuid: decode(uuid), txId: decode(txId) };
}

export function messagesPath(uuid?: string | null, txId?: string | null): string {
  return ['/messages', uuid, txId]
    .filter((part) => part !== undefined && part !== null)
    .map((part, index) => (index === 0 ? part : encodeURIComponent(part)))
    .join('/');
}

function decode(part: string | undefined): string | null {
  if (part === undefined) return null;
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
