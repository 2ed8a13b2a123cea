import { Button, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { ContactItem } from '../../../server/contract/admin-contacts.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { phoneNumber } from '../../i18n/format.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { useKeptQuery } from '../../router/filters.ts';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';
import { fieldsFault, fieldsOf, rowsOf, ValueFields } from './value-fields.tsx';
import type { ValueRow } from './value-fields.tsx';
import { GroupPicker } from './group-picker.tsx';
import { bookChanges, ofAccount } from './use-found.ts';

interface Draft {
  readonly msisdn: string;
  readonly name: string;
  readonly note: string;
  readonly account: string;
  readonly values: readonly ValueRow[];
  readonly groups: readonly number[];
}

const blank: Draft = { msisdn: '', name: '', note: '', account: '', values: [], groups: [] };
type Form = ReturnType<typeof useForm<Draft>>;

/** Adds a contact. */
export function NewContact({ closed }: { readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const { first } = useAccounts();
  const form = useForm(blank);
  const add = useAct('contactAdd', bookChanges);
  const { values } = form;
  const kept = useKeptQuery();
  const account = values.account || first;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { values: rows, groups, msisdn, name, note } = values;
    if (!checked(form, t)) return;
    add.mutate(
      { body: { ...ofAccount(account), msisdn, name, note, fields: fieldsOf(rows), groups: [...groups] } },
      {
        onSuccess: (item) => {
          say(t('contacts.added', { name: item.name || phoneNumber(item.msisdn) }));
          navigate(`${pathTo('contacts', item.id)}${kept}`, { force: true });
        },
        onError: (error) => isApiError(error) && form.blame(error),
      },
    );
  }

  return (
    <ContactForm form={form} title={t('contacts.add')} closed={closed} account={account} onSubmit={submit} act={add}>
      <AccountField
        value={account}
        onChange={(name) => {
          form.set('account', name);
          form.set('groups', []);
        }}
      />
    </ContactForm>
  );
}

/** Changes a contact. */
export function EditContact({ item, closed }: { readonly item: ContactItem; readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const kept = useKeptQuery();
  const { msisdn, name, note, account } = item;
  const groups = item.groups.map(({ id }) => id);
  const form = useForm<Draft>({ msisdn, name, note, account, values: rowsOf(item.fields), groups });
  const change = useAct('contactSet', bookChanges);
  const back = `${pathTo('contacts', item.id)}${kept}`;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { values } = form;
    if (!checked(form, t)) return;
    const body = {
      msisdn: values.msisdn,
      name: values.name,
      note: values.note,
      fields: fieldsOf(values.values),
      groups: [...values.groups],
    };
    change.mutate(
      { params: { id: item.id }, body },
      {
        onSuccess: () => {
          say(t('form.saved'));
          navigate(back, { force: true });
        },
        onError: (error) => isApiError(error) && form.blame(error),
      },
    );
  }

  return (
    <ContactForm
      form={form}
      title={t('contacts.editTitle')}
      closed={closed}
      back={back}
      account={account}
      onSubmit={submit}
      act={change}
    />
  );
}

function checked(form: Form, t: ReturnType<typeof useText>): boolean {
  const { msisdn, values } = form.values;
  return form.check({
    msisdn: msisdn.replaceAll(/\D/gu, '').length >= 6 ? null : t('contacts.numberFault'),
    values: fieldsFault(values, t),
  });
}

interface ContactFormProps {
  readonly form: Form;
  readonly title: string;
  readonly account: string;
  readonly closed: string;
  /** Where cancelling leads; the list alone when not said. */
  readonly back?: string;
  readonly onSubmit: (event: FormEvent) => void;
  readonly act: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly children?: React.ReactNode;
}

function ContactForm({ form, title, account, closed, back = closed, onSubmit, act, children }: ContactFormProps) {
  const t = useText();
  const groups = useAsk('groups', { query: ofAccount(account) });
  const { values } = form;
  const chosen = (groups.data?.items ?? []).filter(({ id }) => values.groups.includes(id));
  return (
    <SidePanel label={title} head={<h2>{title}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={onSubmit} noValidate>
        <Fields>
          <TextInput
            label={t('blocklist.number')}
            placeholder="0812345678"
            inputMode="tel"
            maxLength={64}
            autoFocus
            {...form.field('msisdn')}
          />
          <TextInput label={t('contacts.name')} maxLength={120} {...form.field('name')} />
          {children}
          <GroupPicker
            account={account}
            chosen={chosen}
            label={t('groups.title')}
            onAdd={(id) => form.set('groups', [...values.groups, id])}
            onRemove={(id) =>
              form.set(
                'groups',
                values.groups.filter((other) => other !== id),
              )
            }
          />
          <ValueFields
            rows={values.values}
            fault={form.faults['values']}
            onChange={(rows) => form.set('values', rows)}
          />
          <Textarea label={t('contacts.note')} autosize minRows={2} maxLength={1_000} {...form.field('note')} />
          {act.isError && <FaultLine error={act.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(back)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={act.isPending}>
              {t('form.save')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}
