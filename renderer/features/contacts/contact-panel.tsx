import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { useAccounts } from '../../layout/account-field.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { navigate } from '../../router/history.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { EditContact } from './contact-form.tsx';
import { BlockedBadge } from './contact-table.tsx';
import classes from './contacts.module.css';
import { GroupPicker } from './group-picker.tsx';
import { RemoveContacts } from './remove-contacts.tsx';
import { bookChanges } from './use-found.ts';

interface ContactPanelProps {
  readonly id: string;
  readonly editing: boolean;
  readonly closed: string;
}

/** One contact: who it is, what templates can say of it, its groups, and what can be done. */
export function ContactPanel({ id, editing, closed }: ContactPanelProps) {
  const t = useText();
  const mayChange = useMay('operator');
  const known = /^[1-9]\d{0,14}$/u.test(id);
  const contact = useAsk('contact', { params: { id: known ? Number(id) : 0 } }, { enabled: known });
  const item = contact.data;
  if (item === undefined) {
    return (
      <SidePanel label={t('contacts.panel')} closed={closed}>
        {known && contact.isPending ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('contacts.missing')} text={t('panel.notFound.text')} />
        )}
      </SidePanel>
    );
  }
  if (editing && mayChange) return <EditContact item={item} closed={closed} />;
  return (
    <SidePanel
      label={t('contacts.panel')}
      closed={closed}
      head={
        <>
          <h2>{item.name || phoneNumber(item.msisdn)}</h2>
          {item.blocked && <BlockedBadge />}
        </>
      }
    >
      <ContactFacts item={item} />
      {mayChange && <ContactActions item={item} closed={closed} />}
      <Section title={t('groups.title')}>
        <ContactGroups item={item} mayChange={mayChange} />
      </Section>
      <Section title={t('contacts.fields')}>
        <Values fields={item.fields} />
      </Section>
    </SidePanel>
  );
}

function ContactFacts({ item }: { readonly item: ContactItem }) {
  const t = useText();
  const { names } = useAccounts();
  const blocked = new URLSearchParams({ begins: item.msisdn, account: item.account });
  return (
    <>
      {item.blocked && (
        <Hint tone="grey">
          {t('contacts.blockedHint')}{' '}
          <Link className={classes.link} to={`${pathTo('blocklist')}?${blocked.toString()}`}>
            {t('nav.blocklist')}
          </Link>
        </Hint>
      )}
      <Facts>
        <Fact name={t('blocklist.number')} copy={item.msisdn}>
          {phoneNumber(item.msisdn)}
        </Fact>
        {item.note !== '' && (
          <Fact name={t('contacts.note')}>
            <span className={classes.note}>{item.note}</span>
          </Fact>
        )}
        {names.length > 1 && <Fact name={t('panel.account')}>{item.account}</Fact>}
        <Fact name={t('contacts.created')}>
          <FullTime iso={item.createdAt} />
        </Fact>
        {item.updatedAt !== item.createdAt && (
          <Fact name={t('contacts.updated')}>
            <FullTime iso={item.updatedAt} />
          </Fact>
        )}
      </Facts>
    </>
  );
}

function Values({ fields }: { readonly fields: ContactItem['fields'] }) {
  const t = useText();
  const entries = Object.entries(fields);
  if (entries.length === 0) return <p className={classes.quiet}>{t('contacts.noFields')}</p>;
  return (
    <Facts>
      {entries.map(([name, value]) => (
        <Fact key={name} name={`{${name}}`} copy={value}>
          {value}
        </Fact>
      ))}
    </Facts>
  );
}

function ContactActions({ item, closed }: { readonly item: ContactItem; readonly closed: string }) {
  const t = useText();
  const kept = useKeptQuery();
  const [removing, setRemoving] = useState(false);
  const account = encodeURIComponent(item.account);
  return (
    <>
      <Actions start>
        {!item.blocked && (
          <Button
            component={Link}
            size="sm"
            to={`${pathTo('compose')}?to=${encodeURIComponent(item.msisdn)}&account=${account}`}
          >
            {t('contacts.send')}
          </Button>
        )}
        <Button component={Link} variant="default" size="sm" to={`${pathTo('contacts', item.id, 'edit')}${kept}`}>
          {t('contacts.edit')}
        </Button>
        <Button
          component={Link}
          variant="default"
          size="sm"
          to={`${pathTo('messages')}?msisdn=${encodeURIComponent(item.msisdn)}`}
        >
          {t('contacts.messages')}
        </Button>
        <Button variant="default" size="sm" onClick={() => setRemoving(true)}>
          {t('contacts.remove')}
        </Button>
      </Actions>
      <RemoveContacts
        open={removing}
        items={[item]}
        onClose={() => setRemoving(false)}
        onDone={() => navigate(closed, { force: true })}
      />
    </>
  );
}

function ContactGroups({ item, mayChange }: { readonly item: ContactItem; readonly mayChange: boolean }) {
  const change = useAct('groupMembers', bookChanges);
  const member = (group: number, body: { add?: number[]; remove?: number[] }) =>
    change.mutate({ params: { id: group }, body });
  return (
    <>
      <GroupPicker
        account={item.account}
        chosen={item.groups}
        readOnly={!mayChange}
        onAdd={(group) => member(group, { add: [item.id] })}
        onRemove={(group) => member(group, { remove: [item.id] })}
      />
      {change.isError && <FaultLine error={change.error} />}
    </>
  );
}
