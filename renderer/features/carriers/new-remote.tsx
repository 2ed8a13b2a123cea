import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { carrierAdd } from '../../../server/contract/carrier-forms.ts';
import { isApiError } from '../../api/api-error.ts';
import { useAct } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Actions } from '../../ui/dialog.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { kindOf } from './choices.ts';
import type { Choice } from './choices.ts';
import { specsOf } from './field-specs.ts';
import { faultsOf, valuesFrom, wanted } from './field-values.ts';
import type { FieldFaults } from './field-values.ts';
import { sampleMapping } from './sample-mapping.ts';
import { SpecFields } from './spec-fields.tsx';

/** An account at an SMSC or a provider, or a simulator: its fields, and on to seeing whether it works. */
export function NewRemote({ choice }: { readonly choice: Exclude<Choice, 'modem'> }) {
  const t = useText();
  const specs = specsOf(choice);
  const saved = valuesFrom(specs);
  const [values, setValues] = useState(saved);
  const [name, setName] = useState('');
  const [faults, setFaults] = useState<FieldFaults>({});
  const add = useAct('carrierAdd', ['carriers', 'status']);
  const dirty = name !== '' || JSON.stringify(values) !== JSON.stringify(saved);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const kind = kindOf(choice);
    const given = {
      kind,
      ...(kind === 'upstream' ? { provider: choice } : {}),
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      // An account without a password is rare, and there.
      ...(kind === 'smpp' ? { password: '' } : {}),
      ...wanted(specs, values),
    };
    const wrong = faultsOf({ specs, values, body: given, schema: carrierAdd, t });
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

  const change = (field: string, value: string | boolean) => {
    setValues((now) => ({ ...now, [field]: value }));
    setFaults(({ [field]: _gone, ...rest }) => rest);
  };

  return (
    <form onSubmit={submit} noValidate>
      <LeaveGuard when={dirty} />
      <Card>
        <Fields>
          {choice === 'simulator' && <Hint tone="blue">{t('carriers.simulatorEndings')}</Hint>}
          <SpecFields specs={specs} values={values} faults={faults} onChange={change} />
          {choice === 'custom' && values['mapping'] === '' && (
            <div>
              <Button variant="default" size="xs" onClick={() => change('mapping', sampleMapping)}>
                {t('carriers.sample')}
              </Button>
            </div>
          )}
          <TextInput
            label={t('carriers.name')}
            description={t('carriers.nameHint')}
            maxLength={64}
            autoComplete="off"
            value={name}
            error={faults['name']}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {add.isError && <FaultLine error={add.error} />}
          <Actions>
            <Button variant="default" onClick={() => navigate(pathTo('carriers'))}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('carriers.add')}
            </Button>
          </Actions>
        </Fields>
      </Card>
    </form>
  );
}
