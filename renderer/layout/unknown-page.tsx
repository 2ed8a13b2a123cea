import { useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import classes from './unknown-page.module.css';

export function UnknownPage() {
  const t = useText();
  return (
    <div className={classes.page}>
      <h1>{t('app.unknownPage.title')}</h1>
      <p>{t('app.unknownPage.text')}</p>
      <Link to={pathTo('dashboard')} className={classes.link}>
        {t('app.unknownPage.action')}
      </Link>
    </div>
  );
}
