import { Button } from '@mantine/core';
import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { useAsk, usePages } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { useAccountChoice } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { ContactTabs } from './contact-tabs.tsx';
import { ImportState, paceOf } from './import-state.tsx';
import { ofAccount } from './use-found.ts';

const pageSize = 20;

/** Files that became contacts, or will; the newest first. */
export function ImportList() {
  const t = useText();
  const account = useAccountChoice();
  const imports = usePages('imports', { query: ofAccount(account) }, pageSize);
  const rows = useMoving(imports.items);
  const mayChange = useMay('operator');
  const add = mayChange && (
    <Button component={Link} to={pathTo('contacts', 'imports', 'new')} leftSection={<Icon name="plus" />}>
      {t('imports.new')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.contacts')}
      text={t('imports.text')}
      actions={add}
      filters={
        <FilterBar active={false} onClear={() => {}}>
          <ContactTabs current="imports" />
          <AccountFilter />
        </FilterBar>
      }
    >
      <ListState
        query={imports}
        count={rows.length}
        empty={<EmptyState icon="file" title={t('imports.empty.title')} text={t('imports.empty.text')} action={add} />}
      >
        <ImportTable rows={rows} />
        <More query={imports} end={t('imports.kept')} />
      </ListState>
    </ListPage>
  );
}

/** The rows, those that move as they are now: one question a moving row would be many, so the newest page is asked. */
function useMoving(rows: readonly ImportItem[]): readonly ImportItem[] {
  const account = useAccountChoice();
  const newest = useAsk(
    'imports',
    { query: { ...ofAccount(account), limit: pageSize } },
    { enabled: paceOf(rows) !== false, every: (answer) => paceOf(answer?.items ?? rows) },
  );
  const now = new Map((newest.data?.items ?? []).map((item) => [item.id, item]));
  return rows.map((row) => now.get(row.id) ?? row);
}

function ImportTable({ rows }: { readonly rows: readonly ImportItem[] }) {
  const { language, t } = useLanguage();
  const number = (value: number) => wholeNumber(value, language);
  const columns: readonly Column<ImportItem>[] = [
    { key: 'file', title: t('imports.file'), cell: (item) => item.fileName },
    { key: 'state', title: t('contacts.state'), width: '152px', cell: (item) => <ImportState state={item.state} /> },
    {
      key: 'done',
      title: t('imports.lines'),
      width: '144px',
      align: 'end',
      cell: (item) =>
        item.state === 'done' || item.state === 'ready'
          ? number(item.rows)
          : t('progress.of', { done: item.doneRows, total: item.rows }),
    },
    {
      key: 'problems',
      title: t('imports.leftOut'),
      width: '88px',
      align: 'end',
      cell: (item) => number(item.problems),
    },
    { key: 'by', title: t('imports.by'), width: '120px', from: 'wide', cell: (item) => item.createdBy },
    {
      key: 'created',
      title: t('imports.when'),
      width: '120px',
      from: 'wide',
      cell: (item) => <RelativeTime iso={item.createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('imports.title')}
      rows={rows}
      columns={columns}
      idOf={(item) => String(item.id)}
      linkOf={(item) => pathTo('contacts', 'imports', item.id)}
    />
  );
}
