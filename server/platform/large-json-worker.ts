/** Parses large JSON texts away from the event loop and hands the result back in slices, so that reading it holds nobody up. */
import { parentPort } from 'node:worker_threads';

/** What the worker is asked. */
export type LargeJsonRequest = { readonly kind: 'parse'; readonly bytes: ArrayBuffer } | { readonly kind: 'next' };

/** What it answers: the value without its large members, then those slice by slice, then the end; or that it is no JSON. */
export type LargeJsonReply =
  | {
      readonly kind: 'frame';
      readonly value: unknown;
      readonly lists: readonly string[];
      readonly maps: readonly string[];
    }
  | { readonly kind: 'items'; readonly member: string; readonly items: readonly unknown[] }
  | { readonly kind: 'entries'; readonly member: string; readonly entries: readonly (readonly [string, unknown])[] }
  | { readonly kind: 'end' }
  | { readonly kind: 'invalid' };

/** Members with more entries than this are sent in slices of as many. */
const sliceSize = 1_000;

function* replies(bytes: ArrayBuffer): Generator<LargeJsonReply> {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield { kind: 'frame', value, lists: [], maps: [] };
    yield { kind: 'end' };
    return;
  }
  const small: [string, unknown][] = [];
  const lists: [string, unknown[]][] = [];
  const maps: [string, [string, unknown][]][] = [];
  for (const [member, held] of Object.entries(value)) {
    if (Array.isArray(held) && held.length > sliceSize) lists.push([member, held]);
    else if (
      typeof held === 'object' &&
      held !== null &&
      !Array.isArray(held) &&
      Object.keys(held).length > sliceSize
    ) {
      maps.push([member, Object.entries(held)]);
    } else small.push([member, held]);
  }
  yield { kind: 'frame', value: Object.fromEntries(small), lists: namesOf(lists), maps: namesOf(maps) };
  for (const [member, items] of lists) {
    for (let from = 0; from < items.length; from += sliceSize)
      yield { kind: 'items', member, items: items.slice(from, from + sliceSize) };
  }
  for (const [member, entries] of maps) {
    for (let from = 0; from < entries.length; from += sliceSize)
      yield { kind: 'entries', member, entries: entries.slice(from, from + sliceSize) };
  }
  yield { kind: 'end' };
}

function namesOf(members: readonly (readonly [string, unknown])[]): string[] {
  return members.map(([member]) => member);
}

let current: Generator<LargeJsonReply> | undefined;

function advance(): LargeJsonReply {
  try {
    const step = current?.next();
    if (step === undefined || step.done === true) return { kind: 'end' };
    return step.value;
  } catch {
    return { kind: 'invalid' };
  }
}

parentPort?.on('message', (request: LargeJsonRequest) => {
  if (request.kind === 'parse') current = replies(request.bytes);
  const reply = advance();
  if (reply.kind === 'end' || reply.kind === 'invalid') current = undefined;
  parentPort?.postMessage(reply);
});
