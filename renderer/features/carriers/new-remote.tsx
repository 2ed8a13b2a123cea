import { Button } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { CarrierName } from './carrier-name.tsx';
import { kindOf } from './choices.ts';
import type { Choice } from './choices.ts';
import { specsOf } from './field-specs.ts';
import { valuesFrom, wanted } from './field-values.ts';
import { NewFormFoot } from './new-form-foot.tsx';
import { sampleMapping } from './sample-mapping.ts';
import { SpecFields } from './spec-fields.tsx';
import { useAddCarrier } from './use-add-carrier.ts';

/** An account at an SMSC or a provider, or a simulator: its fields, and on to seeing whether it works. */
export function NewRemote({ choice }: { readonly choice: Exclude<Choice, 'modem'> }) {
  const t = useText();
  const specs = specsOf(choice);
  const saved = valuesFrom(specs);
  const [values, setValues] = useState(saved);
  const [name, setName] = useState('');
  const { faults, submit, forgive, busy, error } = useAddCarrier();
  const dirty = name !== '' || JSON.stringify(values) !== JSON.stringify(saved);

  function add(event: FormEvent): void {
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
    submit({ specs, values, given });
  }

  const change = (field: string, value: string | boolean) => {
    setValues((now) => ({ ...now, [field]: value }));
    forgive(field);
  };

  return (
    <form onSubmit={add} noValidate>
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
          <CarrierName value={name} fault={faults['name']} onChange={setName} />
          <NewFormFoot action={t('carriers.add')} busy={busy} error={error} />
        </Fields>
      </Card>
    </form>
  );
}
