import { memo } from 'react';
import type { LogItem } from '../../../server/contract/admin-logs.ts';
import { preciseTime, shortTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';
import classes from './logs.module.css';

const looks: Readonly<Record<LogItem['level'], { readonly tone: Tone; readonly icon: IconName }>> = {
  debug: { tone: 'grey', icon: 'dots' },
  info: { tone: 'blue', icon: 'info' },
  warn: { tone: 'orange', icon: 'alert' },
  error: { tone: 'red', icon: 'cross' },
};

const dayMs = 86_400_000;

/** One line: when, how grave, what, and its figures. */
export const LogLine = memo(function LogLine({ item }: { readonly item: LogItem }) {
  const { language, t } = useLanguage();
  const now = useNow();
  const isOld = now - Date.parse(item.at) > dayMs;
  return (
    <li className={classes.line} data-level={item.level}>
      <time dateTime={item.at}>{isOld ? shortTime(item.at, now, language) : preciseTime(item.at, language)}</time>
      <Badge tone={looks[item.level].tone} icon={looks[item.level].icon}>
        {t(`logs.word.${item.level}`)}
      </Badge>
      {/* As the box wrote it, in the words of programs. */}
      <div className={classes.what} translate="no">
        <b>{item.event}</b>
        {Object.entries(item.fields)
          .filter(([, value]) => value !== null && value !== '')
          .map(([name, value]) => (
            <span key={name}>
              <i>{name}</i> {String(value)}
            </span>
          ))}
      </div>
    </li>
  );
});
