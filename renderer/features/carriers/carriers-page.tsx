import { Button } from '@mantine/core';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { Signal } from '../../ui/signal.tsx';
import { useToast } from '../../ui/toast.tsx';
import { CarrierForm } from './carrier-form.tsx';
import { CarrierPanel } from './carrier-panel.tsx';

const readAgainAfter = 5_000;

/** What messages leave through: how each is, what it has sent, and whether it works. */
export function CarriersPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  const t = useText();
  const carriers = useAsk('carriers', {}, { every: readAgainAfter });
  const rows = carriers.data?.items ?? [];
  const closed = pathTo('carriers');
  return (
    <ListPage
      title={t('nav.carriers')}
      text={t('carriers.text')}
      actions={
        <>
          <AddSimulator quiet />
          <AddCarrier />
        </>
      }
      open={open}
      closed={closed}
      panel={
        open === 'new' ? (
          <CarrierForm closed={closed} />
        ) : (
          open !== null && (
            <CarrierPanel
              key={open}
              item={rows.find(({ id }) => String(id) === open)}
              waiting={carriers.isPending}
              closed={closed}
            />
          )
        )
      }
    >
      <ListState query={carriers} count={rows.length} empty={<Empty />}>
        <CarrierTable rows={rows} open={open} />
      </ListState>
    </ListPage>
  );
}

function Empty() {
  const t = useText();
  return (
    <EmptyState icon="carrier" title={t('health.noCarrier')} text={t('carriers.empty.text')} action={<AddCarrier />}>
      <CodeBlock label={t('messages.empty.command')} code="npx sepsms-box carrier add modem" />
    </EmptyState>
  );
}

function AddCarrier() {
  const t = useText();
  const mayAdd = useMay('admin');
  if (!mayAdd) return null;
  return (
    <Button component={Link} to={pathTo('carriers', 'new')} leftSection={<Icon name="plus" />}>
      {t('carriers.add')}
    </Button>
  );
}

/** A modem that sends nothing, for trying things out. */
function AddSimulator({ quiet = false }: { readonly quiet?: boolean }) {
  const t = useText();
  const say = useToast();
  const add = useAct('carrierAdd', ['carriers', 'status']);
  const mayAdd = useMay('admin');
  if (!mayAdd) return null;
  return (
    <Button
      variant={quiet ? 'default' : 'filled'}
      loading={add.isPending}
      onClick={() =>
        add.mutate(
          { body: { kind: 'simulator' } },
          { onSuccess: (carrier) => say(t('carriers.added', { name: carrier.name })) },
        )
      }
    >
      {t('carriers.addSimulator')}
    </Button>
  );
}

function CarrierTable({ rows, open }: { readonly rows: readonly CarrierItem[]; readonly open: string | null }) {
  const { language, t } = useLanguage();
  const columns: readonly Column<CarrierItem>[] = [
    { key: 'name', title: t('carriers.name'), cell: (carrier) => carrier.name },
    {
      key: 'kind',
      title: t('carriers.kind'),
      width: '152px',
      from: 'wide',
      cell: (carrier) => t(`carriers.kindName.${carrier.kind}`),
    },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '120px',
      cell: (carrier) => <CarrierState state={carrier.state} />,
    },
    {
      key: 'today',
      title: t('carriers.today'),
      width: '120px',
      align: 'end',
      cell: (carrier) => wholeNumber(carrier.usage.find((one) => one.period === 'day')?.used ?? 0, language),
    },
    {
      key: 'signal',
      title: t('carriers.signal'),
      width: '80px',
      from: 'wide',
      cell: (carrier) => <Signal dbm={carrier.facts['signalDbm']} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.carriers')}
      rows={rows}
      columns={columns}
      idOf={(carrier) => String(carrier.id)}
      linkOf={(carrier) => pathTo('carriers', carrier.id)}
      selected={open}
    />
  );
}
