import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { carrierChange } from '../../../server/contract/carrier-forms.ts';
import type { CarrierConfiguration, CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Fault, FaultLine, Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { PanelSkeleton, Section } from '../../ui/side-panel.tsx';
import { useToast } from '../../ui/toast.tsx';
import classes from './carriers.module.css';
import { choiceOf, specsOf } from './field-specs.ts';
import { changed, faultsOf, valuesFrom } from './field-values.ts';
import type { FieldFaults, FieldValues } from './field-values.ts';
import { isQuota, QuotaFields, quotaFrom, quotaOf } from './quota-fields.tsx';
import { RemoveCarrier } from './remove-carrier.tsx';
import { SpecFields } from './spec-fields.tsx';

/** Name and limits, which change while the carrier works, and its configuration, which starts it anew. */
export function SettingsTab({ item, closed }: { readonly item: CarrierItem; readonly closed: string }) {
  const t = useText();
  const { kind, id } = item;
  const configuration = useAsk('carrierConfiguration', { params: { id } }, { enabled: kind !== 'simulator' });
  return (
    <div className={classes.body}>
      <Terms key={`terms ${id}`} item={item} />
      {kind !== 'simulator' && configuration.isPending && <PanelSkeleton />}
      {configuration.isError && configuration.data === undefined && (
        <Fault title={t('list.failed')} error={configuration.error} onRetry={() => void configuration.refetch()} />
      )}
      {kind !== 'simulator' && configuration.data !== undefined && (
        <Configuration key={`configuration ${id}`} item={item} known={configuration.data} />
      )}
      <RemoveCarrier item={item} closed={closed} />
    </div>
  );
}

function Terms({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const say = useToast();
  const change = useAct('carrierTerms', ['carriers', 'carrier', 'status']);
  const saved = { name: item.name, quota: quotaOf(item), uncertain: item.uncertain, refundFailed: item.refundFailed };
  // What was not touched follows the box.
  const [typed, setTyped] = useState<Partial<typeof saved>>({});
  const values = { ...saved, ...typed };
  const [isWrong, setWrong] = useState(false);
  const dirty = JSON.stringify(values) !== JSON.stringify(saved);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const wrong = values.name.trim() === '' || !isQuota(values.quota);
    setWrong(wrong);
    if (wrong) return;
    const body = { ...values, name: values.name.trim(), quota: quotaFrom(values.quota) };
    change.mutate(
      { params: { id: item.id }, body },
      {
        onSuccess: () => {
          say(t('form.saved'));
          setTyped({});
        },
      },
    );
  }
  return (
    <Section title={t('carriers.terms')}>
      <LeaveGuard when={dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <TextInput
            label={t('carriers.name')}
            maxLength={64}
            autoComplete="off"
            value={values.name}
            error={isWrong && values.name.trim() === '' ? t('field.required') : null}
            onChange={(event) => setTyped({ ...typed, name: event.currentTarget.value })}
          />
          <QuotaFields values={values.quota} wrong={isWrong} onChange={(quota) => setTyped({ ...typed, quota })} />
          <NativeSelect
            label={t('carriers.uncertain')}
            description={t('carriers.uncertainHint')}
            data={(['hold', 'resend'] as const).map((value) => ({ value, label: t(`carriers.uncertain.${value}`) }))}
            value={values.uncertain}
            onChange={(event) =>
              setTyped({ ...typed, uncertain: event.currentTarget.value === 'resend' ? 'resend' : 'hold' })
            }
          />
          <Checkbox
            label={t('carriers.refundFailed')}
            description={t('carriers.refundFailedHint')}
            checked={values.refundFailed}
            onChange={(event) => setTyped({ ...typed, refundFailed: event.currentTarget.checked })}
          />
          {change.isError && <FaultLine error={change.error} />}
          <Actions start>
            <Button type="submit" loading={change.isPending} disabled={!dirty}>
              {t('form.save')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Section>
  );
}

interface ConfigurationProps {
  readonly item: CarrierItem;
  readonly known: CarrierConfiguration;
}

function Configuration({ item, known }: ConfigurationProps) {
  const t = useText();
  const say = useToast();
  const change = useAct('carrierChange', ['carriers', 'carrier', 'status', 'carrierConfiguration']);
  const choice = choiceOf(known.kind, known.fields['provider']);
  // A secret that is there already need not be given again.
  const specs = specsOf(choice)
    .filter(({ once }) => once !== true)
    .map((spec) => {
      if (!known.secrets.includes(spec.name)) return spec;
      const { required: _given, ...rest } = spec;
      return rest;
    });
  const saved = valuesFrom(specs, known.fields);
  const [typed, setTyped] = useState<FieldValues>({});
  const values = { ...saved, ...typed };
  const [faults, setFaults] = useState<FieldFaults>({});
  const dirty = JSON.stringify(values) !== JSON.stringify(saved);
  function submit(event: FormEvent): void {
    event.preventDefault();
    const given = { kind: known.kind, ...changed(specs, values, saved) };
    const wrong = faultsOf({ specs, values, body: given, schema: carrierChange, t });
    setFaults(wrong);
    const body = carrierChange.safeParse(given);
    if (Object.keys(wrong).length > 0 || !body.success) return;
    change.mutate(
      { params: { id: item.id }, body: body.data },
      {
        onSuccess: () => {
          say(t('form.saved'));
          setTyped({});
        },
        onError: (error) =>
          isApiError(error) && setFaults(Object.fromEntries(error.details.map((one) => [one.path, one.message]))),
      },
    );
  }
  return (
    <Section title={t('carriers.configuration')}>
      <LeaveGuard when={dirty} />
      <form onSubmit={submit} noValidate>
        <Fields>
          <SpecFields
            specs={specs}
            values={values}
            faults={faults}
            kept={known.secrets}
            onChange={(name, value) => {
              setTyped((now) => ({ ...now, [name]: value }));
              setFaults(({ [name]: _gone, ...rest }) => rest);
            }}
          />
          {choice === 'custom' && <Hint tone="grey">{t('carriers.mappingStays')}</Hint>}
          {dirty && <Hint tone="grey">{t('carriers.startsAnew')}</Hint>}
          {change.isError && <FaultLine error={change.error} />}
          <Actions start>
            <Button type="submit" loading={change.isPending} disabled={!dirty}>
              {t('form.save')}
            </Button>
          </Actions>
        </Fields>
      </form>
    </Section>
  );
}
