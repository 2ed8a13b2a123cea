import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import type { LinkItem } from '../../../server/contract/guard-shapes.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { useAccountChoice } from '../../router/history.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { Actions, Confirm, Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState } from '../../ui/list-state.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { FilterBar } from '../../ui/filter-bar.tsx';

/** Hosts that texts may link to, while links are guarded. */
export function LinksPage() {
  const t = useText();
  const account = useAccountChoice();
  const links = useAsk('links', { query: account === null ? {} : { account } });
  const settings = useAsk('settings', {});
  const guarded = settings.data?.items.find(({ name }) => name === 'guards.links')?.value === 'registered';
  const mayChange = useMay('admin');
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<LinkItem | null>(null);
  const add = mayChange && (
    <Button leftSection={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t('links.add')}
    </Button>
  );
  return (
    <ListPage
      title={t('nav.links')}
      text={t('links.text')}
      actions={add}
      filters={
        <FilterBar active={false} onClear={() => {}}>
          <AccountFilter />
          {settings.data !== undefined && (
            <Hint tone={guarded ? 'green' : 'grey'}>{t(guarded ? 'links.guarded' : 'links.free')}</Hint>
          )}
        </FilterBar>
      }
    >
      <ListState
        query={links}
        count={links.data?.items.length ?? 0}
        empty={<EmptyState icon="link" title={t('links.empty.title')} text={t('links.empty.text')} action={add} />}
      >
        <DataTable
          label={t('nav.links')}
          rows={links.data?.items ?? []}
          idOf={(item) => item.host}
          columns={[
            { key: 'host', title: t('links.host'), cell: (item) => item.host },
            {
              key: 'reach',
              title: t('links.reach'),
              cell: (item) => t(item.host.startsWith('.') ? 'links.below' : 'links.alone'),
            },
            {
              key: 'since',
              title: t('links.since'),
              width: '200px',
              from: 'wide',
              cell: (item) => <FullTime iso={item.createdAt} />,
            },
            ...(mayChange
              ? [
                  {
                    key: 'remove',
                    title: '',
                    width: '40px',
                    cell: (item: LinkItem) => (
                      <IconButton
                        icon="trash"
                        label={`${t('links.remove')}: ${item.host}`}
                        onClick={() => setRemoving(item)}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      </ListState>
      <AddHosts open={adding} account={account} onClose={() => setAdding(false)} />
      <RemoveHost item={removing} account={account} onClose={() => setRemoving(null)} />
    </ListPage>
  );
}

interface WindowProps {
  readonly account: string | null;
  readonly onClose: () => void;
}

function AddHosts({ open, account, onClose }: WindowProps & { readonly open: boolean }) {
  const t = useText();
  const say = useToast();
  const add = useAct('linkAdd', ['links']);
  const [text, setText] = useState('');
  const hosts = text.split(/[\s,;]+/u).filter((host) => host !== '');
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (hosts.length === 0) return;
    add.mutate(
      { body: { hosts, ...(account === null ? {} : { account }) } },
      {
        onSuccess: (answer) => {
          say(t('links.added', { count: answer.added }));
          setText('');
          onClose();
        },
      },
    );
  }
  return (
    <Dialog open={open} title={t('links.add')} onClose={onClose}>
      <form onSubmit={submit}>
        <Fields>
          <Textarea
            label={t('links.hosts')}
            description={t('links.hostsHint')}
            placeholder={'shop.example.com\n.example.com'}
            autosize
            minRows={3}
            spellCheck={false}
            autoCapitalize="none"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          {add.isError && <FaultLine error={add.error} />}
          <Actions>
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending} disabled={hosts.length === 0}>
              {t('links.add')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Dialog>
  );
}

function RemoveHost({ item, account, onClose }: WindowProps & { readonly item: LinkItem | null }) {
  const t = useText();
  const remove = useAct('linkRemove', ['links']);
  const host = item?.host ?? '';
  return (
    <Confirm
      open={item !== null}
      title={t('links.removeTitle', { host })}
      action={t('links.remove')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { body: { hosts: [host], ...(account === null ? {} : { account }) } },
          { onSuccess: () => onClose() },
        )
      }
    >
      <p>{t('links.removeText', { host })}</p>
    </Confirm>
  );
}
