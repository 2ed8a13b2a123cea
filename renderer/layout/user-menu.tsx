import { Menu } from '@mantine/core';
import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { useSignOut } from '../api/session.ts';
import { useText } from '../i18n/language-context.tsx';
import { navigate } from '../router/history.ts';
import { pathTo } from '../router/routes.ts';
import { Icon } from '../ui/icon.tsx';
import classes from './header.module.css';

/** Who is signed in, and the way out. */
export function UserMenu({ session }: { readonly session: SessionInfo }) {
  const t = useText();
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 100 }} width={216}>
      <Menu.Target>
        <button type="button" className={classes.user} aria-label={t('user.menu')} title={session.user}>
          <span aria-hidden="true">{initial(session.user)}</span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.who}>
          <b>{session.user}</b>
          <span>{t(`role.${session.role}`)}</span>
        </div>
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="user" />} onClick={() => navigate(pathTo('profile'))}>
          {t('user.profile')}
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="signOut" />} onClick={() => signOut.mutate()}>
          {t('user.signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** The first letter as a reader sees it, with the marks that belong to it. */
function initial(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim());
  return first?.segment.toUpperCase() ?? '';
}
