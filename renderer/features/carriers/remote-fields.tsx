import { Checkbox, NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import { useText } from '../../i18n/language-context.tsx';
import { knownProviders, providerNeeds } from './carrier-draft.ts';
import type { CarrierFields } from './carrier-draft.ts';

const plain = { spellCheck: false, autoCapitalize: 'none', autoComplete: 'off' } as const;

/** An account at an SMSC; what only few need is changed by the command line. */
export function SmppFields({ form }: { readonly form: CarrierFields }) {
  const t = useText();
  return (
    <>
      <TextInput label={t('carriers.host')} placeholder="smpp.example.com" {...plain} {...form.field('host')} />
      <TextInput label={t('carriers.port')} inputMode="numeric" maxLength={5} {...form.field('port')} />
      <TextInput label={t('carriers.systemId')} {...plain} {...form.field('systemId')} />
      <PasswordInput
        label={t('signIn.password')}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        {...form.field('password')}
      />
      <Checkbox
        label={t('carriers.tls')}
        description={t('carriers.tlsHint')}
        checked={form.values.tls}
        onChange={(event) => form.set('tls', event.currentTarget.checked)}
      />
      <TextInput
        label={t('carriers.speed')}
        description={t('carriers.speedHint')}
        inputMode="numeric"
        maxLength={5}
        {...form.field('partsPerSecond')}
      />
    </>
  );
}

/** A provider that is spoken to over HTTP, or another SEPSMS. */
export function UpstreamFields({ form }: { readonly form: CarrierFields }) {
  const t = useText();
  const { values } = form;
  const needs = providerNeeds[values.provider];
  return (
    <>
      <NativeSelect
        label={t('carriers.provider')}
        data={knownProviders.map((value) => ({ value, label: t(`carriers.provider.${value}`) }))}
        value={values.provider}
        onChange={(event) =>
          form.set('provider', knownProviders.find((one) => one === event.currentTarget.value) ?? 'sepsms')
        }
      />
      {needs.url && (
        <TextInput
          label={t('carriers.url')}
          type="url"
          placeholder="https://sms.example.com"
          {...plain}
          {...form.field('url')}
        />
      )}
      {needs.user && (
        <TextInput label={t('carriers.user')} description={t('carriers.userHint')} {...plain} {...form.field('user')} />
      )}
      <PasswordInput
        label={t('carriers.key')}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        {...form.field('key')}
      />
      <TextInput
        label={t('carriers.origin')}
        description={t('carriers.originHint')}
        maxLength={64}
        {...plain}
        {...form.field('origin')}
      />
      <TextInput
        label={t('carriers.publicUrl')}
        description={t('carriers.publicUrlHint')}
        type="url"
        {...plain}
        {...form.field('publicUrl')}
      />
      <PasswordInput
        label={t('carriers.webhookSecret')}
        description={t('carriers.webhookSecretHint')}
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        {...form.field('webhookSecret')}
      />
      <Checkbox
        label={t('webhooks.allowHost')}
        description={t('carriers.allowHostHint')}
        checked={values.allowHost}
        onChange={(event) => form.set('allowHost', event.currentTarget.checked)}
      />
    </>
  );
}
