import type { KeywordItem } from '../../../../server/contract/admin-keywords.ts';
import { placeholders } from '../../../../server/contract/text-rules.ts';
import type { CallInput } from '../../../api/call.ts';
import type { Translate } from '../../../i18n/translate.ts';

/** A rule as its form has it; an empty text stands for any, or for not doing it. */
export interface RuleDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly match: KeywordItem['match'];
  readonly keywords: string;
  readonly carriers: readonly number[];
  readonly answers: string;
  readonly from: string;
  readonly to: string;
  readonly reply: string;
  readonly origin: string;
  readonly forwardTo: string;
  readonly account: string;
  readonly webhook: string;
}

type RuleBody = CallInput<'keywordAdd'>['body'];

export const matches = ['exact', 'first', 'contains', 'any'] as const satisfies readonly KeywordItem['match'][];
export const blankRule: RuleDraft = {
  name: '',
  enabled: true,
  match: 'exact',
  keywords: '',
  carriers: [],
  answers: '',
  from: '',
  to: '',
  reply: '',
  origin: '',
  forwardTo: '',
  account: '',
  webhook: '',
};
const longestKeyword = 40;
/** What may stand in an answer. */
const fillable = ['from', 'text', 'time'];

export function draftOf(rule: KeywordItem): RuleDraft {
  const [from = '', to = ''] = rule.hours.split('-');
  return {
    name: rule.name,
    enabled: rule.enabled,
    match: rule.match,
    keywords: rule.keywords.join('\n'),
    carriers: rule.carriers,
    answers: rule.answers ?? '',
    from,
    to,
    reply: rule.reply ?? '',
    origin: rule.origin ?? '',
    forwardTo: rule.forwardTo ?? '',
    account: rule.account ?? '',
    webhook: rule.webhook === null ? '' : String(rule.webhook),
  };
}

export function bodyOf(draft: RuleDraft): RuleBody {
  return {
    name: draft.name.trim(),
    enabled: draft.enabled,
    match: draft.match,
    keywords: draft.match === 'any' ? [] : keywordsIn(draft.keywords),
    carriers: [...draft.carriers],
    answers: textOrNull(draft.answers),
    hours: draft.from === '' ? '' : `${draft.from}-${draft.to}`,
    account: textOrNull(draft.account),
    reply: textOrNull(draft.reply),
    origin: draft.reply === '' ? null : textOrNull(draft.origin),
    forwardTo: textOrNull(draft.forwardTo.trim()),
    webhook: draft.webhook === '' ? null : Number(draft.webhook),
  };
}

/** What is wrong with a draft, by field. */
export function faultsOf(draft: RuleDraft, t: Translate) {
  const keywords = keywordsIn(draft.keywords);
  const long = keywords.find((keyword) => keyword.length > longestKeyword);
  const unknown = placeholders(draft.reply).find((name) => !fillable.includes(name));
  const { reply, forwardTo, account, webhook } = draft;
  const idle = [reply, forwardTo, account, webhook].every((text) => text.trim() === '');
  return {
    name: draft.name.trim() === '' ? t('field.required') : null,
    keywords:
      draft.match === 'any'
        ? null
        : keywords.length === 0
          ? t('rules.keywordFault')
          : long === undefined
            ? null
            : t('rules.keywordLong', { keyword: long }),
    to: hoursFault(draft, t),
    reply:
      unknown === undefined ? (idle ? t('rules.idleFault') : null) : t('rules.placeholderFault', { name: unknown }),
  };
}

/** An answer as somebody would get it. */
export function filledReply(reply: string, { text, time }: { readonly text: string; readonly time: string }): string {
  const values: Readonly<Record<string, string>> = { from: '66812345678', text, time };
  return reply.replaceAll(/\{(\w+)\}/gu, (slot, name: string) => values[name] ?? slot);
}

export function keywordsIn(text: string): string[] {
  const words = text.split(/[\n,;]+/u).map((keyword) => keyword.trim());
  return [...new Set(words.filter((keyword) => keyword !== ''))];
}

function hoursFault({ from, to }: RuleDraft, t: Translate): string | null {
  if (from === '' && to === '') return null;
  if (from === '' || to === '') return t('routes.hoursHalf');
  return from === to ? t('routes.hoursEmpty') : null;
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text;
}
