import { isBackupName } from './backup.ts';
import { maskMsisdn, normalizeMsisdn } from './msisdn.ts';

/**
 * How a field of a request is written down: as it is; not at all; as a code that was dialled, whose longer numbers may
 * be vouchers or PINs; as an AT command without what it sets.
 */
export type FieldForm = 'shown' | 'hidden' | 'dialled' | 'command';
export type FieldForms = Readonly<Record<string, FieldForm>>;

/** Fields that hold a word of the box or a name that a person gave to a thing of it. */
const shownFields = new Set(
  'account action allowHost cron events host hosts kind lane method name origin path port purposes rate role scopes state systemId timeZone uncertain usbSerial user'.split(
    ' ',
  ),
);
/** `current` is a password that is to be replaced. */
const secretName = /pass|^pin|pin$|secret|token|key|code|otp|credential|authori[sz]ation|cookie|^current$/iu;
const fieldName = /^[a-z]\w{0,39}$/iu;
const isoTime = /^\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?$/u;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u;

const longestValue = 80;
const longestDetail = 500;
const mostFields = 20;
const mostItems = 5;

/**
 * The input of an operation as one line fit for keeping: `name=Office kind=modem pin=(hidden) text=(12 characters)`.
 * Secrets are named without their value, numbers of subscribers are masked, and free texts are counted: what is not
 * known to be harmless is not shown.
 * @param forms how single fields are written, by name, where the usual rule does not fit.
 */
export function redactedFields(input: unknown, forms: FieldForms = {}): string {
  const lines = fieldsOf(input, '', forms);
  const text = lines.slice(0, mostFields).join(' ');
  const whole = lines.length > mostFields ? `${text} (${lines.length - mostFields} more fields)` : text;
  return cut(whole, longestDetail);
}

/** A value that names a thing, such as a parameter of a path; a number of a subscriber is masked. */
export function redactedName(value: string): string {
  if (uuid.test(value) || isBackupName(value)) return value;
  const msisdn = normalizeMsisdn(value, { international: true });
  return msisdn === null ? cut(oneLine(value), longestValue) : maskMsisdn(msisdn);
}

function fieldsOf(input: unknown, prefix: string, forms: FieldForms): string[] {
  if (typeof input !== 'object' || input === null) return [];
  return Object.entries(input).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const path = `${prefix}${name}`;
    const form = forms[path];
    const isGroup = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (isGroup && form === undefined && prefix === '' && Object.keys(value).every((key) => fieldName.test(key)))
      return fieldsOf(value, `${path}.`, forms);
    return [`${path}=${form === undefined ? usual(name, value) : formed(form, value)}`];
  });
}

function formed(form: FieldForm, value: unknown): string {
  if (form === 'hidden') return '(hidden)';
  if (form === 'shown') return shown(value);
  const text = String(value);
  if (form === 'dialled') return /^[\d*#+]{1,40}$/u.test(text) ? text.replaceAll(/\d{4,}/gu, '…') : counted(text);
  return atCommand(text);
}

function usual(name: string, value: unknown): string {
  if (secretName.test(name)) return '(hidden)';
  if (shownFields.has(name)) return shown(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return plainForm(value) ?? counted(value);
  if (!Array.isArray(value)) return `(${Object.keys(Object(value)).length} fields)`;
  const plain = value.map((item) => (typeof item === 'string' ? plainForm(item) : null));
  return plain.length > 0 && plain.every((item) => item !== null)
    ? list(plain)
    : `(${value.length} ${value.length === 1 ? 'item' : 'items'})`;
}

/** A text whose form says that it is harmless, or that can be made so; null for any other. */
function plainForm(text: string): string | null {
  if (isoTime.test(text) || uuid.test(text)) return text;
  const msisdn = normalizeMsisdn(text, { international: true });
  if (msisdn !== null) return maskMsisdn(msisdn);
  // Of an address only the host: keys stand in paths and queries.
  return /^https?:\/\//iu.test(text)
    ? (/^https?:\/\/(?:[^@/?#]*@)?([\w.:[\]-]{1,80})/iu.exec(text)?.[1] ?? null)
    : null;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return list(value.map((item) => shown(item)));
  if (typeof value === 'object' && value !== null) return `(${Object.keys(value).length} fields)`;
  const text = String(value);
  const known = plainForm(text);
  if (known !== null) return known;
  return cut(oneLine(text), longestValue);
}

function list(items: readonly string[]): string {
  const some = items.slice(0, mostItems).join(',');
  return items.length > mostItems ? `${some},… (${items.length})` : some;
}

/** `AT+CPIN=…`: the name of the command; what follows may be a PIN, a number or a text. */
function atCommand(line: string): string {
  const name = /^AT(?:[+^*$%#&\\]?[A-Z]{0,16})?/iu.exec(line.trim())?.[0].toUpperCase() ?? '';
  const asks = /^(?:=\?|\?)$/u.exec(line.trim().slice(name.length))?.[0];
  if (asks !== undefined) return `${name}${asks}`;
  return name.length === line.trim().length && name !== '' ? name : `${name}…`;
}

function counted(text: string): string {
  return `(${text.length} ${text.length === 1 ? 'character' : 'characters'})`;
}

/** Without control characters, and with long runs of digits hidden: they may be numbers of people, cards or vouchers. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').replaceAll(/\p{Nd}(?:[ .-]?\p{Nd}){6,}/gu, '…');
}

function cut(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
