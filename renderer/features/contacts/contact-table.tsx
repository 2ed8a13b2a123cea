import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column, RowChoice } from '../../ui/data-table.tsx';
import { RelativeTime } from '../../ui/time.tsx';

interface ContactTableProps {
  readonly rows: readonly ContactItem[];
  readonly open: string | null;
  readonly choice: RowChoice | undefined;
}

/** Contacts, one a row. */
export function ContactTable({ rows, open, choice }: ContactTableProps) {
  const t = useText();
  const kept = useKeptQuery();
  const columns: readonly Column<ContactItem>[] = [
    { key: 'name', title: t('contacts.name'), cell: (item) => item.name || phoneNumber(item.msisdn) },
    {
      key: 'number',
      title: t('blocklist.number'),
      width: 'minmax(136px, 0.8fr)',
      cell: (item) => phoneNumber(item.msisdn),
    },
    {
      key: 'groups',
      title: t('groups.title'),
      from: 'wide',
      cell: (item) => item.groups.map(({ name }) => name).join(' · '),
    },
    {
      key: 'blocked',
      title: t('contacts.state'),
      width: '112px',
      cell: (item) => item.blocked && <BlockedBadge />,
    },
    {
      key: 'created',
      title: t('contacts.created'),
      width: '120px',
      from: 'wide',
      cell: (item) => <RelativeTime iso={item.createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('nav.contacts')}
      rows={rows}
      columns={columns}
      idOf={(item) => String(item.id)}
      linkOf={(item) => `${pathTo('contacts', item.id)}${kept}`}
      selected={open}
      choice={choice}
    />
  );
}

/** The account does not send to the number. */
export function BlockedBadge() {
  const t = useText();
  return (
    <Badge tone="grey" icon="shield" title={t('contacts.blockedHint')}>
      {t('contacts.blocked')}
    </Badge>
  );
}
