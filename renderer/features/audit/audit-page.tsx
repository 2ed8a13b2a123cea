import { Button } from '@mantine/core';
import { adminRoutes } from '../../../server/contract/admin.ts';
import type { AuditItem } from '../../../server/contract/admin-audit.ts';
import { usePages } from '../../api/ask.ts';
import { address } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useFilters, useKeptQuery } from '../../router/filters.ts';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { FullTime } from '../../ui/time.tsx';
import { AuditFilterBar } from './audit-filter-bar.tsx';
import { AuditPanel } from './audit-panel.tsx';
import { ChainState } from './chain-state.tsx';
import { aboutOf, deedOf, doerOf } from './entry-words.ts';
import { filterNames, queryOf } from './filters.ts';
import { OutcomeBadge } from './outcome-badge.tsx';

const pageSize = 50;

/** What people did at the box, and whether the log of it is whole. */
export function AuditPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  const t = useText();
  const filters = useFilters(filterNames);
  const query = queryOf(filters.values);
  const pages = usePages('audit', { query }, pageSize);
  const closed = `${pathTo('audit')}${useKeptQuery()}`;
  return (
    <ListPage
      title={t('nav.audit')}
      text={t('audit.text')}
      open={open}
      closed={closed}
      actions={
        <Button
          component="a"
          href={address(adminRoutes.auditExport, { query })}
          download
          variant="default"
          leftSection={<Icon name="download" />}
        >
          {t('audit.export')}
        </Button>
      }
      filters={
        <>
          <ChainState />
          <AuditFilterBar filters={filters} />
        </>
      }
      panel={
        open !== null && (
          <AuditPanel key={open} id={open} item={pages.items.find(({ id }) => String(id) === open)} closed={closed} />
        )
      }
    >
      <ListState
        query={pages}
        count={pages.items.length}
        empty={
          filters.active ? (
            <EmptyState icon="search" title={t('audit.none.title')} text={t('audit.none.text')} />
          ) : (
            <EmptyState icon="audit" title={t('audit.empty.title')} text={t('audit.empty.text')} />
          )
        }
      >
        <AuditTable rows={pages.items} open={open} />
        <More query={pages} end={t('list.end')} />
      </ListState>
    </ListPage>
  );
}

function AuditTable({ rows, open }: { readonly rows: readonly AuditItem[]; readonly open: string | null }) {
  const t = useText();
  const kept = useKeptQuery();
  const columns: readonly Column<AuditItem>[] = [
    { key: 'what', title: t('audit.what'), cell: (item) => deedOf(item.operation, t) },
    { key: 'who', title: t('audit.who'), width: '144px', cell: (item) => doerOf(item.who, t) },
    { key: 'target', title: t('audit.target'), width: '208px', from: 'wide', cell: aboutOf },
    {
      key: 'outcome',
      title: t('audit.outcome'),
      width: '128px',
      cell: (item) => <OutcomeBadge item={item} />,
    },
    {
      key: 'at',
      title: t('audit.when'),
      width: '184px',
      align: 'end',
      from: 'wide',
      cell: (item) => <FullTime iso={item.at} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.audit')}
      rows={rows}
      columns={columns}
      idOf={(item) => String(item.id)}
      linkOf={(item) => `${pathTo('audit', item.id)}${kept}`}
      selected={open}
    />
  );
}
