import type { CampaignItem } from '../../../server/contract/campaign-shapes.ts';
import { usePages } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { DeliveryBar } from '../../ui/delivery-bar.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { StateBadge } from '../../ui/state-badge.tsx';
import { stateOfMessage } from '../../ui/states.ts';
import classes from './campaign-detail.module.css';

const pageSize = 20;
const often = 5_000;
const seldom = 30_000;

/** The messages that a campaign became, the first first. */
export function CampaignMessages({ item, moving }: { readonly item: CampaignItem; readonly moving: boolean }) {
  const t = useText();
  const messages = usePages('campaignMessages', { params: { id: item.id } }, pageSize, {
    every: () => (moving ? often : seldom),
  });
  return (
    <ListState
      query={messages}
      count={messages.items.length}
      empty={<p className={classes.none}>{t('campaigns.noMessages')}</p>}
    >
      <ul className={classes.messages} aria-label={t('nav.messages')}>
        {messages.items.map((message) => (
          <li key={message.uuid}>
            <Link to={pathTo('messages', message.uuid)}>{message.refNo}</Link>
            <DeliveryBar summary={message.drSummary} total={message.totalMsisdn} />
            <StateBadge state={stateOfMessage(message)} />
            <span>{t('messages.recipients', { count: message.totalMsisdn })}</span>
          </li>
        ))}
      </ul>
      {messages.hasNextPage && <More query={messages} />}
    </ListState>
  );
}
