import { useText } from '../i18n/language-context.tsx';
import classes from './signal.module.css';

/** Limits of received power in dBm from which on one more bar is shown. */
const steps = [-109, -101, -91, -81];

/** How well a modem hears the network, as bars with words; nothing where it is not known. */
export function Signal({ dbm }: { readonly dbm: string | number | null | undefined }) {
  const t = useText();
  if (typeof dbm !== 'number') return null;
  const bars = steps.filter((step) => dbm >= step).length;
  const words = t('signal.label', { bars, dbm: String(dbm) });
  return (
    <span className={classes.signal} role="img" aria-label={words} title={words}>
      {steps.map((step, index) => (
        <span key={step} data-on={index < bars} />
      ))}
    </span>
  );
}
