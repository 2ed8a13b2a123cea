import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { RelativeTime } from '../../ui/time.tsx';
import { AboutChain } from './about-chain.tsx';
import classes from './audit.module.css';
import { faultWords } from './verdict.ts';
import type { Verdict } from './verdict.ts';

/** Whether the log is whole: looked at when the page is opened, and whenever the reader wants. */
export function ChainState() {
  const t = useText();
  const [about, setAbout] = useState(false);
  // The whole log is read for it, so it is not done again by itself.
  const look = useQuery({
    queryKey: ['auditVerify'],
    queryFn: ({ signal }) => call('auditVerify', {}, { signal }),
    staleTime: Infinity,
  });
  const verdict = look.data;
  return (
    <>
      <div className={classes.chain} role="status">
        {verdict === undefined && !look.isError && <span>{t('audit.chain.checking')}</span>}
        {verdict !== undefined && (
          <>
            <Badge tone={verdict.ok ? 'green' : 'red'} icon={verdict.ok ? 'shield' : 'alert'}>
              {t(verdict.ok ? 'audit.chain.whole' : 'audit.chain.broken')}
            </Badge>
            {verdict.ok && <span>{t('audit.chain.upTo', { row: verdict.rows })}</span>}
            <RelativeTime iso={verdict.at} />
          </>
        )}
        <span className={classes.buttons}>
          <Button variant="default" size="compact-sm" loading={look.isFetching} onClick={() => void look.refetch()}>
            {t('audit.chain.now')}
          </Button>
          <Button variant="subtle" size="compact-sm" onClick={() => setAbout(true)}>
            {t('audit.chain.about')}
          </Button>
        </span>
      </div>
      {look.isError && (
        <div className={classes.broken}>
          <FaultLine error={look.error} />
        </div>
      )}
      {verdict?.ok === false && <Broken verdict={verdict} />}
      <AboutChain open={about} verdict={verdict} onClose={() => setAbout(false)} />
    </>
  );
}

function Broken({ verdict }: { readonly verdict: Verdict }) {
  const t = useText();
  const { row } = verdict;
  const words = faultWords(verdict, t);
  return (
    <div className={classes.broken} role="alert">
      <Hint tone="red">
        {row === null ? words : <Link to={pathTo('audit', row)}>{words}</Link>} {t('audit.chain.do')}
      </Hint>
    </div>
  );
}
