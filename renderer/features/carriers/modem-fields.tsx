import { Button, PasswordInput, Radio, TextInput } from '@mantine/core';
import type { ModemItem } from '../../../server/contract/admin-modems.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import type { CarrierFields } from './carrier-draft.ts';

const lookAgain = 5_000;

/** Chooses one of the modems that are plugged in, or a port by its name. */
export function ModemFields({ form }: { readonly form: CarrierFields }) {
  const t = useText();
  const modems = useAsk('modems', {}, { every: lookAgain });
  const scan = useAct('modemScan', ['modems']);
  const items = modems.data?.items ?? [];
  const { values } = form;
  return (
    <>
      <Radio.Group
        label={t('carriers.modems')}
        value={values.imei === '' ? 'path' : values.imei}
        onChange={(value) => form.set('imei', value === 'path' ? '' : value)}
      >
        <Fields>
          {items.map((modem) => (
            <Modem key={modem.device} modem={modem} />
          ))}
          <Radio value="path" label={t('carriers.byPath')} />
        </Fields>
      </Radio.Group>
      {values.imei === '' && (
        <TextInput
          label={t('carriers.path')}
          description={t('carriers.pathHint')}
          placeholder="/dev/ttyUSB2"
          spellCheck={false}
          autoCapitalize="none"
          maxLength={256}
          {...form.field('path')}
        />
      )}
      <div>
        <Button variant="default" size="xs" loading={scan.isPending} onClick={() => scan.mutate({})}>
          {t('carriers.scan')}
        </Button>
      </div>
      {modems.data !== undefined && items.length === 0 && <Hint tone="grey">{t('carriers.noModem')}</Hint>}
      {scan.isError && <FaultLine error={scan.error} />}
      <PasswordInput
        label={t('carriers.pin')}
        description={t('carriers.pinHint')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={8}
        visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
        {...form.field('pin')}
      />
    </>
  );
}

function Modem({ modem }: { readonly modem: ModemItem }) {
  const t = useText();
  const name = [modem.manufacturer, modem.model].filter((word) => word !== null).join(' ') || modem.device;
  const about =
    modem.carrier === null ? (modem.problem ?? modem.imei ?? '') : t('carriers.taken', { name: modem.carrier.name });
  return (
    <Radio
      value={modem.imei ?? modem.device}
      label={name}
      description={about}
      disabled={!modem.free || modem.imei === null}
    />
  );
}
