import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Hint } from '../../ui/notice.tsx';

/** Why the box itself paused a campaign, and what to do. */
export function CampaignProblem({ problem }: { readonly problem: NonNullable<CampaignItem['problem']> }) {
  const t = useText();
  return (
    <Hint tone="red">{t('campaigns.problem', { reason: t.known(`error.${problem.code}`) ?? problem.message })}</Hint>
  );
}
