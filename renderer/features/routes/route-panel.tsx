import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RouteItem } from '../../../server/contract/admin-routing.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { PanelMissing, PanelSkeleton, SidePanel } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { heirsOf } from './route-faults.ts';
import type { RouteFault } from './route-faults.ts';
import { RouteForm } from './route-form.tsx';
import { FaultHint } from './route-line.tsx';
import { aboutWords, wayWords } from './route-words.ts';
import classes from './routes.module.css';

interface RoutePanelProps {
  readonly route: RouteItem | undefined;
  readonly routes: readonly RouteItem[];
  readonly fault: RouteFault | null;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One route: what it says, and for administrators its form. */
export function RoutePanel({ route, routes, fault, waiting, closed }: RoutePanelProps) {
  const { language, t } = useLanguage();
  const mayChange = useMay('admin');
  return (
    <SidePanel label={t('routes.panel')} closed={closed} head={route !== undefined && <h2>{route.name}</h2>}>
      {route === undefined ? (
        waiting ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('routes.missing')} text={t('panel.notFound.text')} />
        )
      ) : (
        <>
          <p className={classes.sentence}>
            {aboutWords(route, t)} → {wayWords(route, language, t)}
          </p>
          {fault !== null && <FaultHint fault={fault} />}
          {mayChange && <RouteForm route={route} closed={closed} />}
          {mayChange && <RemoveRoute route={route} routes={routes} closed={closed} />}
        </>
      )}
    </SidePanel>
  );
}

interface RemoveRouteProps {
  readonly route: RouteItem;
  readonly routes: readonly RouteItem[];
  readonly closed: string;
}

/** Removes a route, and says before who takes its messages then. */
function RemoveRoute({ route, routes, closed }: RemoveRouteProps) {
  const t = useText();
  const say = useToast();
  const remove = useAct('routeRemove', ['routes']);
  const [asking, setAsking] = useState(false);
  const { heirs, rest } = heirsOf(route, routes);
  return (
    <>
      <Actions start>
        <Button variant="default" size="sm" onClick={() => setAsking(true)}>
          {t('routes.remove')}
        </Button>
      </Actions>
      <Confirm
        open={asking}
        title={t('routes.removeTitle', { name: route.name })}
        action={t('routes.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(
            { params: { id: route.id } },
            {
              onSuccess: () => {
                say(t('routes.removed', { name: route.name }));
                navigate(closed, { force: true });
              },
            },
          )
        }
      >
        <p>{t(route.enabled ? 'routes.removeText' : 'routes.removeOff')}</p>
        {route.enabled && (
          <ol className={classes.heirs}>
            {heirs.map((heir) => (
              <li key={heir.id}>
                <b>{heir.name}</b> · {aboutWords(heir, t)}
              </li>
            ))}
            {rest && <li>{t('routes.heirRest')}</li>}
          </ol>
        )}
      </Confirm>
    </>
  );
}
