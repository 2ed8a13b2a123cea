import type { RouteItem } from '../../../server/contract/admin-routing.ts';
import { percent } from '../../i18n/format.ts';
import type { Language, Translate } from '../../i18n/translate.ts';

/** Beginnings of numbers beyond which they are counted. */
const mostNamed = 4;

/** What a route is about, as a sentence: "One-time codes of Sales to +66". */
export function aboutWords(route: RouteItem, t: Translate): string {
  const { account, sender, purpose, link, prefixes, hours } = route;
  const [from = '', to = ''] = hours.split('-');
  const words = t('routes.sentence', {
    what: t(`routes.what.${purpose ?? 'any'}`),
    account: account === null ? '' : t('routes.ofAccount', { account }),
    sender: sender === null ? '' : t('routes.fromSender', { sender }),
    prefixes: prefixes.length === 0 ? '' : t('routes.toNumbers', { numbers: numbersIn(prefixes, t) }),
    link: link === null ? '' : t(link ? 'routes.withLink' : 'routes.withoutLink'),
    hours: hours === '' ? '' : t('routes.atHours', { from, to }),
  });
  return words.replaceAll(/\s+/gu, ' ').trim();
}

/** Who carries it: "SIM 1, then SMPP", or the shares of each. */
export function wayWords({ mode, carriers }: RouteItem, language: Language, t: Translate): string {
  const names = carriers.map(({ name }) => name);
  if (mode === 'order') return names.join(t('routes.then'));
  const whole = carriers.reduce((sum, { weight }) => sum + weight, 0);
  return carriers.map(({ name, weight }) => `${name} ${percent(weight, whole, language)}`).join(' + ');
}

function numbersIn(prefixes: readonly string[], t: Translate): string {
  const named = prefixes.slice(0, mostNamed).map((prefix) => `+${prefix}`);
  const rest = prefixes.length - named.length;
  return rest === 0 ? named.join(', ') : t('routes.andMore', { numbers: named.join(', '), count: rest });
}
