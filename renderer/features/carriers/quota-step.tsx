import { Radio } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../i18n/language-context.tsx';
import { Card, Fields } from '../../ui/page.tsx';
import { noQuota, prepaidQuota, QuotaFields } from './quota-fields.tsx';
import type { QuotaValues } from './quota-fields.tsx';

const contracts = ['prepaid', 'business'] as const;

interface QuotaStepProps {
  readonly values: QuotaValues;
  readonly wrong: boolean;
  readonly onChange: (values: QuotaValues) => void;
}

/** How much a SIM may send: a cautious suggestion for one that is not made for it, or what its owner writes. */
export function QuotaStep({ values, wrong, onChange }: QuotaStepProps) {
  const t = useText();
  const [contract, setContract] = useState<(typeof contracts)[number]>('prepaid');
  return (
    <Card title={t('carriers.step.quota')} text={t('carriers.step.quotaText')}>
      <Fields>
        <Radio.Group
          aria-label={t('carriers.step.quota')}
          value={contract}
          onChange={(value) => {
            const next = contracts.find((one) => one === value) ?? 'prepaid';
            setContract(next);
            onChange(next === 'prepaid' ? prepaidQuota : noQuota);
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
        <QuotaFields values={values} wrong={wrong} onChange={onChange} />
      </Fields>
    </Card>
  );
}
