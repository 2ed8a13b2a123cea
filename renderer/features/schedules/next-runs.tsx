import { useDebouncedValue } from '@mantine/hooks';
import { useAsk } from '../../api/ask.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { dayTime } from '../../i18n/format.ts';
import { FaultLine } from '../../ui/notice.tsx';
import classes from './schedules.module.css';

/** Milliseconds of quiet before the box is asked. */
const pause = 250;

/** The next five times of an expression, while it is being chosen. */
export function NextRuns({ cron, timeZone }: { readonly cron: string | null; readonly timeZone: string }) {
  const { t } = useLanguage();
  const [asked] = useDebouncedValue(cron, pause);
  const preview = useAsk(
    'schedulePreview',
    { body: { cron: asked ?? '', ...(timeZone === '' ? {} : { timeZone }) } },
    { enabled: asked !== null },
  );
  if (cron === null) return <p className={classes.quiet}>{t('schedules.nextUnknown')}</p>;
  return (
    <section className={classes.next} aria-label={t('schedules.next')} aria-live="polite">
      <h3>{t('schedules.next')}</h3>
      {preview.isError && <FaultLine error={preview.error} />}
      {preview.data?.nextRuns.length === 0 && <p className={classes.quiet}>{t('schedules.never')}</p>}
      {preview.data !== undefined && !preview.isError && (
        <Times times={preview.data.nextRuns} timeZone={preview.data.timeZone} />
      )}
    </section>
  );
}

/** Times as the clocks of a time zone show them. */
export function Times({ times, timeZone }: { readonly times: readonly string[]; readonly timeZone: string }) {
  const { language } = useLanguage();
  return (
    <ol className={classes.times}>
      {times.map((iso) => (
        <li key={iso}>
          <time dateTime={iso}>{dayTime(iso, language, timeZone)}</time>
        </li>
      ))}
    </ol>
  );
}
