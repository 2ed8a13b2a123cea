import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { useStatus } from '../../layout/status.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import classes from './dashboard.module.css';

interface Matter {
  readonly key: string;
  readonly tone: 'red' | 'orange' | 'blue';
  readonly text: string;
  /** Where it is dealt with. */
  readonly to: string;
}

/** What waits for a person; nothing at all when nothing does. */
export function Attention() {
  const t = useText();
  const matters = useMatters(t);
  if (matters.length === 0) return null;
  return (
    <ul className={classes.matters} aria-label={t('attention.label')}>
      {matters.map((matter) => (
        <li key={matter.key} data-tone={matter.tone}>
          <Icon name={matter.tone === 'blue' ? 'info' : 'alert'} />
          <Link to={matter.to}>{matter.text}</Link>
          <Icon name="chevron" size={12} />
        </li>
      ))}
    </ul>
  );
}

function useMatters(t: Translate): readonly Matter[] {
  const admin = useMay('admin');
  const status = useStatus();
  const senders = useAsk('senders', {});
  const webhooks = useAsk('webhooks', {});
  const accounts = useAsk('accounts', {});
  const orders = useAsk('orders', { query: { state: 'requested' } });
  const matters: Matter[] = [];
  for (const { id, name, state, reason, enabled } of status.data?.carriers ?? []) {
    if (enabled && (state === 'faulty' || state === 'stopped')) {
      const text = reason === '' ? t('health.faulty', { name }) : `${name}: ${reason}`;
      matters.push({ key: `carrier ${id}`, tone: 'red', text, to: pathTo('carriers', id) });
    }
  }
  if (status.data?.carriers.length === 0) {
    matters.push({
      key: 'no carrier',
      tone: 'orange',
      text: t('attention.noCarrier'),
      to: pathTo(admin ? 'welcome' : 'carriers'),
    });
  }
  for (const { name, metered, balance, lowCreditThreshold } of accounts.data?.items ?? []) {
    if (!metered || balance >= Math.max(1, lowCreditThreshold ?? 0)) continue;
    const text =
      balance <= 0 ? t('attention.noCredits', { name }) : t('attention.lowCredits', { name, count: balance });
    matters.push({
      key: `credits ${name}`,
      tone: 'orange',
      text,
      to: `${pathTo('credits')}?account=${encodeURIComponent(name)}`,
    });
  }
  for (const { id, url, state } of webhooks.data?.items ?? []) {
    if (state !== 'disabled') continue;
    matters.push({
      key: `webhook ${id}`,
      tone: 'red',
      text: t('attention.webhook', { host: hostOf(url) }),
      to: pathTo('webhooks', id),
    });
  }
  const asked = senders.data?.items.filter((sender) => sender.state === 'requested').length ?? 0;
  if (admin && asked > 0) {
    matters.push({
      key: 'senders',
      tone: 'blue',
      text: t('attention.senders', { count: asked }),
      to: pathTo('senders'),
    });
  }
  const ordered = orders.data?.items.length ?? 0;
  if (admin && ordered > 0) {
    matters.push({
      key: 'orders',
      tone: 'blue',
      text: t('attention.orders', { count: ordered }),
      to: pathTo('credits', 'orders'),
    });
  }
  return matters;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
