import { useState } from 'react';
import type { FormEvent } from 'react';
import type { ModemItem } from '../../../server/contract/admin-modems.ts';
import { useText } from '../../i18n/language-context.tsx';
import type { Translate } from '../../i18n/translate.ts';
import { LeaveGuard } from '../../ui/leave-guard.tsx';
import { Hint } from '../../ui/notice.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { CarrierName } from './carrier-name.tsx';
import { specsOf } from './field-specs.ts';
import { valuesFrom, wanted } from './field-values.ts';
import type { FieldFaults } from './field-values.ts';
import { byPath, ModemChoice } from './modem-choice.tsx';
import { NewFormFoot } from './new-form-foot.tsx';
import { isQuota, prepaidQuota, quotaFrom } from './quota-fields.tsx';
import { QuotaStep } from './quota-step.tsx';
import { SpecFields } from './spec-fields.tsx';
import { useAddCarrier } from './use-add-carrier.ts';

const specs = specsOf('modem');

const blank = {
  /** IMEI of the modem that was chosen; `byPath` for one that is named by its port. */
  chosen: '',
  modem: null as ModemItem | null,
  path: '',
  name: '',
  fields: valuesFrom(specs),
  quota: prepaidQuota,
};
type Draft = typeof blank;

/** A modem in three steps: which one, its SIM, how much it may send; then the box brings it up while the reader looks on. */
export function NewModem() {
  const t = useText();
  const [draft, setDraft] = useState(blank);
  const { faults, submit, forgive, busy, error } = useAddCarrier();
  const change = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));

  function add(event: FormEvent): void {
    event.preventDefault();
    submit({ specs, values: draft.fields, given: bodyOf(draft), beside: faultsBeside(draft, t) });
  }

  return (
    <form onSubmit={add} noValidate>
      <LeaveGuard when={draft.chosen !== '' || draft.name !== ''} />
      <Fields>
        <Card title={t('carriers.step.modem')} text={t('carriers.step.modemText')}>
          <Fields>
            <ModemChoice
              value={draft.chosen}
              path={draft.path}
              fault={faults['imei'] ?? faults['path'] ?? null}
              onChoose={(chosen, modem) => {
                change({ chosen, modem });
                forgive('imei');
              }}
              onPath={(path) => change({ path })}
            />
          </Fields>
        </Card>
        <Card title={t('carriers.step.sim')} text={t('carriers.step.simText')}>
          <Fields>
            {wantsPin(draft) && <Hint tone="orange">{t('carriers.pinNeeded')}</Hint>}
            <CarrierName value={draft.name} fault={faults['name']} onChange={(name) => change({ name })} />
            <SpecFields
              specs={specs}
              values={draft.fields}
              faults={faults}
              onChange={(name, value) => {
                change({ fields: { ...draft.fields, [name]: value } });
                forgive(name);
              }}
            />
          </Fields>
        </Card>
        <QuotaStep values={draft.quota} wrong={faults['quota'] !== undefined} onChange={(quota) => change({ quota })} />
        <NewFormFoot action={t('carriers.addModem')} busy={busy} error={error} />
      </Fields>
    </form>
  );
}

function wantsPin({ modem }: Draft): boolean {
  return modem?.sim === 'pin';
}

function bodyOf({ chosen, modem, path, name, fields, quota }: Draft): unknown {
  const baudRate = modem?.baudRate ?? null;
  return {
    kind: 'modem',
    ...(chosen === byPath ? { path: path.trim() } : { imei: chosen }),
    ...(baudRate === null ? {} : { baudRate }),
    ...(name.trim() === '' ? {} : { name: name.trim() }),
    ...wanted(specs, fields),
    quota: isQuota(quota) ? quotaFrom(quota) : {},
  };
}

/** What the fields themselves do not know: that a modem is chosen, what its SIM wants, how a quota is written. */
function faultsBeside(draft: Draft, t: Translate): FieldFaults {
  const { chosen, path, fields, quota } = draft;
  const isNamed = chosen === byPath ? path.trim() !== '' : chosen !== '';
  return {
    ...(isNamed ? {} : { imei: t('carriers.chooseModem') }),
    ...(wantsPin(draft) && fields['pin'] === '' ? { pin: t('carriers.pinNeeded') } : {}),
    ...(isQuota(quota) ? {} : { quota: t('field.wholeNumber') }),
  };
}
