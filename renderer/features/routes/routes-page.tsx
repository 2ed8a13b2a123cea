import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { RouteItem } from '../../../server/contract/admin-routing.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { OrderedList } from '../../ui/ordered-list.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { routeFault } from './route-faults.ts';
import type { KnownCarrier } from './route-faults.ts';
import { RouteForm } from './route-form.tsx';
import { RouteLine } from './route-line.tsx';
import { RoutePanel } from './route-panel.tsx';
import { RouteTrial } from './route-trial.tsx';
import classes from './routes.module.css';

/** The routes in reading order: which messages go by which carriers. */
export function RoutesPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  const t = useText();
  const routes = useAsk('routes', {});
  const carriers = useAsk('carriers', {});
  const rows = routes.data?.items ?? [];
  // Until it is known which carriers there are, none is called gone.
  const known = carriers.data?.items ?? null;
  const closed = pathTo('routes');
  return (
    <ListPage
      title={t('nav.routes')}
      text={t('routes.text')}
      actions={<PageActions />}
      open={open}
      closed={closed}
      panel={open !== null && <Panel key={open} open={open} rows={rows} known={known} waiting={routes.isPending} />}
    >
      <ListState query={routes} count={rows.length} empty={<Empty />}>
        <RouteList rows={rows} open={open} known={known} />
      </ListState>
    </ListPage>
  );
}

function PageActions() {
  const t = useText();
  const mayTry = useMay('operator');
  const mayAdd = useMay('admin');
  return (
    <>
      {mayTry && (
        <Button variant="default" component={Link} to={pathTo('routes', 'try')}>
          {t('routes.try')}
        </Button>
      )}
      {mayAdd && <AddRoute />}
    </>
  );
}

function AddRoute() {
  const t = useText();
  return (
    <Button component={Link} to={pathTo('routes', 'new')} leftSection={<Icon name="plus" />}>
      {t('routes.add')}
    </Button>
  );
}

function Empty() {
  const t = useText();
  const mayAdd = useMay('admin');
  return (
    <EmptyState
      icon="route"
      title={t('routes.empty.title')}
      text={t('routes.empty.text')}
      action={mayAdd && <AddRoute />}
    />
  );
}

interface RouteListProps {
  readonly rows: readonly RouteItem[];
  readonly open: string | null;
  readonly known: readonly KnownCarrier[] | null;
}

function RouteList({ rows, open, known }: RouteListProps) {
  const t = useText();
  const client = useQueryClient();
  const mayOrder = useMay('admin');
  const order = useAct('routeOrder', ['routes']);
  return (
    <>
      {order.isError && <FaultLine error={order.error} />}
      <OrderedList
        label={t('nav.routes')}
        rows={rows}
        idOf={(route) => route.id}
        nameOf={(route) => route.name}
        linkOf={(route) => pathTo('routes', route.id)}
        selected={open}
        onOrder={
          mayOrder
            ? (ids) =>
                order.mutate({ body: { ids } }, { onSuccess: (answer) => client.setQueryData(['routes', {}], answer) })
            : null
        }
      >
        {(route) => <RouteLine route={route} fault={known === null ? null : routeFault(route, rows, known)} />}
      </OrderedList>
      <Rest known={known} />
    </>
  );
}

/** What happens to messages that no route is about. */
function Rest({ known }: { readonly known: readonly KnownCarrier[] | null }) {
  const t = useText();
  const nobody = known?.every(({ enabled }) => !enabled) === true;
  return (
    <p className={classes.rest}>
      <span>{t('routes.rest')}</span> <span className={classes.arrow}>→</span>{' '}
      {t(nobody ? 'routes.restNobody' : 'routes.restAll')}
    </p>
  );
}

interface PanelProps {
  readonly open: string;
  readonly rows: readonly RouteItem[];
  readonly known: readonly KnownCarrier[] | null;
  readonly waiting: boolean;
}

function Panel({ open, rows, known, waiting }: PanelProps) {
  const t = useText();
  const mayAdd = useMay('admin');
  const mayTry = useMay('operator');
  const closed = pathTo('routes');
  if (open === 'try' && mayTry) return <RouteTrial closed={closed} />;
  if (open === 'new' && mayAdd) {
    return (
      <SidePanel label={t('routes.add')} head={<h2>{t('routes.add')}</h2>} closed={closed}>
        <RouteForm route={null} closed={closed} />
      </SidePanel>
    );
  }
  const route = rows.find(({ id }) => String(id) === open);
  const fault = route === undefined || known === null ? null : routeFault(route, rows, known);
  return <RoutePanel route={route} routes={rows} fault={fault} waiting={waiting} closed={closed} />;
}
