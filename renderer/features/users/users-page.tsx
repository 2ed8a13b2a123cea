import { Button } from '@mantine/core';
import type { UserItem } from '../../../server/contract/admin-people.ts';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { NewUser } from './new-user.tsx';
import { UserPanel } from './user-panel.tsx';
import { UserState } from './user-state.tsx';

/** People who may sign in, and what each may do. */
export function UsersPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null, form = null] = parts;
  const t = useText();
  const users = useAsk('users', {});
  const kept = useKeptQuery();
  const closed = `${pathTo('users')}${kept}`;
  const columns: readonly Column<UserItem>[] = [
    { key: 'name', title: t('users.name'), cell: (user) => user.name },
    { key: 'role', title: t('users.role'), width: '152px', cell: (user) => t(`role.${user.role}`) },
    {
      key: 'state',
      title: t('messages.column.state'),
      width: '152px',
      cell: (user) => <UserState user={user} />,
    },
    {
      key: 'totp',
      title: t('users.totp'),
      width: '136px',
      from: 'wide',
      cell: (user) => t(user.totp ? 'users.totpOn' : 'users.totpOff'),
    },
    {
      key: 'seen',
      title: t('users.signedIn'),
      width: '144px',
      from: 'wide',
      cell: (user) => (user.signedInAt === null ? t('keys.never') : <RelativeTime iso={user.signedInAt} />),
    },
  ];
  return (
    <ListPage
      title={t('nav.users')}
      text={t('users.text')}
      open={open}
      closed={closed}
      actions={
        <Button component={Link} to={pathTo('users', '-', 'new')} leftSection={<Icon name="plus" />}>
          {t('users.add')}
        </Button>
      }
      panel={
        form === 'new' ? (
          <NewUser closed={closed} />
        ) : (
          open !== null && (
            <UserPanel
              key={open}
              user={users.data?.items.find(({ name }) => name === open)}
              waiting={users.isPending}
              closed={closed}
            />
          )
        )
      }
    >
      <ListState query={users} count={users.data?.items.length ?? 0} empty={null}>
        <DataTable
          label={t('nav.users')}
          rows={users.data?.items ?? []}
          columns={columns}
          idOf={(user) => user.name}
          linkOf={(user) => `${pathTo('users', user.name)}${kept}`}
          selected={open}
        />
      </ListState>
    </ListPage>
  );
}
