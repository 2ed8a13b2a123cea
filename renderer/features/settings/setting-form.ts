import type { SettingItem } from '../../../server/contract/admin-tenancy.ts';

/** How a setting is edited, told by the JSON schema of its values. */
export type Editor =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly options: readonly string[] }
  | { readonly kind: 'number'; readonly least: number | null; readonly most: number | null }
  | { readonly kind: 'list' }
  | { readonly kind: 'timeZone' }
  | { readonly kind: 'hours' }
  | { readonly kind: 'text' };

export function editorOf({ form, usual }: SettingItem): Editor {
  if (Array.isArray(form['enum'])) return { kind: 'choice', options: form['enum'].map(String) };
  if (form['type'] === 'boolean' || typeof usual === 'boolean') return { kind: 'switch' };
  if (form['type'] === 'integer' || form['type'] === 'number') {
    return { kind: 'number', least: numberIn(form['minimum']), most: numberIn(form['maximum']) };
  }
  if (form['format'] === 'time-zone') return { kind: 'timeZone' };
  if (form['format'] === 'hours') return { kind: 'hours' };
  return form['type'] === 'array' ? { kind: 'list' } : { kind: 'text' };
}

/** A value as its field shows it. */
export function textOfValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('\n');
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? '' : JSON.stringify(value);
}

/** What a field holds as the value that the box wants; null when it is no number where one is wanted. */
export function valueOf(text: string, editor: Editor): unknown {
  switch (editor.kind) {
    case 'number': {
      const value = Number(text.trim());
      const fits =
        text.trim() !== '' &&
        Number.isInteger(value) &&
        value >= (editor.least ?? value) &&
        value <= (editor.most ?? value);
      return fits ? value : null;
    }
    case 'list':
      return text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'switch':
      return text === 'true';
    case 'choice':
    case 'timeZone':
    case 'hours':
    case 'text':
      return text.trim();
    default:
      return editor satisfies never;
  }
}

function numberIn(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : null;
}
