import { Button } from '@mantine/core';
import type { WebhookItem } from '../../../server/contract/admin-shapes.ts';
import type { DeliveryItem } from '../../../server/contract/webhook-shapes.ts';
import { useAct, usePages } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { seconds } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { FullTime, RelativeTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './deliveries.module.css';
import { DeliveryState } from './webhook-state.tsx';

interface DeliveriesProps {
  readonly endpoint: WebhookItem;
  /** The delivery that the address has open. */
  readonly open: string | null;
}

const pageSize = 25;

/** What was posted, newest first; one that is opened shows each attempt. */
export function Deliveries({ endpoint, open }: DeliveriesProps) {
  const t = useText();
  const kept = useKeptQuery();
  const deliveries = usePages('webhookDeliveries', { params: { id: endpoint.id } }, pageSize);
  return (
    <ListState
      query={deliveries}
      count={deliveries.items.length}
      empty={<p className={classes.quiet}>{t('webhooks.noDeliveries')}</p>}
    >
      <ul>
        {deliveries.items.map((item) => {
          const isOpen = item.id === open;
          return (
            <li key={item.id} className={classes.item}>
              <div className={classes.line}>
                <Link
                  to={`${pathTo('webhooks', endpoint.id, isOpen ? null : item.id)}${kept}`}
                  className={classes.toggle}
                  aria-expanded={isOpen}
                >
                  <Icon name="chevron" size={12} />
                  <span>{item.event}</span>
                </Link>
                <span className={classes.time}>
                  <RelativeTime iso={item.createdAt} />
                </span>
                <DeliveryState state={item.state} />
              </div>
              {isOpen && <Attempts endpoint={endpoint} item={item} />}
            </li>
          );
        })}
      </ul>
      <More query={deliveries} />
    </ListState>
  );
}

function Attempts({ endpoint, item }: { readonly endpoint: WebhookItem; readonly item: DeliveryItem }) {
  const { language, t } = useLanguage();
  const say = useToast();
  const mayReplay = useMay('operator');
  const replay = useAct('webhookReplay', ['webhookDeliveries']);
  return (
    <div className={classes.inside}>
      <p className={classes.quiet}>
        <code>{item.id}</code> <CopyButton value={item.id} what="X-Webhook-Id" />
      </p>
      <ol>
        {item.attempts.map((attempt) => (
          <li key={attempt.at} className={classes.attempt}>
            <FullTime iso={attempt.at} />
            <span>
              {attempt.status === null ? (attempt.error ?? t('webhooks.noAnswer')) : `HTTP ${attempt.status}`}
            </span>
            <span>{seconds(attempt.durationMs, language)}</span>
          </li>
        ))}
      </ol>
      {item.attempts.length === 0 && <p className={classes.quiet}>{t('webhooks.noAttempts')}</p>}
      {item.nextAt !== null && (
        <p className={classes.quiet}>
          {t('webhooks.next')} <RelativeTime iso={item.nextAt} />
        </p>
      )}
      {replay.isError && <FaultLine error={replay.error} />}
      {mayReplay && item.state !== 'pending' && (
        <div>
          <Button
            size="xs"
            variant="default"
            loading={replay.isPending}
            onClick={() =>
              replay.mutate(
                { params: { id: endpoint.id, delivery: item.id } },
                { onSuccess: () => say(t('webhooks.replayed', { count: 1 })) },
              )
            }
          >
            {t('webhooks.replay')}
          </Button>
        </div>
      )}
    </div>
  );
}
