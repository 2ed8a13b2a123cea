import { z } from 'zod';
import type { AuditItem } from '../../../server/contract/admin-audit.ts';
import { adminRoutes } from '../../../server/contract/admin.ts';
import { isKept } from '../../../server/contract/route.ts';
import type { Route } from '../../../server/contract/route.ts';
import type { Translate } from '../../i18n/translate.ts';
import { pathTo } from '../../router/routes.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

/** Besides those of the pages: registering webhooks, an act of a person over the public API; a start on a backup. */
const others = ['webhookRegister', 'restore'];

/** The operations that the log can tell of. */
export const auditedOperations: readonly string[] = [
  ...Object.entries<Route>(adminRoutes)
    .filter(([, route]) => isKept(route))
    .map(([name]) => name),
  ...others,
];

/** What was done, as a person would say it. */
export function deedOf(operation: string, t: Translate): string {
  return t.known(`audit.did.${operation}`) ?? operation;
}

/** Who did it: a user, or a word for who has no name. */
export function doerOf(who: string, t: Translate): string {
  if (who === 'command line') return t('audit.commandLine');
  return who === 'nobody' ? t('audit.nobody') : who;
}

export type Outcome = 'done' | 'failed' | 'unknown' | 'refused';

export const outcomeLooks: Readonly<Record<Outcome, { readonly tone: Tone; readonly icon: IconName }>> = {
  done: { tone: 'green', icon: 'tick' },
  failed: { tone: 'red', icon: 'cross' },
  unknown: { tone: 'violet', icon: 'question' },
  refused: { tone: 'orange', icon: 'slash' },
};

/** How it ended; any code of a refusal is one. */
export function outcomeOf({ outcome }: Pick<AuditItem, 'outcome'>): Outcome {
  if (outcome === 'done' || outcome === 'unknown') return outcome;
  return outcome === 'failed' || outcome === 'internal.fault' ? 'failed' : 'refused';
}

export interface GivenField {
  /** As the operation names it, such as `name`. */
  readonly name: string;
  readonly value: string;
}

const fieldStart = /(?:^| )([a-z]\w{0,39}(?:\.[a-z]\w{0,39})?)=/giu;
const moreForm = / \((\d+) more fields\)$/u;

/**
 * The line of what was given, in its fields; how many more it leaves out. Names may hold whatever a person typed, so
 * only fields that the operation takes begin a new one.
 */
export function givenFields({ operation, detail }: Pick<AuditItem, 'operation' | 'detail'>): {
  readonly fields: readonly GivenField[];
  readonly more: number;
} {
  const taken = fieldsTaken(operation);
  const more = Number(moreForm.exec(detail)?.[1] ?? 0);
  const line = detail.replace(moreForm, '');
  const starts = [...line.matchAll(fieldStart)].filter(
    (start) => taken === null || taken.has(start[1]?.split('.')[0] ?? ''),
  );
  const fields = starts.map((start, index) => ({
    name: start[1] ?? '',
    value: line.slice(start.index + start[0].length, starts[index + 1]?.index ?? line.length),
  }));
  return { fields, more };
}

const known = new Map<string, ReadonlySet<string> | null>();

/** Names of the fields of an operation; null where they are not known here. Lists ask for each row. */
function fieldsTaken(operation: string): ReadonlySet<string> | null {
  const found = known.get(operation);
  if (found !== undefined) return found;
  const fields = readFields(operation);
  known.set(operation, fields);
  return fields;
}

function readFields(operation: string): ReadonlySet<string> | null {
  const route = Object.entries<Route>(adminRoutes).find(([name]) => name === operation)?.[1];
  if (route === undefined) return null;
  return new Set([route.query, route.body].flatMap((schema) => (schema === undefined ? [] : propertiesOf(schema))));
}

function propertiesOf(schema: z.ZodType): string[] {
  const { properties, anyOf, oneOf } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return [{ properties }, ...(anyOf ?? []), ...(oneOf ?? [])].flatMap((form) => Object.keys(form.properties ?? {}));
}

/** What it was done to, in a word: the name that was given, else the path. */
export function aboutOf({ operation, detail, target }: Pick<AuditItem, 'operation' | 'detail' | 'target'>): string {
  return (
    givenFields({ operation, detail }).fields.find(({ name, value }) => name === 'name' && value !== '(hidden)')
      ?.value ?? target
  );
}

/** A field's name in the reader's language, or as the operation has it. */
export function fieldName(name: string, t: Translate): string {
  return t.known(`audit.field.${name}`) ?? name;
}

/** A field's value: what was hidden or counted is said in words. */
export function fieldValue(value: string, t: Translate): string {
  if (value === '(hidden)') return t('audit.hidden');
  if (value === 'null') return t('audit.blank');
  if (value === 'true') return t('audit.yes');
  if (value === 'false') return t('audit.no');
  const counted = /^\((\d+) (character|item|field)s?\)$/u.exec(value);
  if (counted === null) return value;
  const count = Number(counted[1]);
  return counted[2] === 'character' ? t('audit.characters', { count }) : t('audit.items', { count });
}

const pagesOfTargets = {
  accounts: 'accounts',
  carriers: 'carriers',
  keys: 'keys',
  messages: 'messages',
  users: 'users',
  webhooks: 'webhooks',
  inbound: 'inbox',
  templates: 'templates',
} as const;

/** Pages below that of the contacts. */
const partsOfContacts: Readonly<Record<string, readonly string[]>> = {
  contacts: [],
  groups: ['groups'],
  imports: ['imports'],
};

/** The page of what was touched, such as that of a carrier; null where it has none. */
export function pageOfTarget(target: string): string | null {
  const [area = '', id] = target.split('/');
  if (id === undefined || /[…*]/u.test(id)) return null;
  const below = partsOfContacts[area];
  if (below !== undefined) return /^\d+$/u.test(id) ? pathTo('contacts', ...below, id) : null;
  if (!isArea(area)) return null;
  // What was just made is told by its number; these pages go by names.
  if ((area === 'users' || area === 'accounts') && /^\d+$/u.test(id)) return null;
  return pathTo(pagesOfTargets[area], id);
}

function isArea(area: string): area is keyof typeof pagesOfTargets {
  return Object.hasOwn(pagesOfTargets, area);
}
