import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import type { BoxStatus } from '../../server/contract/admin-shapes.ts';
import type { BackupState } from '../../server/contract/admin-backups.ts';
import { useAsk } from '../api/ask.ts';
import { useMay } from '../api/session.ts';
import { duration, hourOf } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language-context.tsx';
import type { Language, Translate } from '../i18n/translate.ts';
import { carrierWords } from '../ui/reason-words.ts';
import { pathTo } from '../router/routes.ts';
import { useNow } from '../ui/clock.ts';
import { standingOf } from './backup-standing.ts';
import { useStatus } from './status.ts';

/** Something that waits for a person: what is the matter, and where it is dealt with. */
export interface Matter {
  readonly key: string;
  readonly tone: 'red' | 'orange' | 'blue';
  readonly text: string;
  readonly to: string;
}

/** A queue whose first message has waited so long is no passing thing. */
const longWaitMs = 10 * 60_000;

/** Everything that asks for somebody, the worst first. */
export function useMatters(): readonly Matter[] {
  const { language, t } = useLanguage();
  const admin = useMay('admin');
  const now = useNow();
  const status = useStatus();
  const senders = useAsk('senders', {});
  const webhooks = useAsk('webhooks', {});
  const accounts = useAsk('accounts', {});
  const orders = useAsk('orders', { query: { state: 'requested' } });
  const backups = useAsk('backups', {}, { enabled: admin, every: 300_000 });
  const matters: Matter[] = [];
  if (status.data !== undefined) {
    for (const carrier of status.data.carriers) matters.push(...mattersOfCarrier(carrier, language, t));
    matters.push(...mattersOfBox(status.data, { admin, language, t }));
  }
  for (const { name, metered, balance, lowCreditThreshold } of accounts.data?.items ?? []) {
    if (!metered || balance >= Math.max(1, lowCreditThreshold ?? 0)) continue;
    const text =
      balance <= 0 ? t('attention.noCredits', { name }) : t('attention.lowCredits', { name, count: balance });
    const to = `${pathTo('credits')}?account=${encodeURIComponent(name)}`;
    matters.push({ key: `credits ${name}`, tone: 'orange', text, to });
  }
  for (const { id, url, state } of webhooks.data?.items ?? []) {
    if (state !== 'disabled') continue;
    const text = t('attention.webhook', { host: hostOf(url) });
    matters.push({ key: `webhook ${id}`, tone: 'red', text, to: pathTo('webhooks', id) });
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
    const text = t('attention.orders', { count: ordered });
    matters.push({ key: 'orders', tone: 'blue', text, to: pathTo('credits', 'orders') });
  }
  if (backups.data !== undefined) matters.push(...mattersOfBackups(backups.data, now, { admin, language, t }));
  const order = { red: 0, orange: 1, blue: 2 };
  return matters.toSorted((a, b) => order[a.tone] - order[b.tone]);
}

/** A carrier that is out of service, has to be looked at, or has sent all that it may. */
export function mattersOfCarrier(carrier: CarrierItem, language: Language, t: Translate): Matter[] {
  const { id, name, state, enabled, usage, facts } = carrier;
  if (!enabled) return [];
  const to = pathTo('carriers', id);
  if (state === 'faulty' || state === 'stopped') {
    const words = carrierWords(carrier, Date.now(), language, t);
    const text = words === '' ? t('health.faulty', { name }) : `${name}: ${words}`;
    return [{ key: `carrier ${id}`, tone: 'red', text, to }];
  }
  const matters: Matter[] = [];
  const full = usage.find(({ period, used, limit }) => period !== 'minute' && limit !== null && used >= limit);
  if (full !== undefined) {
    const text = t(`attention.quota.${full.period}`, { name, time: hourOf(full.endsAt, language) });
    matters.push({ key: `quota ${id}`, tone: 'orange', text, to });
  }
  const warning = facts['warning'];
  if (typeof warning === 'string' && warning !== '') {
    matters.push({ key: `warning ${id}`, tone: 'orange', text: `${name}: ${warning}`, to });
  }
  return matters;
}

interface Reader {
  readonly admin: boolean;
  readonly language: Language;
  readonly t: Translate;
}

function mattersOfBox({ carriers, oldestQueuedMs }: BoxStatus, { admin, language, t }: Reader): Matter[] {
  const matters: Matter[] = [];
  if (carriers.length === 0) {
    const to = pathTo(admin ? 'welcome' : 'carriers');
    matters.push({ key: 'no carrier', tone: 'orange', text: t('attention.noCarrier'), to });
  } else if (carriers.every(({ enabled }) => !enabled)) {
    matters.push({ key: 'all off', tone: 'orange', text: t('attention.allOff'), to: pathTo('carriers') });
  }
  if (oldestQueuedMs !== null && oldestQueuedMs >= longWaitMs) {
    const text = t('attention.queue', { time: duration(oldestQueuedMs, language) });
    matters.push({ key: 'queue', tone: 'orange', text, to: `${pathTo('messages')}?status=pending` });
  }
  return matters;
}

/** A restored box is told of for so long. */
const restoredMs = 14 * 86_400_000;

/** Backups that fail or are old, and what a restore left for somebody to decide. */
export function mattersOfBackups(state: BackupState, now: number, { language, t }: Reader): Matter[] {
  const to = pathTo('backups');
  const matters: Matter[] = [];
  const standing = standingOf(state, now);
  const age = duration(now - Date.parse(state.items[0]?.madeAt ?? ''), language);
  if (standing === 'failed') matters.push({ key: 'backup', tone: 'red', text: t('attention.backupFailed'), to });
  if (standing === 'old')
    matters.push({ key: 'backup', tone: 'orange', text: t('attention.backupOld', { time: age }), to });
  if (standing === 'none' && state.next === null)
    matters.push({ key: 'backup', tone: 'orange', text: t('attention.backupNone'), to });
  const { restored } = state;
  if (restored !== null && now - Date.parse(restored.at) < restoredMs && restored.recipients + restored.campaigns > 0)
    matters.push({ key: 'restored', tone: 'orange', text: t('attention.restored'), to });
  return matters;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
