import type { DeliveryItem, EndpointItem } from '../../../server/contract/webhook-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';
import type { Tone } from '../../ui/states.ts';

type Looks<S extends string> = Readonly<Record<S, { readonly tone: Tone; readonly icon: IconName }>>;

const endpointLooks: Looks<EndpointItem['state']> = {
  active: { tone: 'green', icon: 'tick' },
  paused: { tone: 'orange', icon: 'pause' },
  disabled: { tone: 'red', icon: 'alert' },
};
const deliveryLooks: Looks<DeliveryItem['state']> = {
  pending: { tone: 'blue', icon: 'arrow' },
  delivered: { tone: 'green', icon: 'tick' },
  failed: { tone: 'red', icon: 'cross' },
};

export function WebhookState({ state }: { readonly state: EndpointItem['state'] }) {
  const t = useText();
  return (
    <Badge {...endpointLooks[state]} title={t(`webhooks.stateHelp.${state}`)}>
      {t(`webhooks.state.${state}`)}
    </Badge>
  );
}

export function DeliveryState({ state }: { readonly state: DeliveryItem['state'] }) {
  const t = useText();
  return <Badge {...deliveryLooks[state]}>{t(`webhooks.delivery.${state}`)}</Badge>;
}
