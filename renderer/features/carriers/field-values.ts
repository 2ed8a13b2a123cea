import type { z } from 'zod';
import type { Translate } from '../../i18n/translate.ts';
import type { FieldSpec } from './field-specs.ts';

/** What stands in the fields of a form: text as it was typed, or a tick; `false` for a secret that is to be taken away. */
export type FieldValues = Readonly<Record<string, string | boolean>>;
export type FieldFaults = Record<string, string>;

/** The fields as they begin: with what the box has, else with what is usual. Secrets are never there. */
export function valuesFrom(specs: readonly FieldSpec[], known: Readonly<Record<string, unknown>> = {}): FieldValues {
  return Object.fromEntries(
    specs.map(({ name, form, usual }) => {
      const value = known[name];
      if (form === 'secret' || value === undefined || value === null) return [name, usual];
      return [name, typeof value === 'boolean' ? value : plainText(value)];
    }),
  );
}

function plainText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value, null, 2);
}

/** What a new carrier is made with: what was left empty, or is usual anyhow, is left out. */
export function wanted(specs: readonly FieldSpec[], values: FieldValues): Record<string, unknown> {
  return Object.fromEntries(
    specs.flatMap((spec) => {
      const value = values[spec.name] ?? spec.usual;
      const isLeft = spec.required === undefined && value === spec.usual;
      return isLeft || value === '' ? [] : [[spec.name, parsed(spec, value)]];
    }),
  );
}

/** What differs from what the box has; a field that was emptied is taken away where that can be. */
export function changed(specs: readonly FieldSpec[], values: FieldValues, saved: FieldValues): Record<string, unknown> {
  return Object.fromEntries(
    specs.flatMap((spec): (readonly [string, unknown])[] => {
      const value = values[spec.name] ?? spec.usual;
      if (spec.once === true || value === saved[spec.name]) return [];
      if (spec.form === 'secret') return secretOf(spec, value);
      if (value !== '') return [[spec.name, parsed(spec, value)]];
      return [[spec.name, spec.clears === true ? null : parsed(spec, spec.usual)]];
    }),
  );
}

/** A new secret; null for one that is to be taken away, which `false` stands for; nothing for one that stays. */
function secretOf({ name }: FieldSpec, value: string | boolean): (readonly [string, unknown])[] {
  if (value === false) return [[name, null]];
  return typeof value === 'string' && value !== '' ? [[name, value]] : [];
}

function parsed({ form }: FieldSpec, value: string | boolean): unknown {
  if (typeof value === 'boolean') return value;
  const text = value.trim();
  if (form === 'number') return Number(text);
  if (form !== 'json') return form === 'secret' ? value : text;
  try {
    return JSON.parse(text);
  } catch {
    // The schema then says that this is none.
    return text;
  }
}

interface Checked {
  readonly specs: readonly FieldSpec[];
  readonly values: FieldValues;
  /** What would be sent. */
  readonly body: unknown;
  readonly schema: z.ZodType;
  readonly t: Translate;
}

/** What is wrong before the box is asked, by field, in words of the reader's language where there are some. */
export function faultsOf({ specs, values, body, schema, t }: Checked): FieldFaults {
  const faults: FieldFaults = {};
  for (const { name, required } of specs) {
    if (required === true && values[name] === '') faults[name] = t('field.required');
  }
  const result = schema.safeParse(body);
  for (const { path, message } of result.error?.issues ?? []) {
    const name = String(path[0] ?? '');
    const where = path.length > 1 ? ` (${path.slice(1).map(String).join('.')}: ${message})` : '';
    faults[name] ??= `${t.known(`carriers.fault.${name}`) ?? t('carriers.faultForm')}${where}`;
  }
  return faults;
}
