import { Button, Checkbox, TextInput } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import type { TemplateItem } from '../../../server/contract/admin-templates.ts';
import { placeholders } from '../../../server/contract/text-rules.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { navigate, useSearch } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields, Page } from '../../ui/page.tsx';
import { PanelSkeleton } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';
import { TextField } from '../../writing/text-field.tsx';
import { TemplatePreview } from './template-preview.tsx';
import classes from './templates.module.css';

interface Draft {
  readonly name: string;
  readonly text: string;
  readonly account: string;
  readonly marketing: boolean;
  readonly otp: boolean;
}

const changes = ['templates', 'template'] as const;

/** A new template, blank or a copy of the one that the address names. */
export function NewTemplatePage() {
  const t = useText();
  const from = useSearch().get('from') ?? '';
  const copies = /^[1-9]\d{0,14}$/u.test(from);
  const source = useAsk('template', { params: { id: copies ? Number(from) : 0 } }, { enabled: copies });
  const waits = copies && source.isPending;
  return (
    <Page title={t('templates.add')} back={{ to: pathTo('templates'), name: t('nav.templates') }}>
      {waits ? <PanelSkeleton /> : <NewTemplate source={source.data} />}
    </Page>
  );
}

function NewTemplate({ source }: { readonly source: TemplateItem | undefined }) {
  const t = useText();
  const say = useToast();
  const { first } = useAccounts();
  const form = useForm<Draft>({
    name: source === undefined ? '' : t('templates.copyOf', { name: source.name }).slice(0, 100),
    text: source?.text ?? '',
    account: source?.account ?? '',
    marketing: source?.purposes.includes('marketing') ?? true,
    otp: source?.purposes.includes('otp') ?? false,
  });
  const add = useAct('templateAdd', changes);
  const account = form.values.account || first;
  return (
    <TemplateForm
      form={form}
      act={add}
      action={t('templates.make')}
      onCancel={() => navigate(pathTo('templates'))}
      onReady={(body) =>
        add.mutate(
          { body: { ...body, ...(account === '' ? {} : { account }) } },
          {
            onSuccess: ({ id, name }) => {
              say(t('templates.made', { name }));
              navigate(pathTo('templates', id), { force: true });
            },
            onError: (error) => isApiError(error) && form.blame(error),
          },
        )
      }
    >
      <AccountField value={account} onChange={(name) => form.set('account', name)} />
    </TemplateForm>
  );
}

/** A template that is there. */
export function SavedTemplate({ item }: { readonly item: TemplateItem }) {
  const t = useText();
  const say = useToast();
  const form = useForm<Draft>({
    name: item.name,
    text: item.text,
    account: item.account,
    marketing: item.purposes.includes('marketing'),
    otp: item.purposes.includes('otp'),
  });
  const change = useAct('templateSet', changes);
  return (
    <TemplateForm
      form={form}
      act={change}
      action={t('form.save')}
      onCancel={form.dirty ? () => form.reset() : undefined}
      onReady={(body) =>
        change.mutate(
          { params: { id: item.id }, body },
          {
            onSuccess: () => say(t('form.saved')),
            onError: (error) => isApiError(error) && form.blame(error),
          },
        )
      }
    />
  );
}

interface Ready {
  readonly name: string;
  readonly text: string;
  readonly purposes: ('marketing' | 'otp')[];
}

interface TemplateFormProps {
  readonly form: ReturnType<typeof useForm<Draft>>;
  readonly act: { readonly isPending: boolean; readonly isError: boolean; readonly error: unknown };
  readonly action: string;
  readonly onReady: (body: Ready) => void;
  readonly onCancel: (() => void) | undefined;
  readonly children?: ReactNode;
}

function TemplateForm({ form, act, action, onReady, onCancel, children }: TemplateFormProps) {
  const t = useText();
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    const { name, text, marketing, otp } = values;
    const purposes = [...(marketing ? (['marketing'] as const) : []), ...(otp ? (['otp'] as const) : [])];
    const good = form.check({
      name: name.trim() === '' ? t('field.required') : null,
      text:
        text.trim() === ''
          ? t('field.required')
          : otp && !asksCode(text)
            ? t('templates.codeFault', { braced: '{code}' })
            : null,
      marketing: purposes.length > 0 ? null : t('senders.purposeFault'),
    });
    if (good) onReady({ name: name.trim(), text, purposes });
  }

  return (
    <form className={classes.page} onSubmit={submit} noValidate>
      <LeaveGuard when={form.dirty} />
      <Fields>
        <TextInput label={t('templates.name')} maxLength={100} {...form.field('name')} />
        {children}
        <TextField
          text={values.text}
          names={offered(values)}
          hint={t('templates.textHint')}
          error={form.faults['text']}
          most={5_000}
          onText={(text) => form.set('text', text)}
        />
        <Purposes form={form} />
        {act.isError && <FaultLine error={act.error} />}
        <Actions start>
          <Button type="submit" loading={act.isPending} disabled={!form.dirty && onCancel === undefined}>
            {action}
          </Button>
          {onCancel !== undefined && (
            <Button variant="default" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          )}
        </Actions>
      </Fields>
      <TemplatePreview text={values.text} />
    </form>
  );
}

/** Names that most texts can ask for, and this one does not yet. */
function offered({ text, otp }: Draft): readonly string[] {
  const asked = placeholders(text);
  return (otp ? ['code', 'name'] : ['name']).filter((name) => !asked.includes(name));
}

function asksCode(text: string): boolean {
  return placeholders(text).includes('code');
}

function Purposes({ form }: Pick<TemplateFormProps, 'form'>) {
  const t = useText();
  return (
    <fieldset className={classes.purposes}>
      <legend>{t('senders.purposes')}</legend>
      <Checkbox
        label={t('senders.purpose.marketing')}
        description={t('senders.purposeHint.marketing')}
        checked={form.values.marketing}
        onChange={(event) => form.set('marketing', event.currentTarget.checked)}
        error={form.faults['marketing']}
      />
      <Checkbox
        label={t('senders.purpose.otp')}
        description={t('templates.otpHint')}
        checked={form.values.otp}
        onChange={(event) => form.set('otp', event.currentTarget.checked)}
      />
    </fieldset>
  );
}
