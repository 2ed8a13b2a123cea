import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { carrierAdd } from '../../../server/contract/carrier-forms.ts';
import type { ModemItem } from '../../../server/contract/admin-modems.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { specsOf } from './field-specs.ts';
import { faultsOf, valuesFrom, wanted } from './field-values.ts';
import type { FieldFaults } from './field-values.ts';
import { byPath, ModemChoice } from './modem-choice.tsx';
import { isQuota, noQuota, prepaidQuota, QuotaFields, quotaFrom } from './quota-fields.tsx';
import { SpecFields } from './spec-fields.tsx';

const specs = specsOf('modem');
const contracts = ['prepaid', 'business'] as const;

/** A modem in three steps: which one, its SIM, how much it may send; then the box brings it up while the reader looks on. */
export function NewModem() {
  const t = useText();
  const [chosen, setChosen] = useState<{ value: string; modem: ModemItem | null }>({ value: '', modem: null });
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [values, setValues] = useState(valuesFrom(specs));
  const [contract, setContract] = useState<(typeof contracts)[number]>('prepaid');
  const [quota, setQuota] = useState(prepaidQuota);
  const [faults, setFaults] = useState<FieldFaults>({});
  const add = useAct('carrierAdd', ['carriers', 'status', 'modems']);
  const wantsPin = chosen.modem?.sim === 'pin';

  function submit(event: FormEvent): void {
    event.preventDefault();
    const where = chosen.value === byPath ? { path: path.trim() } : { imei: chosen.value };
    const baudRate = chosen.modem?.baudRate ?? null;
    const given = {
      kind: 'modem',
      ...where,
      ...(baudRate === null ? {} : { baudRate }),
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...wanted(specs, values),
      quota: isQuota(quota) ? quotaFrom(quota) : {},
    };
    const wrong = faultsOf({ specs, values, body: given, schema: carrierAdd, t });
    if (chosen.value === '' || (chosen.value === byPath && path.trim() === ''))
      wrong['imei'] = t('carriers.chooseModem');
    if (wantsPin && values['pin'] === '') wrong['pin'] = t('carriers.pinNeeded');
    if (!isQuota(quota)) wrong['quota'] = t('field.wholeNumber');
    setFaults(wrong);
    const body = carrierAdd.safeParse(given);
    if (Object.keys(wrong).length > 0 || !body.success) return;
    add.mutate(
      { body: body.data },
      {
        onSuccess: ({ id }) => navigate(pathTo('carriers', id, 'ready'), { force: true, replace: true }),
        onError: (error) =>
          isApiError(error) && setFaults(Object.fromEntries(error.details.map((one) => [one.path, one.message]))),
      },
    );
  }

  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard when={chosen.value !== '' || name !== ''} />
      <Fields>
        <Card title={t('carriers.step.modem')} text={t('carriers.step.modemText')}>
          <Fields>
            <ModemChoice
              value={chosen.value}
              path={path}
              fault={faults['imei'] ?? faults['path'] ?? null}
              onChoose={(value, modem) => {
                setChosen({ value, modem });
                setFaults(({ imei: _gone, ...rest }) => rest);
              }}
              onPath={setPath}
            />
          </Fields>
        </Card>
        <Card title={t('carriers.step.sim')} text={t('carriers.step.simText')}>
          <Fields>
            {wantsPin && <Hint tone="orange">{t('carriers.pinNeeded')}</Hint>}
            <TextInput
              label={t('carriers.name')}
              description={t('carriers.nameHint')}
              maxLength={64}
              autoComplete="off"
              value={name}
              error={faults['name']}
              onChange={(event) => setName(event.currentTarget.value)}
            />
            <SpecFields
              specs={specs}
              values={values}
              faults={faults}
              onChange={(field, value) => {
                setValues((now) => ({ ...now, [field]: value }));
                setFaults(({ [field]: _gone, ...rest }) => rest);
              }}
            />
          </Fields>
        </Card>
        <Card title={t('carriers.step.quota')} text={t('carriers.step.quotaText')}>
          <Fields>
            <Radio.Group
              aria-label={t('carriers.step.quota')}
              value={contract}
              onChange={(value) => {
                const next = contracts.find((one) => one === value) ?? 'prepaid';
                setContract(next);
                setQuota(next === 'prepaid' ? prepaidQuota : noQuota);
              }}
            >
              <Fields>
                {contracts.map((one) => (
                  <Radio
                    key={one}
                    value={one}
                    label={t(`carriers.contract.${one}`)}
                    description={t(`carriers.contractHelp.${one}`)}
                  />
                ))}
              </Fields>
            </Radio.Group>
            <QuotaFields values={quota} wrong={faults['quota'] !== undefined} onChange={setQuota} />
          </Fields>
        </Card>
        {add.isError && <FaultLine error={add.error} />}
        <Actions>
          <Button variant="default" onClick={() => navigate(pathTo('carriers'))}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending}>
            {t('carriers.addModem')}
          </Button>
        </Actions>
      </Fields>
    </form>
  );
}
