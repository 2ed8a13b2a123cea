import type { WebhookItem } from '../../../server/contract/admin-shapes.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Hint } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { Deliveries } from './deliveries.tsx';
import { SignatureSamples } from './signature-samples.tsx';
import { WebhookActions } from './webhook-actions.tsx';
import { WebhookState } from './webhook-state.tsx';

interface WebhookPanelProps {
  readonly item: WebhookItem | undefined;
  readonly waiting: boolean;
  readonly delivery: string | null;
  readonly closed: string;
}

/** One address: how it is, what was posted to it, and how its owner checks that. */
export function WebhookPanel({ item, waiting, delivery, closed }: WebhookPanelProps) {
  const t = useText();
  const mayAct = useMay('operator');
  if (item === undefined) {
    return (
      <SidePanel label={t('webhooks.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('webhooks.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  return (
    <SidePanel label={t('webhooks.panel')} closed={closed} head={<WebhookState state={item.state} />}>
      {item.reason !== null && <Hint tone="red">{item.reason}</Hint>}
      <Facts>
        <Fact name={t('webhooks.url')} copy={item.url}>
          {item.url}
        </Fact>
        <Fact name={t('panel.account')}>{item.account}</Fact>
        <Fact name={t('webhooks.events')}>{item.events.join(', ')}</Fact>
        <Fact name={t('webhooks.created')}>
          <FullTime iso={item.createdAt} />
        </Fact>
      </Facts>
      {mayAct && <WebhookActions item={item} closed={closed} />}
      <Section title={t('webhooks.deliveries')}>
        <Deliveries endpoint={item} open={delivery} />
      </Section>
      <Section title={t('webhooks.check')}>
        <SignatureSamples />
      </Section>
    </SidePanel>
  );
}
