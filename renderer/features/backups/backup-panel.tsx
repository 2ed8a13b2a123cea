import { Button } from '@mantine/core';
import { useState } from 'react';
import type { BackupItem, BackupState } from '../../../server/contract/admin-backups.ts';
import { adminRoutes } from '../../../server/contract/admin.ts';
import { useAct } from '../../api/ask.ts';
import { address } from '../../api/call.ts';
import { fileSize, fullTime } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Badge } from '../../ui/badge.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Hint } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './backups.module.css';
import { restoreCommand } from './restore-command.ts';

interface BackupPanelProps {
  readonly name: string;
  readonly state: BackupState | undefined;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One backup: what it holds, the way to take it elsewhere, and how it is put back. */
export function BackupPanel({ name, state, waiting, closed }: BackupPanelProps) {
  const { language, t } = useLanguage();
  const item = state?.items.find((each) => each.name === name);
  if (state === undefined || item === undefined) {
    return (
      <SidePanel label={t('backups.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('backups.gone')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  const { messages, contacts, accounts } = item.counts;
  return (
    <SidePanel
      label={t('backups.panel')}
      closed={closed}
      head={
        <>
          <Badge tone="green" icon="tick">
            {t('backups.checked')}
          </Badge>
          <span>{fileSize(item.bytes, language)}</span>
        </>
      }
    >
      {!item.sameKey && <Hint tone="orange">{t('backups.otherKey')}</Hint>}
      <Facts>
        <Fact name={t('backups.made')}>
          <FullTime iso={item.madeAt} />
        </Fact>
        <Fact name={t('backups.by')}>{t(`backups.cause.${item.cause}`)}</Fact>
        <Fact name={t('backups.holds')}>
          {[
            t('backups.messages', { count: messages }),
            t('backups.contacts', { count: contacts }),
            t('backups.accounts', { count: accounts }),
          ].join(' · ')}
        </Fact>
        <Fact name={t('backups.file')} copy={`${state.folder}/${item.name}`}>
          {item.name}
        </Fact>
        <Fact name={t('backups.version')}>{item.version}</Fact>
        <Fact name={t('backups.sum')} copy={item.sha256}>
          <code>{item.sha256.slice(0, 16)}…</code>
        </Fact>
      </Facts>
      <PanelActs item={item} isOnly={state.items.length === 1} closed={closed} />
      <p className={classes.quiet}>{t('backups.downloadHint')}</p>
      <Section title={t('backups.restore.title')}>
        <CodeBlock label={t('backups.restore.command')} code={restoreCommand(state, item.name)} />
      </Section>
    </SidePanel>
  );
}

function PanelActs({
  item,
  isOnly,
  closed,
}: {
  readonly item: BackupItem;
  readonly isOnly: boolean;
  readonly closed: string;
}) {
  const { language, t } = useLanguage();
  const say = useToast();
  const [asking, setAsking] = useState(false);
  const remove = useAct('backupRemove', ['backups']);
  return (
    <Actions start>
      <Button
        component="a"
        href={address(adminRoutes.backupDownload, { params: { name: item.name } })}
        download
        leftSection={<Icon name="download" />}
      >
        {t('backups.download')}
      </Button>
      <Button variant="default" leftSection={<Icon name="trash" />} onClick={() => setAsking(true)}>
        {t('backups.remove')}
      </Button>
      <Confirm
        open={asking}
        title={t('backups.removeTitle')}
        action={t('backups.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          remove.mutate(
            { params: { name: item.name } },
            {
              onSuccess: () => {
                say(t('backups.removed'));
                navigate(closed);
              },
            },
          )
        }
      >
        <p>{t('backups.removeText', { time: fullTime(item.madeAt, language) })}</p>
        {isOnly && <p>{t('backups.removeLast')}</p>}
      </Confirm>
    </Actions>
  );
}
