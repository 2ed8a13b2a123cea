import type { ImportItem } from '../../server/contract/admin-imports.ts';
import { placeholders } from '../../server/contract/text-rules.ts';
import type { CallInput } from '../api/call.ts';
import { parseNumbers } from './numbers.ts';

/** A message or campaign while it is written. */
export interface Draft {
  readonly account: string;
  readonly origin: string;
  /** Of a campaign or schedule. */
  readonly name: string;
  /** As they are typed. */
  readonly numbers: string;
  readonly groups: readonly number[];
  /** A file that the box has read; then there are no numbers and groups. */
  readonly file: ImportItem | null;
  readonly text: string;
  /** The template whose text is taken each time; null for a text of its own. */
  readonly templateId: number | null;
  readonly when: 'now' | 'later';
  /** As the browser's own field writes it, in the time of this device. */
  readonly at: string;
  readonly priority: 'normal' | 'high';
  readonly clientRef: string;
  readonly missing: 'skip' | 'blank';
}

export const emptyDraft: Draft = {
  account: '',
  origin: '',
  name: '',
  numbers: '',
  groups: [],
  file: null,
  text: '',
  templateId: null,
  when: 'now',
  at: '',
  priority: 'normal',
  clientRef: '',
  missing: 'skip',
};

/** Numbers that are typed; a longer list becomes a file. */
export const mostTyped = 10_000;

/** What a draft is sent as. */
export type Request =
  | { readonly kind: 'message'; readonly body: CallInput<'send'>['body'] }
  | { readonly kind: 'campaign'; readonly body: CallInput<'campaignPreview'>['body'] };

/** Why a message has to go out as a campaign; null when one request takes it. */
export type CampaignReason = 'file' | 'groups' | 'personal' | 'large';

/** @param most recipients that one request takes. */
export function campaignReason(draft: Draft, most: number): CampaignReason | null {
  if (draft.file !== null) return 'file';
  if (draft.groups.length > 0) return 'groups';
  if (placeholders(draft.text).length > 0) return 'personal';
  return parseNumbers(draft.numbers).length > most ? 'large' : null;
}

/** What the box is asked to send; null while something is missing. */
export function messageOf(draft: Draft): Request | null {
  const to = parseNumbers(draft.numbers);
  if (to.length === 0 || draft.text.trim() === '') return null;
  const at = timeOf(draft);
  if (at === null) return null;
  return {
    kind: 'message',
    body: {
      to: [...to],
      text: draft.text,
      ...(draft.origin === '' ? {} : { origin: draft.origin }),
      ...(at === undefined ? {} : { at }),
      ...(draft.priority === 'high' ? { priority: draft.priority } : {}),
      ...(draft.clientRef.trim() === '' ? {} : { clientRef: draft.clientRef.trim() }),
      ...(draft.account === '' ? {} : { account: draft.account }),
    },
  };
}

/** The same as a campaign. */
export function campaignOf(draft: Draft): Request | null {
  const { file, groups, account, origin, templateId } = draft;
  const numbers = file === null ? parseNumbers(draft.numbers) : [];
  if (file === null && numbers.length + groups.length === 0) return null;
  if (templateId === null && draft.text.trim() === '') return null;
  const at = timeOf(draft);
  if (at === null) return null;
  return {
    kind: 'campaign',
    body: {
      ...(templateId === null ? { text: draft.text } : { templateId }),
      ...(file === null ? { groups: [...groups], numbers: [...numbers] } : { importId: file.id }),
      ...(origin === '' ? {} : { origin }),
      ...(at === undefined ? {} : { at }),
      ...(account === '' ? {} : { account }),
      priority: draft.priority,
      missing: draft.missing,
      invalid: 'skip',
    },
  };
}

/** Whether anything was written that would be lost. */
export function isWritten(draft: Draft): boolean {
  return draft.text !== '' || draft.numbers !== '' || draft.file !== null || draft.groups.length > 0;
}

/** The name of a campaign that nobody named: how its text begins. */
export function nameOf(draft: Draft): string {
  const [first = ''] = draft.text.trim().split('\n', 1);
  return first.length > 48 ? `${first.slice(0, 47).trimEnd()}…` : first;
}

/** When it goes out; undefined for at once, null while that is not said. */
function timeOf({ when, at }: Draft): string | null | undefined {
  if (when === 'now') return undefined;
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
