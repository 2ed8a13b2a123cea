import { CampaignDetail } from './campaign-detail.tsx';
import { CampaignList } from './campaign-list.tsx';
import { NewCampaign } from './new-campaign.tsx';

/** One text to many: the list, a new one, or one of them. */
export function CampaignsPage({ parts }: { readonly parts: readonly string[] }) {
  const [open] = parts;
  if (open === undefined) return <CampaignList />;
  return open === 'new' ? <NewCampaign /> : <CampaignDetail key={open} id={open} />;
}
