import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useMatters } from '../../layout/matters.ts';
import type { Matter } from '../../layout/matters.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Icon } from '../../ui/icon.tsx';
import classes from './dashboard.module.css';

/** What waits for a person; nothing at all when nothing does. */
export function Attention({ overview }: { readonly overview: OverviewAnswer | undefined }) {
  const t = useText();
  const unknown = overview?.today.unknown ?? 0;
  const doubtful: readonly Matter[] =
    unknown === 0
      ? []
      : [{ key: 'unknown', tone: 'orange', text: t('attention.unknown', { count: unknown }), to: pathTo('messages') }];
  const matters = [...useMatters(), ...doubtful];
  if (matters.length === 0) return null;
  return (
    <ul className={classes.matters} aria-label={t('attention.label')}>
      {matters.map((matter) => (
        <li key={matter.key} data-tone={matter.tone}>
          <Icon name={matter.tone === 'blue' ? 'info' : 'alert'} />
          <Link to={matter.to}>{matter.text}</Link>
          <Icon name="chevron" size={12} />
        </li>
      ))}
    </ul>
  );
}
