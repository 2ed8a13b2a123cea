import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import { isApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { SidePanel } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useForm } from '../../ui/use-form.ts';
import { blank, bodyOf, carrierKinds, faultsOf } from './carrier-draft.ts';
import { ModemFields } from './modem-fields.tsx';
import { SmppFields, UpstreamFields } from './remote-fields.tsx';

/** A new carrier: a modem that is plugged in, an account at an SMSC or a provider, or a simulator to try things with. */
export function CarrierForm({ closed }: { readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const form = useForm(blank);
  const add = useAct('carrierAdd', ['carriers', 'status', 'modems']);
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!form.check(faultsOf(values, t))) return;
    add.mutate(
      { body: bodyOf(values) },
      {
        onSuccess: (carrier) => {
          say(t('carriers.added', { name: carrier.name }));
          navigate(pathTo('carriers', carrier.id), { force: true });
        },
        onError: (error) => isApiError(error) && form.blame(error),
      },
    );
  }

  return (
    <SidePanel label={t('carriers.add')} head={<h2>{t('carriers.add')}</h2>} closed={closed}>
      <LeaveGuard when={form.dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <NativeSelect
            label={t('carriers.kind')}
            description={t(`carriers.kindHelp.${values.kind}`)}
            data={carrierKinds.map((kind) => ({ value: kind, label: t(`carriers.kind.${kind}`) }))}
            value={values.kind}
            onChange={(event) =>
              form.set('kind', carrierKinds.find((kind) => kind === event.currentTarget.value) ?? 'modem')
            }
          />
          {values.kind === 'modem' && <ModemFields form={form} />}
          {values.kind === 'smpp' && <SmppFields form={form} />}
          {values.kind === 'upstream' && <UpstreamFields form={form} />}
          <TextInput
            label={t('carriers.name')}
            description={t('carriers.nameHint')}
            maxLength={64}
            {...form.field('name')}
          />
          {add.isError && <FaultLine error={add.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(closed)}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('carriers.add')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </SidePanel>
  );
}
