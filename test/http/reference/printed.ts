import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The published reference, as printed. */
export const reference = readFileSync(join(import.meta.dirname, '../../fixtures/sepsms-reference.txt'), 'utf8');

/** One operation of the reference with its samples. */
export interface PrintedOperation {
  readonly method: string;
  readonly path: string;
  readonly scope: string;
  readonly fields: readonly PrintedField[];
  /** What stands under the heading of the request, and of the answer. */
  readonly request: string;
  readonly answer: string;
}

export interface PrintedField {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

const heading = /^(?<method>GET|POST) (?<path>\/\S+) (?<scope>[a-z]+:[a-z]+)$/gmu;
const fieldLine = /^(?<name>[a-z][A-Za-z]*?)(?<type>string\[\]|string|number|object|path)(?<optional>\?)?\P{ASCII}/gmu;

export function printedOperations(): PrintedOperation[] {
  const headings = [...reference.matchAll(heading)];
  return headings.map((found, index) => {
    const end = headings[index + 1]?.index ?? reference.search(/^Webhook events:/mu);
    const section = reference.slice(found.index + found[0].length, end);
    const [about = '', samples = ''] = section.split('\n請求\n');
    const [request = '', answer = ''] = samples.split('\n回應\n');
    const { method = '', path = '', scope = '' } = found.groups ?? {};
    const fields = [...about.matchAll(fieldLine)].map(({ groups }) => ({
      name: groups?.['name'] ?? '',
      type: groups?.['type'] ?? '',
      required: groups?.['optional'] === undefined,
    }));
    return { method, path, scope, fields, request: request.trim(), answer: answer.trim() };
  });
}

/** The operation that the reference prints under a method and a path. */
export function printedOperation(method: string, path: string): PrintedOperation {
  const found = printedOperations().find((each) => each.method === method && each.path === path);
  if (found === undefined) throw new Error(`the reference has no ${method} ${path}`);
  return found;
}

export interface CurlCall {
  readonly method: string;
  readonly url: string;
  /** By lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** Reads a curl command as a shell and curl would. */
export function parseCurl(command: string): CurlCall {
  const words = [...command.replaceAll('\\\n', ' ').matchAll(/'(?<raw>[^']*)'|"(?<quoted>[^"]*)"|(?<bare>\S+)/gu)].map(
    ({ groups }) => groups?.['raw'] ?? groups?.['quoted'] ?? groups?.['bare'] ?? '',
  );
  const headers: Record<string, string> = {};
  let [method, url, body]: [string | undefined, string, string | undefined] = [undefined, '', undefined];
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = (): string => words[(at += 1)] ?? '';
    if (word === '-X') method = next();
    else if (word === '-d') body = next();
    else if (word === '-H') {
      const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/u.exec(next()) ?? [];
      headers[name.toLowerCase()] = value;
    } else url = word;
  }
  return { method: method ?? (body === undefined ? 'GET' : 'POST'), url, headers, body };
}

const forms: Readonly<Record<string, RegExp>> = {
  uuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u,
  smsUuid: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u,
  refNo: /^SP\d{6}\d{4,12}$/u,
  txId: /^[0-9a-f]{16}$/u,
  reference: /^[A-Z0-9]{6}$/u,
};

/**
 * What is different between a printed value and a real one: a missing field, another type, another value. What the
 * reference elides or what is by chance is compared in its form. Fields on top are named in `more`.
 */
export function compare(printed: unknown, real: unknown, place = ''): { faults: string[]; more: string[] } {
  if (Array.isArray(printed) && Array.isArray(real)) {
    const inner = printed.map((item, index) => compare(item, real[index], `${place}[${index}]`));
    const length = printed.length === real.length ? [] : [`${place} has ${real.length} items`];
    return { faults: [...length, ...inner.flatMap((each) => each.faults)], more: inner.flatMap((each) => each.more) };
  }
  if (isObject(printed) && isObject(real)) {
    const inner = Object.entries(printed).map(([name, value]) => compare(value, real[name], `${place}.${name}`));
    const more = Object.keys(real).filter((name) => !Object.hasOwn(printed, name));
    return {
      faults: inner.flatMap((each) => each.faults),
      more: [...more.map((name) => `${place}.${name}`), ...inner.flatMap((each) => each.more)],
    };
  }
  const form = forms[place.split('.').at(-1) ?? ''];
  const alike = form === undefined ? printed === real : typeof real === 'string' && form.test(real);
  return { faults: alike ? [] : [`${place} is ${JSON.stringify(real)}, printed ${JSON.stringify(printed)}`], more: [] };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
