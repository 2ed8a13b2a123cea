import { useText } from '../i18n/language-context.tsx';
import classes from './blank-frame.module.css';
import { Mark } from './mark.tsx';

/** What stands while nothing is known yet: the box's mark, and after a failed try the reason. */
export function BlankFrame({ away }: { readonly away: boolean }) {
  const t = useText();
  return (
    <main className={classes.frame} aria-busy={!away}>
      <Mark size={40} />
      {away && (
        <div role="alert">
          <h1>{t('away.title')}</h1>
          <p>{t('away.firstText')}</p>
        </div>
      )}
    </main>
  );
}
