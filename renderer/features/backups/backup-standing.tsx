import type { BackupState } from '../../../server/contract/admin-backups.ts';
import { duration, fileSize, fullTime, shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { standingOf } from '../../layout/backup-standing.ts';
import type { Standing } from '../../layout/backup-standing.ts';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Bar } from '../../ui/progress.tsx';
import type { Tone } from '../../ui/states.ts';
import { FullTime } from '../../ui/time.tsx';
import classes from './backups.module.css';

const looks: Readonly<Record<Standing, { readonly tone: Tone; readonly icon: IconName; readonly word: string }>> = {
  good: { tone: 'green', icon: 'tick', word: 'good' },
  old: { tone: 'orange', icon: 'alert', word: 'old' },
  failed: { tone: 'red', icon: 'cross', word: 'bad' },
  none: { tone: 'grey', icon: 'info', word: 'missing' },
};

/** When the last one was made, when the next is due, and how far the one is that is being made. */
export function BackupStanding({ state }: { readonly state: BackupState }) {
  const { language, t } = useLanguage();
  const now = useNow();
  const standing = standingOf(state, now);
  const { running, failure, restored, next, free, items } = state;
  const [newest] = items;
  const age = newest === undefined ? null : duration(Math.max(60_000, now - Date.parse(newest.madeAt)), language);
  return (
    <>
      <p className={classes.standing}>
        <Badge tone={looks[standing].tone} icon={looks[standing].icon}>
          {t.known(`backups.${looks[standing].word}`)}
        </Badge>
        <span>
          {standing === 'failed'
            ? t('backups.failed')
            : age === null
              ? t('backups.none')
              : t('backups.lastGood', { time: age })}
        </span>
        <span>{next === null ? t('backups.paused') : t('backups.next', { time: shortTime(next, now, language) })}</span>
        <span>{t('backups.space', { free: fileSize(free, language) })}</span>
      </p>
      {failure !== null && running === null && (
        <Hint tone="red">
          <FullTime iso={failure.at} /> · {t.known(`error.${failure.code}`) ?? failure.message}
        </Hint>
      )}
      {running !== null && (
        <div className={classes.running} role="status">
          <Bar label={t('backups.progress')} done={Math.round(running.done * 100)} total={100} running />
          <p>
            {t(running.phase === 'copying' ? 'backups.copying' : 'backups.checking')} · {t('backups.goesOn')}
          </p>
        </div>
      )}
      {restored !== null && (
        <Hint tone="violet">
          {t('backups.restored', {
            time: fullTime(restored.at, language),
            recipients: restored.recipients,
            campaigns: restored.campaigns,
            slots: restored.slots,
          })}{' '}
          {t('backups.restoredLook')}
        </Hint>
      )}
    </>
  );
}
