import { Button } from '@mantine/core';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { useNow } from '../../ui/clock.ts';
import { carrierWords } from '../../ui/reason-words.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Signal } from '../../ui/signal.tsx';
import { CarrierPanel } from './carrier-panel.tsx';
import { CarrierReady } from './carrier-ready.tsx';
import classes from './carriers.module.css';
import { NewCarrier } from './new-carrier.tsx';
import { useCarriers } from './use-carriers.ts';

/** What messages leave through: how each is, what it has sent, and whether it works. */
export function CarriersPage({ parts }: { readonly parts: readonly string[] }) {
  const [open, part] = parts;
  const mayAdd = useMay('admin');
  if (open === 'new' && mayAdd) return <NewCarrier choice={part} />;
  if (part === 'ready' && /^\d{1,9}$/u.test(open ?? '')) return <CarrierReady id={Number(open)} />;
  return <CarrierList open={open ?? null} tab={part} />;
}

function CarrierList({ open, tab }: { readonly open: string | null; readonly tab: string | undefined }) {
  const t = useText();
  const carriers = useCarriers();
  const rows = carriers.data?.items ?? [];
  const closed = pathTo('carriers');
  return (
    <ListPage
      title={t('nav.carriers')}
      text={t('carriers.text')}
      actions={<AddCarrier />}
      open={open}
      closed={closed}
      panel={
        open !== null && (
          <CarrierPanel
            key={open}
            item={rows.find(({ id }) => String(id) === open)}
            waiting={carriers.isPending}
            closed={closed}
            tab={tab}
          />
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
    <EmptyState icon="carrier" title={t('health.noCarrier')} text={t('carriers.empty.text')} action={<AddCarrier />} />
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

function CarrierTable({ rows, open }: { readonly rows: readonly CarrierItem[]; readonly open: string | null }) {
  const { language, t } = useLanguage();
  const columns: readonly Column<CarrierItem>[] = [
    { key: 'name', title: t('carriers.name'), cell: (carrier) => carrier.name },
    {
      key: 'kind',
      title: t('carriers.kind'),
      width: '136px',
      from: 'wide',
      cell: (carrier) => t(`carriers.kindName.${carrier.kind}`),
    },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '128px',
      cell: (carrier) => <CarrierState state={carrier.state} />,
    },
    {
      key: 'reason',
      title: t('carriers.reason'),
      width: 'minmax(0, 2fr)',
      from: 'wide',
      cell: (carrier) => <Reason carrier={carrier} />,
    },
    {
      key: 'signal',
      title: t('carriers.signal'),
      width: '80px',
      from: 'wide',
      cell: (carrier) => <Signal dbm={carrier.facts['signalDbm']} />,
    },
    {
      key: 'today',
      title: t('carriers.today'),
      width: '128px',
      align: 'end',
      cell: (carrier) => <Today carrier={carrier} language={language} />,
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

/** Why it does not send, or what to look at though it does. */
function Reason({ carrier }: { readonly carrier: CarrierItem }) {
  const { language, t } = useLanguage();
  const now = useNow();
  const { state, facts } = carrier;
  const words =
    state === 'ready'
      ? facts['warning']
      : state === 'disabled' || state === 'paused'
        ? t(`carriers.means.${state}`)
        : carrierWords(carrier, now, language, t);
  if (typeof words !== 'string' || words === '') return null;
  const tone = state === 'faulty' ? 'red' : state === 'waiting' || state === 'ready' ? 'orange' : 'grey';
  return (
    <span className={classes.reason} data-tone={tone} title={words}>
      {words}
    </span>
  );
}

/** Parts sent today, beside the limit of the day where there is one. */
function Today({
  carrier,
  language,
}: {
  readonly carrier: CarrierItem;
  readonly language: Parameters<typeof wholeNumber>[1];
}) {
  const t = useText();
  const day = carrier.usage.find(({ period }) => period === 'day');
  if (day === undefined) return null;
  const used = wholeNumber(day.used, language);
  if (day.limit === null) return used;
  return (
    <span className={classes.usage}>
      {t('carriers.ofQuota', { used, limit: wholeNumber(day.limit, language) })}
      <Meter value={day.used} most={day.limit} label={t('carriers.today')} />
    </span>
  );
}
