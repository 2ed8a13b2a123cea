import {
  fillTemplate,
  placeholdersIn,
  type Json,
  type Placeholder,
  type RequestTemplate,
} from '../../domain/provider-mapping.ts';
import type { ProviderRequest } from '../../platform/provider-client.ts';

/** Values of placeholders; one that is not there, or is empty, has no value. */
export type Values = Readonly<Partial<Record<Placeholder, string | number>>>;

/** Makes a request of its template; every value is escaped for the place that it stands in. */
export function fillRequest(template: RequestTemplate, values: Values): Omit<ProviderRequest, 'signal'> {
  const { method, url, headers = {}, body } = template;
  const filled = {
    method,
    url: fillTemplate(url, (name) => (name === 'url' ? baseOf(values) : encodeURIComponent(textOf(values, name)))),
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [
        name.toLowerCase(),
        fillTemplate(value, (each) => textOf(values, each)),
      ]),
    ),
  };
  if (body === undefined) return { ...filled, body: null };
  const [type, text] =
    body.type === 'json'
      ? ['application/json', JSON.stringify(fillJson(body.value, values) ?? {})]
      : ['application/x-www-form-urlencoded', fillForm(body.fields, values)];
  return { ...filled, headers: { 'content-type': type, ...filled.headers }, body: text };
}

function fillForm(fields: Readonly<Record<string, string>>, values: Values): string {
  const form = new URLSearchParams();
  for (const [name, template] of Object.entries(fields)) {
    if (!isVoid(template, values))
      form.append(
        name,
        fillTemplate(template, (each) => textOf(values, each)),
      );
  }
  return form.toString();
}

/** Fills the texts of a JSON value; a member that is nothing but a placeholder without a value is left out. */
function fillJson(value: Json, values: Values): Json | undefined {
  if (typeof value === 'string') return fillText(value, values);
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    return value.flatMap((each) => {
      const filled = fillJson(each, values);
      return filled === undefined ? [] : [filled];
    });
  }
  const members = Object.entries(value).flatMap(([name, each]) => {
    const filled = fillJson(each, values);
    return filled === undefined ? [] : [[name, filled] as const];
  });
  // A part that is left without anything in it goes too.
  return members.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(members);
}

/** A text that is one placeholder with a number in it becomes a number. */
function fillText(template: string, values: Values): Json | undefined {
  if (isVoid(template, values)) return undefined;
  const [only = ''] = placeholdersIn(template);
  const value = valueOf(values, only);
  if (template === `{${only}}` && typeof value === 'number') return value;
  return fillTemplate(template, (name) => textOf(values, name));
}

/** Whether a template is one placeholder that has no value. */
function isVoid(template: string, values: Values): boolean {
  const [only = ''] = placeholdersIn(template);
  return only !== '' && template === `{${only}}` && textOf(values, only) === '';
}

function baseOf(values: Values): string {
  return textOf(values, 'url').replace(/\/+$/u, '');
}

function textOf(values: Values, name: string): string {
  return String(valueOf(values, name) ?? '');
}

function valueOf(values: Values, name: string): string | number | undefined {
  return Object.entries(values).find(([own]) => own === name)?.[1];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
