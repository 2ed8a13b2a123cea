import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { useText } from '../i18n/language-context.tsx';
import { messagesPath } from '../router/routes.ts';
import { Link } from '../router/link.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { HealthButton } from './health-button.tsx';
import classes from './header.module.css';
import { LanguageMenu } from './language-menu.tsx';
import { Mark } from './mark.tsx';
import { ThemeMenu } from './theme-menu.tsx';
import { UserMenu } from './user-menu.tsx';

interface HeaderProps {
  readonly session: SessionInfo;
  readonly onMenu: () => void;
}

/** The line over every page: the way home, the box's health, and what belongs to the reader. */
export function Header({ session, onMenu }: HeaderProps) {
  const t = useText();
  return (
    <header className={classes.header}>
      <span className={classes.menu}>
        <IconButton icon="menu" label={t('nav.open')} onClick={onMenu} />
      </span>
      <Link to={messagesPath()} className={classes.brand} aria-label={t('app.name')}>
        <Mark size={24} />
        <span>{t('app.name')}</span>
      </Link>
      <span className={classes.room} />
      <HealthButton />
      <span className={classes.line} />
      <LanguageMenu />
      <ThemeMenu />
      <UserMenu session={session} />
    </header>
  );
}
