import type { KeywordItem } from '../../../../server/contract/admin-keywords.ts';
import { phoneNumber } from '../../../i18n/format.ts';
import type { Translate } from '../../../i18n/translate.ts';

const mostNamed = 4;
const longestReply = 60;

/** Which texts a rule fits, as a sentence. */
export function fitWords(rule: KeywordItem, carrierName: (id: number) => string, t: Translate): string {
  const { match, keywords, carriers, answers, hours } = rule;
  const [from = '', to = ''] = hours.split('-');
  const words = t('rules.sentence', {
    what: match === 'any' ? t('rules.fit.any') : t(`rules.fit.${match}`, { keywords: keywordWords(keywords, t) }),
    carriers: carriers.length === 0 ? '' : t('rules.byCarriers', { carriers: carriers.map(carrierName).join(', ') }),
    answers: answers === null ? '' : t('rules.answering', { account: answers }),
    hours: hours === '' ? '' : t('routes.atHours', { from, to }),
  });
  return words.replaceAll(/\s+/gu, ' ').trim();
}

/** What is done with them. */
export function actWords({ reply, forwardTo, account, webhook }: KeywordItem, t: Translate): string {
  return [
    reply === null ? null : t('rules.act.reply', { text: shortened(reply) }),
    forwardTo === null ? null : t('rules.act.forward', { number: phoneNumber(forwardTo) }),
    account === null ? null : t('rules.act.account', { account }),
    webhook === null ? null : t('rules.act.webhook', { webhook }),
  ]
    .filter((words) => words !== null)
    .join(' · ');
}

/** Why an answer is not sent, in the reader's language; the box's own words where the code is not known. */
export function refusalWords(code: string | null, reason: string | null, t: Translate): string | null {
  if (code === null) return reason;
  return t.known(`rules.refused.${code}`) ?? t.known(`error.${code}`) ?? reason;
}

function keywordWords(keywords: readonly string[], t: Translate): string {
  const named = keywords.slice(0, mostNamed).map((keyword) => `“${keyword}”`);
  const rest = keywords.length - named.length;
  return rest === 0 ? named.join(', ') : t('routes.andMore', { numbers: named.join(', '), count: rest });
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/gu, ' ').trim();
  return line.length > longestReply ? `${line.slice(0, longestReply - 1)}…` : line;
}
