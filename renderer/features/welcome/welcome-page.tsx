import { Button } from '@mantine/core';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useStatus } from '../../layout/status.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Page } from '../../ui/page.tsx';
import { CarrierStep } from './carrier-step.tsx';
import { CreditStep } from './credit-step.tsx';
import { FirstMessage } from './first-message.tsx';
import { SenderStep } from './sender-step.tsx';
import { Step } from './step.tsx';

/** From an empty box to the first message delivered: each step knows whether it is done, so it can be left and come back to. */
export function WelcomePage() {
  const t = useText();
  const status = useStatus();
  const senders = useAsk('senders', {});
  const accounts = useAsk('accounts', {});
  const messages = useAsk('messages', { query: { limit: 1 } });
  const account = accounts.data?.items[0];
  const sender = senders.data?.items.find((item) => item.state === 'approved' && item.account === account?.name);
  const carriers = status.data?.carriers ?? [];
  const done = {
    carrier: carriers.some(({ enabled }) => enabled),
    sender: sender !== undefined,
    credits: account !== undefined && (!account.metered || account.balance > 0),
    message: (messages.data?.items.length ?? 0) > 0,
  };
  const next = (['carrier', 'sender', 'credits', 'message'] as const).find((step) => !done[step]) ?? 'end';
  return (
    <Page
      title={t('welcome.title')}
      text={t('welcome.text')}
      width="form"
      actions={
        <Button component={Link} to={pathTo('dashboard')} variant="default">
          {t(next === 'end' ? 'welcome.finish' : 'welcome.later')}
        </Button>
      }
    >
      <ol>
        <Step number={1} name="carrier" done={done.carrier} open={next === 'carrier'}>
          <CarrierStep carriers={carriers} />
        </Step>
        <Step number={2} name="sender" done={done.sender} open={next === 'sender'}>
          <SenderStep account={account?.name ?? ''} sender={sender?.name ?? null} />
        </Step>
        <Step number={3} name="credits" done={done.credits} open={next === 'credits'}>
          <CreditStep account={account} />
        </Step>
        <Step number={4} name="message" done={done.message} open={next === 'message' || next === 'end'}>
          <FirstMessage sender={sender?.name ?? ''} ready={done.carrier && done.sender && done.credits} />
        </Step>
      </ol>
    </Page>
  );
}
