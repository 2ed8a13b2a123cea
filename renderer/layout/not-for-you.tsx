import type { SessionInfo } from '../../server/contract/admin-shapes.ts';
import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import classes from './unknown-page.module.css';

/** Stands where a page is that the reader's role has no use for: an address that was passed on, or a role that was changed. */
export function NotForYou({ role }: { readonly role: SessionInfo['role'] }) {
  const t = useText();
  return (
    <section className={classes.page} aria-labelledby="page-title">
      <h1 id="page-title">{t('app.notForYou.title', { role: t(`role.${role}`) })}</h1>
      <p>{t('app.notForYou.text')}</p>
      <Link to={pathTo('dashboard')} className={classes.link}>
        {t('app.unknownPage.action')}
      </Link>
    </section>
  );
}
