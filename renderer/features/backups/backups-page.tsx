import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BackupItem, BackupState } from '../../../server/contract/admin-backups.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { fileSize } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { pathTo } from '../../router/routes.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { FullTime } from '../../ui/time.tsx';
import { BackupPanel } from './backup-panel.tsx';
import { BackupPlan } from './backup-plan.tsx';
import { BackupStanding } from './backup-standing.tsx';
import classes from './backups.module.css';
import { HowToRestore } from './how-to-restore.tsx';

/** How often to look while a backup is being made, and otherwise, in milliseconds. */
const busyMs = 700;
const idleMs = 30_000;

/** The backups that there are, how the next one stands, and how one is put back. */
export function BackupsPage({ parts }: { readonly parts: readonly string[] }) {
  const [open = null] = parts;
  const t = useText();
  const [window, setWindow] = useState<'plan' | 'restore' | null>(null);
  const [busy, setBusy] = useState(false);
  const backups = useAsk('backups', {}, { every: busy ? busyMs : idleMs });
  const make = useAct('backupMake', ['backups']);
  const state = backups.data;
  const running = state !== undefined && state.running !== null;
  if (running !== busy) setBusy(running);
  const closed = `${pathTo('backups')}${useKeptQuery()}`;
  const makeButton = (
    <Button
      leftSection={<Icon name="plus" />}
      loading={make.isPending || running}
      onClick={() => make.mutate({ body: {} })}
    >
      {t('backups.make')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.backups')}
      text={t('backups.text')}
      open={open}
      closed={closed}
      actions={
        <>
          <Button variant="default" leftSection={<Icon name="clock" />} onClick={() => setWindow('plan')}>
            {t('backups.schedule')}
          </Button>
          <Button variant="default" leftSection={<Icon name="refund" />} onClick={() => setWindow('restore')}>
            {t('backups.howTo')}
          </Button>
          {makeButton}
        </>
      }
      filters={
        state !== undefined && (
          <div className={classes.top}>
            <BackupStanding state={state} />
            {make.isError && <FaultLine error={make.error} />}
          </div>
        )
      }
      panel={
        open !== null && (
          <BackupPanel key={open} name={open} state={state} waiting={backups.isPending} closed={closed} />
        )
      }
    >
      <ListState
        query={backups}
        count={state?.items.length ?? 0}
        empty={
          <EmptyState
            icon="backup"
            title={t('backups.empty.title')}
            text={t('backups.empty.text')}
            action={makeButton}
          />
        }
      >
        <BackupTable state={state} open={open} />
      </ListState>
      <BackupPlan open={window === 'plan'} onClose={() => setWindow(null)} />
      <HowToRestore open={window === 'restore'} state={state} onClose={() => setWindow(null)} />
    </ListPage>
  );
}

function BackupTable({ state, open }: { readonly state: BackupState | undefined; readonly open: string | null }) {
  const { language, t } = useLanguage();
  const kept = useKeptQuery();
  const columns: readonly Column<BackupItem>[] = [
    { key: 'made', title: t('backups.made'), cell: (item) => <FullTime iso={item.madeAt} /> },
    { key: 'by', title: t('backups.by'), width: '144px', cell: (item) => t(`backups.cause.${item.cause}`) },
    {
      key: 'holds',
      title: t('backups.holds'),
      width: '200px',
      from: 'wide',
      cell: (item) => t('backups.messages', { count: item.counts.messages }),
    },
    {
      key: 'size',
      title: t('backups.size'),
      width: '112px',
      align: 'end',
      cell: (item) => fileSize(item.bytes, language),
    },
  ];
  return (
    <DataTable
      label={t('nav.backups')}
      rows={state?.items ?? []}
      columns={columns}
      idOf={(item) => item.name}
      linkOf={(item) => `${pathTo('backups', item.name)}${kept}`}
      selected={open}
    />
  );
}
