import { Skeleton } from '@mantine/core';
import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import type { BoxStatus } from '../../../server/contract/admin-shapes.ts';
import { duration, percent, seconds, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';
import classes from './dashboard.module.css';

interface TilesProps {
  readonly overview: OverviewAnswer | undefined;
  readonly status: BoxStatus | undefined;
}

/** The figures of the day, each with what it compares with. */
export function Tiles({ overview, status }: TilesProps) {
  const { language, t } = useLanguage();
  const today = overview?.today;
  const count = (value: number) => wholeNumber(value, language);
  const failed = today === undefined ? 0 : today.failed + today.expired;
  const ended = today === undefined ? 0 : today.delivered + failed + today.unknown;
  return (
    <ul className={classes.tiles} aria-label={t('dashboard.today')}>
      <Tile
        icon="tick"
        tone="teal"
        name={t('dashboard.sent')}
        value={today && count(today.sent)}
        note={today && today.parts > 0 ? t('dashboard.parts', { count: today.parts }) : undefined}
      />
      <Tile
        icon="doubleTick"
        tone="green"
        name={t('dashboard.delivered')}
        value={today && count(today.delivered)}
        note={today && today.sent > ended ? t('dashboard.unreported', { count: today.sent - ended }) : undefined}
      />
      <Tile
        icon="cross"
        tone={failed > 0 ? 'red' : 'grey'}
        name={t('dashboard.failedCount')}
        value={today && count(failed)}
        note={today && today.unknown > 0 ? t('dashboard.unknown', { count: today.unknown }) : undefined}
      />
      <Tile
        icon="flag"
        tone="green"
        name={t('dashboard.successRate')}
        value={today && (ended === 0 ? '–' : percent(today.delivered, ended, language))}
        note={today && (ended === 0 ? t('dashboard.noneEnded') : t('dashboard.ofEnded', { count: ended }))}
      />
      <Tile
        icon="dots"
        tone="grey"
        name={t('dashboard.waiting')}
        value={status && count(status.queued)}
        note={
          status === undefined
            ? undefined
            : status.oldestQueuedMs === null
              ? t('health.queueEmpty')
              : t('health.oldest', { time: duration(status.oldestQueuedMs, language) })
        }
      />
      <Tile
        icon="clock"
        tone="blue"
        name={t('dashboard.codes')}
        value={today && (today.codeLatencyMs === null ? '–' : seconds(today.codeLatencyMs, language))}
        note={
          today &&
          (today.codeLatencyMaxMs === null
            ? t('dashboard.noCodesToday')
            : t('dashboard.codesSlowest', { time: seconds(today.codeLatencyMaxMs, language) }))
        }
      />
    </ul>
  );
}

interface TileProps {
  readonly icon: IconName;
  readonly tone: Tone;
  readonly name: string;
  readonly value: string | undefined;
  readonly note: string | undefined;
}

function Tile({ icon, tone, name, value, note }: TileProps) {
  return (
    <li className={classes.tile}>
      <span className={classes.tileName} data-tone={tone}>
        <Icon name={icon} />
        {name}
      </span>
      <span className={classes.figure}>{value ?? <Skeleton height={28} width={64} />}</span>
      <span className={classes.tileNote}>{note ?? '\u00A0'}</span>
    </li>
  );
}
