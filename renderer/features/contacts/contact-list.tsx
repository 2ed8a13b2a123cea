import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { useAsk, usePages } from '../../api/ask.ts';
import { fileAddress } from '../../api/call.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountFilter } from '../../layout/account-filter.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Choice, FilterBar, SearchField } from '../../ui/filter-bar.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ListPage } from '../../ui/list-page.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { ChosenBar } from './chosen-bar.tsx';
import { NewContact } from './contact-form.tsx';
import { ContactPanel } from './contact-panel.tsx';
import { ContactTable } from './contact-table.tsx';
import { ContactTabs } from './contact-tabs.tsx';
import { ofAccount, useFound } from './use-found.ts';

const pageSize = 100;

interface ContactListProps {
  /** The contact that is open, or `new`. */
  readonly open: string | null;
  readonly editing: boolean;
}

/** Contacts by name, found by the beginning of a number or of a word, or of one group. */
export function ContactList({ open, editing }: ContactListProps) {
  const t = useText();
  const found = useFound();
  const contacts = usePages('contacts', { query: found.found }, pageSize);
  const closed = `${pathTo('contacts')}${useKeptQuery()}`;
  const mayChange = useMay('operator');
  const [choice, setChoice] = useState<{ readonly of: string; readonly ids: ReadonlySet<string> }>(noChoice);
  // What is chosen belongs to the list that it was chosen from.
  const of = JSON.stringify(found.found);
  const chosen = choice.of === of ? choice.ids : noChoice.ids;
  const choose = (ids: ReadonlySet<string>) => setChoice({ of, ids });
  return (
    <ListPage
      title={t('nav.contacts')}
      text={t('contacts.text')}
      actions={<PageActions found={found.found} some={contacts.items.length > 0} />}
      open={open}
      closed={closed}
      filters={<Filters found={found} />}
      panel={open !== null && <Panel open={open} editing={editing} closed={closed} />}
    >
      {mayChange && chosen.size > 0 && (
        <ChosenBar
          key={of}
          items={contacts.items.filter(({ id }) => chosen.has(String(id)))}
          found={found}
          more={contacts.hasNextPage}
          onAll={
            contacts.items.every(({ id }) => chosen.has(String(id)))
              ? null
              : () => choose(new Set(contacts.items.map(({ id }) => String(id))))
          }
          onEnd={() => choose(new Set())}
        />
      )}
      <ListState query={contacts} count={contacts.items.length} empty={<Empty filtered={found.active} />}>
        <ContactTable
          rows={contacts.items}
          open={open}
          choice={
            mayChange
              ? {
                  chosen,
                  onChange: choose,
                  allLabel: t('contacts.chooseAll'),
                  labelOf: (id) => t('contacts.chooseOne', { name: nameOf(contacts.items, id) }),
                }
              : undefined
          }
        />
        <More query={contacts} end={t('list.end')} />
      </ListState>
    </ListPage>
  );
}

const noChoice = { of: '', ids: new Set<string>() };

function nameOf(items: readonly ContactItem[], id: string): string {
  const item = items.find((each) => String(each.id) === id);
  return item === undefined ? '' : item.name || item.msisdn;
}

function Panel({
  open,
  editing,
  closed,
}: {
  readonly open: string;
  readonly editing: boolean;
  readonly closed: string;
}) {
  if (open === 'new') return <NewContact closed={closed} />;
  return <ContactPanel key={open} id={open} editing={editing} closed={closed} />;
}

function Filters({ found }: { readonly found: ReturnType<typeof useFound> }) {
  const t = useText();
  const groups = useAsk('groups', { query: ofAccount(found.account) });
  const all = groups.data?.items ?? [];
  return (
    <FilterBar active={found.active} onClear={found.clear}>
      <ContactTabs current="contacts" />
      <SearchField label={t('contacts.search')} value={found.values.q} onSearch={found.search} />
      {(all.length > 0 || found.groupId !== null) && (
        <Choice
          label={t('contacts.group')}
          value={found.groupId === null ? '' : String(found.groupId)}
          options={[
            { value: '', label: t('contacts.everyGroup') },
            ...all.map(({ id, name }) => ({ value: String(id), label: name })),
          ]}
          onChange={(group) => found.set({ group })}
        />
      )}
      <AccountFilter />
    </FilterBar>
  );
}

function PageActions({
  found,
  some,
}: {
  readonly found: ReturnType<typeof useFound>['found'];
  readonly some: boolean;
}) {
  const t = useText();
  const mayChange = useMay('operator');
  const kept = useKeptQuery();
  if (!mayChange) return null;
  return (
    <>
      {some && (
        <Button component="a" variant="default" href={fileAddress('contactsExport', { query: found })} download>
          {t('contacts.export')}
        </Button>
      )}
      <Button component={Link} variant="default" to={pathTo('contacts', 'imports', 'new')}>
        {t('imports.new')}
      </Button>
      <Button component={Link} to={`${pathTo('contacts', 'new')}${kept}`} leftSection={<Icon name="plus" />}>
        {t('contacts.add')}
      </Button>
    </>
  );
}

function Empty({ filtered }: { readonly filtered: boolean }) {
  const t = useText();
  const mayChange = useMay('operator');
  if (filtered) return <EmptyState icon="search" title={t('contacts.none.title')} text={t('contacts.none.text')} />;
  return (
    <EmptyState
      icon="contact"
      title={t('contacts.empty.title')}
      text={t('contacts.empty.text')}
      action={
        mayChange && (
          <Button component={Link} to={pathTo('contacts', 'imports', 'new')} leftSection={<Icon name="file" />}>
            {t('imports.new')}
          </Button>
        )
      }
    />
  );
}
