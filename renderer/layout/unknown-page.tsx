import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import classes from './unknown-page.module.css';

export function UnknownPage() {
  const t = useText();
  return (
    <section className={classes.page} aria-labelledby="page-title">
      <h1 id="page-title">{t('app.unknownPage.title')}</h1>
      <p>{t('app.unknownPage.text')}</p>
      <Link to={pathTo('dashboard')} className={classes.link}>
        {t('app.unknownPage.action')}
      </Link>
    </section>
  );
}
