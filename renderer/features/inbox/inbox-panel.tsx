import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { InboxItem } from '../../../server/contract/admin-inbox.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { navigate } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Fault, Hint } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import type { Tone } from '../../ui/states.ts';
import { FullTime } from '../../ui/time.tsx';
import classes from './inbox.module.css';
import { BlockedHint, BlockSender, useBlocked } from './block-sender.tsx';
import { Reply } from './reply.tsx';
import { refusalWords } from './rules/rule-words.ts';

type Answer = InboxItem['answers'][number];

const looks: Readonly<Record<Answer['state'], { readonly tone: Tone; readonly icon: IconName }>> = {
  pending: { tone: 'blue', icon: 'arrow' },
  sent: { tone: 'green', icon: 'tick' },
  refused: { tone: 'red', icon: 'cross' },
};

/** One received text: from whom, what became of it, and the way to answer. Opening it counts as reading. */
export function InboxPanel({ uuid, closed }: { readonly uuid: string; readonly closed: string }) {
  const t = useText();
  const text = useAsk('inboxText', { params: { uuid } });
  const item = text.data;
  const mayAct = useMay('operator');
  const read = useAct('inboxRead', ['inbox', 'inboxText']);
  const { mutate } = read;
  const unread = mayAct && item?.read === false && read.isIdle;
  useEffect(() => {
    if (unread) mutate({ params: { uuid }, body: { read: true } });
  }, [unread, mutate, uuid]);
  return (
    <SidePanel label={t('inbox.panel')} closed={closed} head={item !== undefined && <h2>{phoneNumber(item.from)}</h2>}>
      {item === undefined ? (
        <Missing error={text.error} onRetry={() => void text.refetch()} />
      ) : (
        <Opened
          item={item}
          onUnread={() =>
            read.mutate({ params: { uuid }, body: { read: false } }, { onSuccess: () => navigate(closed) })
          }
        />
      )}
    </SidePanel>
  );
}

/** What was written, what became of it, and what can be done about it. */
function Opened({ item, onUnread }: { readonly item: InboxItem; readonly onUnread: () => void }) {
  const t = useText();
  const mayAct = useMay('operator');
  const blocked = useBlocked(item);
  return (
    <>
      <p className={classes.bubble}>{item.text}</p>
      {item.complete === false && <Hint tone="orange">{t('inbox.incomplete')}</Hint>}
      {blocked && <BlockedHint item={item} />}
      <About item={item} />
      {item.answers.length > 0 && <Answers answers={item.answers} />}
      {mayAct && !blocked && <Reply item={item} />}
      {mayAct && (
        <Actions start>
          <Button variant="default" size="sm" onClick={onUnread}>
            {t('inbox.markUnread')}
          </Button>
          {!blocked && <BlockSender item={item} />}
        </Actions>
      )}
    </>
  );
}

function Missing({ error, onRetry }: { readonly error: Error | null; readonly onRetry: () => void }) {
  const t = useText();
  if (error === null) return <PanelSkeleton />;
  if (isApiError(error) && error.status === 404) {
    return <PanelMissing title={t('inbox.missing')} text={t('panel.notFound.text')} />;
  }
  return <Fault title={t('inbox.failed')} error={error} onRetry={onRetry} />;
}

function About({ item }: { readonly item: InboxItem }) {
  const t = useText();
  return (
    <Facts>
      <Fact name={t('inbox.from')} copy={item.from}>
        <Link to={`${pathTo('messages')}?msisdn=${encodeURIComponent(item.from)}`}>{phoneNumber(item.from)}</Link>
      </Fact>
      {item.to !== null && <Fact name={t('inbox.to')}>{phoneNumber(item.to)}</Fact>}
      {item.carrier !== null && <Fact name={t('carriers.panel')}>{item.carrier}</Fact>}
      <Fact name={t('panel.account')}>{item.account}</Fact>
      <Fact name={t('inbox.received')}>
        <FullTime iso={item.receivedAt} />
      </Fact>
      {item.rule !== null && (
        <Fact name={t('inbox.rule')}>
          <Link to={pathTo('inbox', 'rules')}>{ruleName(item.rule, t)}</Link>
        </Fact>
      )}
      {item.replyTo !== undefined && (
        <Fact name={t('inbox.replyTo')}>
          <Link to={pathTo('messages', item.replyTo)}>{t('credits.ofMessage')}</Link>
        </Fact>
      )}
      <Fact name={t('panel.uuid')} copy={item.uuid}>
        {item.uuid}
      </Fact>
    </Facts>
  );
}

function Answers({ answers }: { readonly answers: readonly Answer[] }) {
  const t = useText();
  return (
    <Section title={t('inbox.answers')}>
      <ul className={classes.answers}>
        {answers.map((answer, index) => (
          <li key={`${index} ${answer.kind}`}>
            {answer.uuid === null ? (
              <span>{phoneNumber(answer.to)}</span>
            ) : (
              <Link to={pathTo('messages', answer.uuid)}>{phoneNumber(answer.to)}</Link>
            )}
            <Badge {...looks[answer.state]}>{t(`inbox.answer.${answer.state}`)}</Badge>
            {answer.reason !== null && <p>{refusalWords(answer.code, answer.reason, t)}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The built-in rules have no name of their own. */
function ruleName(rule: string, t: Translate): string {
  if (rule === 'opt-out') return t('rules.builtIn.out');
  return rule === 'opt-in' ? t('rules.builtIn.in') : rule;
}
