import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { waitingWords } from '../../ui/reason-words.ts';
import { useNow } from '../../ui/clock.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { DeliveryBar } from '../../ui/delivery-bar.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StateCount } from '../../ui/state-badge.tsx';
import { ordered, stateOfStatus } from '../../ui/states.ts';
import { FullTime } from '../../ui/time.tsx';
import classes from './message-facts.module.css';
import type { MessageFacts } from './use-message.ts';

/** A message's text, how far it has come, and its facts. */
export function MessageFactsView({ message }: { readonly message: MessageFacts }) {
  const { language, t } = useLanguage();
  const waiting = waitingWords(message, useNow(), language, t);
  return (
    <>
      <div className={classes.bubble}>
        <p>{message.message}</p>
        <CopyButton value={message.message} what={t('panel.text')} />
      </div>
      {waiting !== null && (
        <p className={classes.waiting} data-tone="orange">
          <Icon name="clock" />
          <span>{waiting}</span>
        </p>
      )}
      <Counts message={message} />
      <MessageFactList message={message} />
    </>
  );
}

function Counts({ message }: { readonly message: MessageFacts }) {
  const { language } = useLanguage();
  if (message.totalMsisdn < 2) return null;
  return (
    <div className={classes.counts}>
      <DeliveryBar summary={message.drSummary} total={message.totalMsisdn} />
      <div>
        {ordered(message.drSummary).map(({ drStatus, count }) => (
          <StateCount key={drStatus} state={stateOfStatus(drStatus)} count={wholeNumber(count, language)} />
        ))}
      </div>
    </div>
  );
}

function MessageFactList({ message }: { readonly message: MessageFacts }) {
  const { language, t } = useLanguage();
  const count = (value: number) => wholeNumber(value, language);
  return (
    <div className={classes.facts}>
      <Facts label={t('panel.section.facts')}>
        <Fact name={t('panel.origin')}>{message.origin}</Fact>
        <Fact name={t('panel.account')}>{message.account}</Fact>
        {message.campaign !== null && (
          <Fact name={t('panel.campaign')}>
            <Link to={pathTo('campaigns', message.campaign.id)} className={classes.link}>
              {message.campaign.name}
            </Link>
          </Fact>
        )}
        <Fact name={t('panel.created')}>
          <FullTime iso={message.createdAt} />
        </Fact>
        {message.scheduledTime !== null && (
          <Fact name={t('panel.scheduled')}>
            <FullTime iso={message.scheduledTime} />
          </Fact>
        )}
        {message.completedAt !== null && (
          <Fact name={t('panel.completed')}>
            <FullTime iso={message.completedAt} />
          </Fact>
        )}
        <Fact name={t('panel.parts')}>{count(message.segments)}</Fact>
        <Fact name={t('panel.credits')}>
          {count(message.totalCredit)}
          {message.refundedCount > 0 && (
            <span className={classes.aside}>{t('panel.refunded', { count: message.refundedCount })}</span>
          )}
        </Fact>
        {message.blockedCount > 0 && <Fact name={t('panel.blocked')}>{count(message.blockedCount)}</Fact>}
        {message.clientRef !== null && (
          <Fact name={t('panel.clientRef')} copy={message.clientRef}>
            {message.clientRef}
          </Fact>
        )}
        <Fact name={t('panel.refNo')} copy={message.refNo}>
          {message.refNo}
        </Fact>
        <Fact name={t('panel.uuid')} copy={message.uuid}>
          <span className={classes.uuid}>{message.uuid}</span>
        </Fact>
      </Facts>
    </div>
  );
}
