import { Button, Switch, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { KeywordItem } from '../../../../server/contract/admin-keywords.ts';
import { isApiError } from '../../../api/api-error.ts';
import { useAct } from '../../../api/ask.ts';
import { useText } from '../../../i18n/language-context.tsx';
import { navigate } from '../../../router/history.ts';
import { pathTo } from '../../../router/routes.ts';
import { Actions } from '../../../ui/dialog.tsx';
import { LeaveGuard } from '../../../ui/leave-guard.tsx';
import { FaultLine } from '../../../ui/notice.tsx';
import { Fields } from '../../../ui/page.tsx';
import { Section } from '../../../ui/side-panel.tsx';
import { useToast } from '../../../ui/toast.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { blankRule, bodyOf, draftOf, faultsOf } from './rule-draft.ts';
import { ActFields, FitFields } from './rule-fields.tsx';

/** A new keyword rule, or one that is changed. */
export function RuleForm({ rule, closed }: { readonly rule: KeywordItem | null; readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const form = useForm(rule === null ? blankRule : draftOf(rule));
  const add = useAct('keywordAdd', ['keywords']);
  const change = useAct('keywordChange', ['keywords']);
  const error = add.error ?? change.error;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!form.check(faultsOf(form.values, t))) return;
    const body = bodyOf(form.values);
    const onError = (fault: Error) => isApiError(fault) && form.blame(fault);
    const onSuccess = (saved: KeywordItem) => {
      say(rule === null ? t('rules.added', { name: saved.name }) : t('form.saved'));
      navigate(rule === null ? pathTo('inbox', 'rules', saved.id) : closed, { force: true });
    };
    if (rule === null) add.mutate({ body }, { onSuccess, onError });
    else change.mutate({ params: { id: rule.id }, body }, { onSuccess, onError });
  }

  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard when={form.dirty} />
      <Fields>
        <TextInput
          label={t('routes.name')}
          description={t('rules.nameHint')}
          maxLength={64}
          autoFocus={rule === null}
          {...form.field('name')}
        />
        <Switch
          label={t('routes.on')}
          checked={form.values.enabled}
          onChange={(event) => form.set('enabled', event.currentTarget.checked)}
        />
      </Fields>
      <Section title={t('rules.fits')}>
        <FitFields form={form} />
      </Section>
      <Section title={t('rules.then')}>
        <ActFields form={form} />
      </Section>
      {error !== null && <FaultLine error={error} />}
      <Actions>
        <Button variant="default" onClick={() => navigate(closed)}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={add.isPending || change.isPending} disabled={rule !== null && !form.dirty}>
          {t(rule === null ? 'rules.add' : 'form.save')}
        </Button>
      </Actions>
    </form>
  );
}
