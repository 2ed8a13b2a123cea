import { Button, Switch, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { RouteItem } from '../../../server/contract/admin-routing.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';
import { CarrierFields } from './carrier-fields.tsx';
import { blankRoute, bodyOf, draftOf, faultsOf } from './route-draft.ts';
import { AboutFields } from './route-fields.tsx';

/** A new route, or one that is changed. */
export function RouteForm({ route, closed }: { readonly route: RouteItem | null; readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const form = useForm(route === null ? blankRoute : draftOf(route));
  const add = useAct('routeAdd', ['routes']);
  const change = useAct('routeChange', ['routes']);
  const error = add.error ?? change.error;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!form.check(faultsOf(form.values, t))) return;
    const body = bodyOf(form.values);
    const onError = (fault: Error) => isApiError(fault) && form.blame(fault);
    const onSuccess = (saved: RouteItem) => {
      say(t(route === null ? 'routes.added' : 'form.saved', { name: saved.name }));
      navigate(route === null ? pathTo('routes', saved.id) : closed, { force: true });
    };
    if (route === null) add.mutate({ body }, { onSuccess, onError });
    else change.mutate({ params: { id: route.id }, body }, { onSuccess, onError });
  }

  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard when={form.dirty} />
      <Fields>
        <TextInput
          label={t('routes.name')}
          description={t('routes.nameHint')}
          maxLength={64}
          autoFocus={route === null}
          {...form.field('name')}
        />
        <Switch
          label={t('routes.on')}
          checked={form.values.enabled}
          onChange={(event) => form.set('enabled', event.currentTarget.checked)}
        />
      </Fields>
      <Section title={t('routes.about')}>
        <Fields>
          <AboutFields form={form} />
        </Fields>
      </Section>
      <Section title={t('routes.carriers')}>
        <CarrierFields form={form} />
      </Section>
      {error !== null && <FaultLine error={error} />}
      <Actions>
        <Button variant="default" onClick={() => navigate(closed)}>
          {t('action.cancel')}
        </Button>
        <Button type="submit" loading={add.isPending || change.isPending} disabled={route !== null && !form.dirty}>
          {t(route === null ? 'routes.add' : 'form.save')}
        </Button>
      </Actions>
    </form>
  );
}
