import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OrderItem } from '../../../server/contract/admin-credits.ts';
import { usePages } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import type { Tone } from '../../ui/states.ts';
import { RelativeTime } from '../../ui/time.tsx';
import classes from './credits.module.css';
import { DecideOrder } from './decide-order.tsx';
import type { Decision } from './decide-order.tsx';

const pageSize = 50;

const looks: Readonly<Record<OrderItem['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  requested: { tone: 'blue', icon: 'question' },
  ordered: { tone: 'blue', icon: 'clock' },
  completed: { tone: 'green', icon: 'tick' },
  rejected: { tone: 'red', icon: 'cross' },
  cancelled: { tone: 'grey', icon: 'slash' },
};

/** Orders of credits, newest first, with what can be decided about those that are open. */
export function Orders({ account }: { readonly account: string }) {
  const { language, t } = useLanguage();
  const orders = usePages('orders', { query: account === '' ? {} : { account } }, pageSize);
  const [decision, setDecision] = useState<Decision | null>(null);
  const columns: readonly Column<OrderItem>[] = [
    {
      key: 'id',
      title: t('credits.orderColumn'),
      width: '96px',
      cell: (order) => t('credits.ofOrder', { number: String(order.id) }),
    },
    {
      key: 'credits',
      title: t('panel.credits'),
      width: '88px',
      align: 'end',
      cell: (order) => wholeNumber(order.credits, language),
    },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '144px',
      cell: (order) => <Badge {...looks[order.state]}>{t(`credits.state.${order.state}`)}</Badge>,
    },
    { key: 'by', title: t('credits.by'), width: '112px', from: 'wide', cell: (order) => order.requestedBy },
    { key: 'note', title: t('credits.note'), from: 'wide', cell: (order) => order.reason ?? order.note },
    {
      key: 'at',
      title: t('messages.column.time'),
      width: '112px',
      cell: (order) => <RelativeTime iso={order.requestedAt} />,
    },
    { key: 'act', title: '', width: '196px', cell: (order) => <Buttons order={order} onDecide={setDecision} /> },
  ];
  return (
    <ListState
      query={orders}
      count={orders.items.length}
      empty={<EmptyState icon="credits" title={t('credits.noOrders.title')} text={t('credits.noOrders.text')} />}
    >
      <DataTable label={t('credits.orders')} rows={orders.items} columns={columns} idOf={(order) => String(order.id)} />
      <More query={orders} end={t('list.end')} />
      {decision !== null && <DecideOrder decision={decision} onClose={() => setDecision(null)} />}
    </ListState>
  );
}

function Buttons({ order, onDecide }: { readonly order: OrderItem; readonly onDecide: (decision: Decision) => void }) {
  const t = useText();
  const mayDecide = useMay('admin');
  const mayCancel = useMay('operator');
  if (order.state !== 'requested' && order.state !== 'ordered') return null;
  return (
    <span className={classes.buttons}>
      {mayDecide && (
        <Button size="compact-sm" onClick={() => onDecide({ order, act: 'complete' })}>
          {t('credits.complete')}
        </Button>
      )}
      {mayDecide && order.state === 'requested' && (
        <Button size="compact-sm" variant="default" onClick={() => onDecide({ order, act: 'reject' })}>
          {t('credits.reject')}
        </Button>
      )}
      {(mayDecide ? order.state === 'ordered' : mayCancel && order.state === 'requested') && (
        <Button size="compact-sm" variant="default" onClick={() => onDecide({ order, act: 'cancel' })}>
          {t('credits.cancel')}
        </Button>
      )}
    </span>
  );
}
