import type { CSSProperties } from 'react';
import { duration, percent, wholeNumber } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language-context.tsx';
import classes from './progress.module.css';
import { useRate } from './use-rate.ts';

interface ProgressProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
  /** The whole is not counted but guessed from how far it has come. */
  readonly estimated?: boolean;
  /** When that was read, in milliseconds. */
  readonly at: number;
  /** Whether it goes on now; what rests has no rate. */
  readonly running: boolean;
}

/** How far long work has come: counts, rate and the time that is left. */
export function Progress({ label, done, total, estimated = false, at, running }: ProgressProps) {
  const { language, t } = useLanguage();
  const rate = useRate({ done, at }, running);
  return (
    <div className={classes.progress}>
      <Bar label={label} done={done} total={total} running={running} />
      <p className={classes.words}>
        <span>{t(estimated ? 'progress.about' : 'progress.of', { done, total })}</span>
        <span>{percent(done, total, language)}</span>
        {rate !== null && rate > 0 && (
          <>
            <span>{t('progress.rate', { rate: wholeNumber(Math.round(rate), language) })}</span>
            <span>{t('progress.left', { time: duration(((total - done) / rate) * 1000 + 999, language) })}</span>
          </>
        )}
      </p>
    </div>
  );
}

/** The bar alone, where nothing can be counted. */
export function Bar({ label, done, total, running }: Pick<ProgressProps, 'label' | 'done' | 'total' | 'running'>) {
  const style: CSSProperties & Readonly<Record<`--${string}`, string>> = {
    '--done': `${total === 0 ? 100 : (done / total) * 100}%`,
  };
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={done}
      data-running={running}
      style={style}
    >
      <span />
    </div>
  );
}
