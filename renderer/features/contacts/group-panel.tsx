import { Button } from '@mantine/core';
import { useState } from 'react';
import type { GroupItem } from '../../../server/contract/admin-contacts.ts';
import { useAct, usePages } from '../../api/ask.ts';
import { fileAddress } from '../../api/call.ts';
import { useMay } from '../../api/session.ts';
import { phoneNumber, wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { More } from '../../ui/list-state.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import classes from './contacts.module.css';
import { RemoveGroup, RenameGroup } from './group-dialogs.tsx';
import { bookChanges, ofAccount } from './use-found.ts';

interface GroupPanelProps {
  readonly item: GroupItem | undefined;
  readonly waiting: boolean;
  readonly account: string | null;
  readonly closed: string;
}

/** One group: who is in it, and what can be done. */
export function GroupPanel({ item, waiting, account, closed }: GroupPanelProps) {
  const { language, t } = useLanguage();
  const mayChange = useMay('operator');
  if (item === undefined) {
    return (
      <SidePanel label={t('groups.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('groups.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  return (
    <SidePanel label={t('groups.panel')} closed={closed} head={<h2>{item.name}</h2>}>
      <Facts>
        <Fact name={t('nav.contacts')}>{wholeNumber(item.members, language)}</Fact>
        <Fact name={t('groups.created')}>
          <FullTime iso={item.createdAt} />
        </Fact>
      </Facts>
      {mayChange && <GroupActions item={item} account={account} closed={closed} />}
      <Section title={t('groups.members')} mark={wholeNumber(item.members, language)}>
        {item.members === 0 ? (
          <p className={classes.quiet}>{t('groups.noMembers')}</p>
        ) : (
          <Members item={item} account={account} mayChange={mayChange} />
        )}
      </Section>
    </SidePanel>
  );
}

interface GroupActionsProps {
  readonly item: GroupItem;
  readonly account: string | null;
  readonly closed: string;
}

function GroupActions({ item, account, closed }: GroupActionsProps) {
  const t = useText();
  const mayRemove = useMay('admin');
  const [open, setOpen] = useState<'rename' | 'remove' | null>(null);
  const query = { ...ofAccount(account), group: item.id };
  const close = () => setOpen(null);
  return (
    <>
      <Actions start>
        {item.members > 0 && (
          <Button
            component={Link}
            size="sm"
            to={`${pathTo('campaigns', 'new')}?${new URLSearchParams({ ...ofAccount(account), group: String(item.id) }).toString()}`}
          >
            {t('groups.write')}
          </Button>
        )}
        <Button component={Link} variant="default" size="sm" to={`${pathTo('contacts')}?group=${item.id}`}>
          {t('groups.show')}
        </Button>
        <Button variant="default" size="sm" onClick={() => setOpen('rename')}>
          {t('groups.rename')}
        </Button>
        {item.members > 0 && (
          <Button component="a" variant="default" size="sm" href={fileAddress('contactsExport', { query })} download>
            {t('contacts.export')}
          </Button>
        )}
        {mayRemove && (
          <Button variant="default" size="sm" onClick={() => setOpen('remove')}>
            {t('groups.remove')}
          </Button>
        )}
      </Actions>
      <RenameGroup open={open === 'rename'} item={item} onClose={close} />
      <RemoveGroup
        open={open === 'remove'}
        item={item}
        onClose={close}
        onDone={() => navigate(closed, { force: true })}
      />
    </>
  );
}

const pageSize = 50;

interface MembersProps {
  readonly item: GroupItem;
  readonly account: string | null;
  readonly mayChange: boolean;
}

function Members({ item, account, mayChange }: MembersProps) {
  const t = useText();
  const members = usePages('contacts', { query: { ...ofAccount(account), group: item.id } }, pageSize);
  const change = useAct('groupMembers', bookChanges);
  return (
    <>
      {change.isError && <FaultLine error={change.error} />}
      <ul className={classes.members} aria-busy={members.isPending}>
        {members.items.map((contact) => (
          <li key={contact.id}>
            <Link to={`${pathTo('contacts', contact.id)}?group=${item.id}`}>
              {contact.name || phoneNumber(contact.msisdn)}
            </Link>
            <span>{contact.name !== '' && phoneNumber(contact.msisdn)}</span>
            {mayChange && (
              <IconButton
                icon="cross"
                label={t('groups.takeOne', { name: contact.name || phoneNumber(contact.msisdn) })}
                onClick={() => change.mutate({ params: { id: item.id }, body: { remove: [contact.id] } })}
              />
            )}
          </li>
        ))}
      </ul>
      <More query={members} />
    </>
  );
}
