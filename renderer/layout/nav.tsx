import { apiDocsPath } from '../../server/contract/paths.ts';
import { useMay } from '../api/session.ts';
import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import type { Place } from '../router/routes.ts';
import { Icon } from '../ui/icon.tsx';
import type { NavEntry } from './nav-map.ts';
import { navGroups } from './nav-map.ts';
import classes from './nav.module.css';

interface NavProps {
  readonly page: Place['page'];
  /** Pictures alone. */
  readonly narrow?: boolean;
  readonly onFollow?: () => void;
}

/** The way to every page that the reader may see. */
export function Nav({ page, narrow = false, onFollow }: NavProps) {
  const t = useText();
  return (
    <nav className={classes.nav} data-narrow={narrow} aria-label={t('nav.label')}>
      {navGroups.map((group) => (
        <section key={group.name}>
          <h2>{t(`nav.group.${group.name}`)}</h2>
          <ul>
            {group.entries.map((entry) => (
              <Entry key={entry.page} entry={entry} current={entry.page === page} onFollow={onFollow} />
            ))}
            {group.name === 'build' && (
              <li>
                <a href={apiDocsPath} target="_blank" rel="noopener" className={classes.entry} title={t('nav.apiDocs')}>
                  <Icon name="book" />
                  <span>{t('nav.apiDocs')}</span>
                </a>
              </li>
            )}
          </ul>
        </section>
      ))}
    </nav>
  );
}

interface EntryProps {
  readonly entry: NavEntry;
  readonly current: boolean;
  readonly onFollow: (() => void) | undefined;
}

function Entry({ entry, current, onFollow }: EntryProps) {
  const t = useText();
  const may = useMay(entry.role);
  if (!may) return null;
  return (
    <li>
      <Link
        to={pathTo(entry.page)}
        className={classes.entry}
        aria-current={current ? 'page' : undefined}
        title={t(`nav.${entry.page}`)}
        {...(onFollow === undefined ? {} : { onClick: onFollow })}
      >
        <Icon name={entry.icon} />
        <span>{t(`nav.${entry.page}`)}</span>
      </Link>
    </li>
  );
}
