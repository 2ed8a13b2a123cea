import { useRef } from 'react';
import { useMay } from '../../api/session.ts';
import { useLiveState } from '../../api/live-context.tsx';
import { useText } from '../../i18n/language-context.tsx';
import { useFilters, useKeptQuery } from '../../router/filters.ts';
import { useAccountChoice } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { ListPage } from '../../ui/list-page.tsx';
import { ExportMessages } from './export/export-messages.tsx';
import { filterNames, queryOf } from './filters.ts';
import { MessageFilterBar } from './message-filter-bar.tsx';
import { MessageList } from './message-list.tsx';
import { MessagePanel } from './message-panel.tsx';
import classes from './message-list.module.css';
import { useMessageList } from './use-message-list.ts';

/** Pixels from the top within which the reader counts as being at the top. */
const topZone = 8;

/** The live list of messages, and beside it the one that the address names. */
export function MessagesPage({ parts }: { readonly parts: readonly string[] }) {
  const [uuid = null, txId = null] = parts;
  const t = useText();
  const scroller = useRef<HTMLDivElement>(null);
  const filters = useFilters(filterNames);
  const query = queryOf(filters.values, useAccountChoice());
  const list = useMessageList(query, () => (scroller.current?.scrollTop ?? 0) > topZone);
  const closed = `${pathTo('messages')}${useKeptQuery()}`;
  const mayAct = useMay('operator');

  function showNew(): void {
    scroller.current?.scrollTo({ top: 0 });
    list.release();
  }

  return (
    <ListPage
      title={t('messages.title')}
      mark={<LiveDot />}
      actions={<ExportMessages query={query} filtered={filters.active} />}
      filters={<MessageFilterBar filters={filters} />}
      open={uuid}
      closed={closed}
      scrollerRef={scroller}
      onScroll={(event) => event.currentTarget.scrollTop <= topZone && list.release()}
      panel={uuid !== null && <MessagePanel key={uuid} uuid={uuid} txId={txId} closed={closed} mayAct={mayAct} />}
    >
      <MessageList list={list} filtered={filters.active} selected={uuid} onShowNew={showNew} />
    </ListPage>
  );
}

function LiveDot() {
  const t = useText();
  const open = useLiveState() === 'open';
  if (!open) return null;
  return (
    <span className={classes.live} data-tone="green" title={t('messages.liveHelp')}>
      <span />
      {t('messages.live')}
    </span>
  );
}
