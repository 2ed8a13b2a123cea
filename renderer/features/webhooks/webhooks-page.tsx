import { Button } from '@mantine/core';
import type { WebhookItem } from '../../../server/contract/admin-shapes.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { SignatureSamples } from './signature-samples.tsx';
import { WebhookForm } from './webhook-form.tsx';
import { WebhookPanel } from './webhook-panel.tsx';
import { WebhookState } from './webhook-state.tsx';

/** Addresses that are told of events. */
export function WebhooksPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null, delivery = null] = parts;
  const t = useText();
  const account = useAccountChoice();
  const webhooks = useAsk('webhooks', {}, { every: 30_000 });
  const rows = (webhooks.data?.items ?? []).filter((webhook) => account === null || webhook.account === account);
  const closed = `${pathTo('webhooks')}${useKeptQuery()}`;
  const mayChange = useMay('admin');
  const add = mayChange && (
    <Button component={Link} to={pathTo('webhooks', 'new')} leftSection={<Icon name="plus" />}>
      {t('webhooks.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.webhooks')}
      text={t('webhooks.text')}
      actions={add}
      open={open}
      closed={closed}
      panel={
        open === 'new' ? (
          <WebhookForm closed={closed} />
        ) : (
          open !== null && (
            <WebhookPanel
              key={open}
              item={webhooks.data?.items.find(({ id }) => String(id) === open)}
              waiting={webhooks.isPending}
              delivery={delivery}
              closed={closed}
            />
          )
        )
      }
    >
      <ListState
        query={webhooks}
        count={rows.length}
        empty={
          <EmptyState icon="webhook" title={t('webhooks.empty.title')} text={t('webhooks.empty.text')} action={add}>
            <SignatureSamples />
          </EmptyState>
        }
      >
        <WebhookTable rows={rows} open={open} />
      </ListState>
    </ListPage>
  );
}

function WebhookTable({ rows, open }: { readonly rows: readonly WebhookItem[]; readonly open: string | null }) {
  const t = useText();
  const kept = useKeptQuery();
  const { names } = useAccounts();
  const columns: readonly Column<WebhookItem>[] = [
    { key: 'url', title: t('webhooks.url'), cell: (webhook) => webhook.url },
    {
      key: 'events',
      title: t('webhooks.events'),
      width: '120px',
      from: 'wide',
      cell: (webhook) => t('webhooks.eventCount', { count: webhook.events.length }),
    },
    ...(names.length > 1
      ? [
          {
            key: 'account',
            title: t('panel.account'),
            width: '112px',
            from: 'wide' as const,
            cell: (webhook: WebhookItem) => webhook.account,
          },
        ]
      : []),
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '128px',
      cell: (webhook) => <WebhookState state={webhook.state} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.webhooks')}
      rows={rows}
      columns={columns}
      idOf={(webhook) => String(webhook.id)}
      linkOf={(webhook) => `${pathTo('webhooks', webhook.id)}${kept}`}
      selected={open}
    />
  );
}
