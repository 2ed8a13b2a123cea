import { useEffect, useState } from 'react';
import { useLiveState } from '../api/live-context.tsx';
import { useText } from '../i18n/language-context.tsx';
import { Icon } from '../ui/icon.tsx';
import classes from './away-banner.module.css';

/** Milliseconds that a connection may be gone before it is worth a word; a reconnect usually takes less. */
const patience = 1500;

/** Says that the box does not answer, as long as that is so. */
export function AwayBanner() {
  const t = useText();
  const lost = useLiveState() === 'lost';
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(lost), lost ? patience : 0);
    return () => clearTimeout(timer);
  }, [lost]);
  return (
    <div role="status" aria-live="polite">
      {shown && lost && (
        <p className={classes.banner} data-tone="orange">
          <Icon name="alert" />
          <span>
            <b>{t('away.title')}</b> {t('away.text')}
          </span>
        </p>
      )}
    </div>
  );
}
