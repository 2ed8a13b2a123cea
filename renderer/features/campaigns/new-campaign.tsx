import { useAsk } from '../../api/ask.ts';
import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import type { CallAnswer } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useSearch } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Page } from '../../ui/page.tsx';
import { PanelSkeleton } from '../../ui/side-panel.tsx';
import type { Draft } from '../../writing/draft.ts';
import { CampaignForm } from './campaign-form.tsx';

/** A new campaign: empty, or like another one that the address names (`from`). */
export function NewCampaign() {
  const from = useSearch().get('from') ?? '';
  return /^[1-9]\d{0,14}$/u.test(from) ? <Another key={from} id={Number(from)} /> : <CampaignForm begun={{}} />;
}

function Another({ id }: { readonly id: number }) {
  const t = useText();
  const campaign = useAsk('campaign', { params: { id } });
  const audience = useAsk('campaignAudience', { params: { id } });
  const importId = audience.data?.importId ?? null;
  const file = useAsk('import', { params: { id: importId ?? 0 } }, { enabled: importId !== null });
  // What cannot be read any more, such as a file of long ago, is chosen anew.
  const waiting = campaign.isPending || audience.isPending || (importId !== null && file.isPending);
  if (waiting) {
    return (
      <Page title={t('campaigns.new')} back={{ to: pathTo('campaigns'), name: t('nav.campaigns') }}>
        <PanelSkeleton />
      </Page>
    );
  }
  const begun = campaign.data === undefined ? {} : likeIt(campaign.data, audience.data);
  return <CampaignForm begun={{ ...begun, file: file.data ?? null }} fileGone={file.isError} />;
}

function likeIt(item: CampaignItem, audience: CallAnswer<'campaignAudience'> | undefined): Partial<Draft> {
  return {
    account: item.account,
    origin: item.origin,
    name: item.name,
    text: item.text,
    priority: item.priority,
    missing: item.missing,
    groups: audience?.groups ?? [],
    numbers: audience?.numbers.join('\n') ?? '',
  };
}
