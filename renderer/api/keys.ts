export const sessionKey = ['session'] as const;
export const setupKey = ['setup'] as const;
export const statusKey = ['status'] as const;

export function messageKey(uuid: string) {
  return ['message', uuid, 'facts'] as const;
}
export function recipientsKey(uuid: string) {
  return ['message', uuid, 'recipients'] as const;
}
export function timelineKey(uuid: string, txId: string) {
  return ['message', uuid, 'timeline', txId] as const;
}
/** Everything that belongs to one message, whatever of it is on the page. */
export function messageFamily(uuid: string) {
  return ['message', uuid] as const;
}
