import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { AccountSwitch } from './account-switch.tsx';
import { HealthButton } from './health-button.tsx';
import classes from './header.module.css';
import { LanguageMenu } from './language-menu.tsx';
import { Mark } from './mark.tsx';
import { SearchButton } from './search-button.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { UserMenu } from './user-menu.tsx';

interface HeaderProps {
  readonly session: SessionInfo;
  readonly onMenu: () => void;
}

/** The line over every page: the way home, the search, the box's health, and what belongs to the reader. */
export function Header({ session, onMenu }: HeaderProps) {
  const t = useText();
  return (
    <header className={classes.header}>
      <span className={classes.menu}>
        <IconButton icon="menu" label={t('nav.open')} onClick={onMenu} />
      </span>
      <Link to={pathTo('dashboard')} className={classes.brand} aria-label={t('app.name')}>
        <Mark size={24} />
        <span>{t('app.name')}</span>
      </Link>
      <AccountSwitch />
      <span className={classes.room} />
      <SearchButton />
      <HealthButton />
      <span className={classes.line} />
      <LanguageMenu />
      <ThemeMenu />
      <UserMenu session={session} />
    </header>
  );
}
