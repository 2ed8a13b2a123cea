import type { RouteItem } from '../../../server/contract/admin-routing.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Hint } from '../../ui/notice.tsx';
import { SentenceLine } from '../../ui/sentence-line.tsx';
import type { RouteFault } from './route-faults.ts';
import { aboutWords, wayWords } from './route-words.ts';

/** A route as the list says it: what it is about, and who carries that. */
export function RouteLine({ route, fault }: { readonly route: RouteItem; readonly fault: RouteFault | null }) {
  const { language, t } = useLanguage();
  return (
    <SentenceLine
      about={aboutWords(route, t)}
      then={wayWords(route, language, t)}
      name={route.name}
      off={!route.enabled}
    >
      {!route.enabled && (
        <Badge tone="grey" icon="slash">
          {t('routes.off')}
        </Badge>
      )}
      {fault !== null && (
        <Badge tone="orange" icon="alert">
          {t(`routes.fault.${fault.kind}`)}
        </Badge>
      )}
    </SentenceLine>
  );
}

/** Says what is wrong with a route, and what to do. */
export function FaultHint({ fault }: { readonly fault: RouteFault }) {
  const t = useText();
  const words =
    fault.kind === 'covered'
      ? t('routes.faultText.covered', { place: fault.place, name: fault.by.name })
      : t(`routes.faultText.${fault.kind}`);
  return <Hint tone="orange">{words}</Hint>;
}
