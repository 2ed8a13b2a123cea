import { apiDocsPath } from '../../server/contract/paths.ts';
import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { messagesPath } from '../router/routes.ts';
import type { Place } from '../router/routes.ts';
import { Icon } from '../ui/icon.tsx';
import classes from './nav.module.css';

interface NavProps {
  readonly page: Place['page'];
  readonly onFollow?: () => void;
}

/** Pages in their groups. A page is listed here when it exists. */
const groups = [{ name: 'send', pages: [{ page: 'messages', icon: 'messages', path: messagesPath() }] }] as const;

export function Nav({ page, onFollow }: NavProps) {
  const t = useText();
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      {groups.map((group) => (
        <section key={group.name}>
          <h2>{t(`nav.group.${group.name}`)}</h2>
          <ul>
            {group.pages.map((entry) => (
              <li key={entry.page}>
                <Link
                  to={entry.path}
                  className={classes.entry}
                  aria-current={entry.page === page ? 'page' : undefined}
                  title={t(`nav.${entry.page}`)}
                  {...(onFollow === undefined ? {} : { onClick: onFollow })}
                >
                  <Icon name={entry.icon} />
                  <span>{t(`nav.${entry.page}`)}</span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <section>
        <h2>{t('nav.group.build')}</h2>
        <ul>
          <li>
            <a href={apiDocsPath} target="_blank" rel="noopener" className={classes.entry} title={t('nav.apiDocs')}>
              <Icon name="book" />
              <span>{t('nav.apiDocs')}</span>
            </a>
          </li>
        </ul>
      </section>
    </nav>
  );
}
