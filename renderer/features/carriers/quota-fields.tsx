import { TextInput } from '@mantine/core';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useText } from '../../i18n/language-context.tsx';
import classes from './carriers.module.css';

export const periods = [
  'minute',
  'hour',
  'day',
  'month',
] as const satisfies readonly CarrierItem['usage'][number]['period'][];
export type Period = (typeof periods)[number];
/** Most parts in each span, as typed; empty for no limit. */
export type QuotaValues = Readonly<Record<Period, string>>;

export const noQuota: QuotaValues = { minute: '', hour: '', day: '', month: '' };
/** Below what operators are known to take for the work of a machine. */
export const prepaidQuota: QuotaValues = { minute: '6', hour: '100', day: '300', month: '' };

export function quotaOf(carrier: CarrierItem): QuotaValues {
  const limits = new Map(carrier.usage.map(({ period, limit }) => [period, limit]));
  const text = (period: Period) => String(limits.get(period) ?? '');
  return { minute: text('minute'), hour: text('hour'), day: text('day'), month: text('month') };
}

/** The quota as the box wants it; a limit that is none is left out. */
export function quotaFrom(values: QuotaValues): Partial<Record<Period, number>> {
  return Object.fromEntries(
    periods.flatMap((period) => (values[period].trim() === '' ? [] : [[period, Number(values[period])]])),
  );
}

export function isQuota(values: QuotaValues): boolean {
  return periods.every((period) => /^(?:|[1-9]\d{0,6})$/u.test(values[period].trim()));
}

interface QuotaFieldsProps {
  readonly values: QuotaValues;
  readonly wrong: boolean;
  readonly onChange: (values: QuotaValues) => void;
}

/** Most parts in each span of the calendar. */
export function QuotaFields({ values, wrong, onChange }: QuotaFieldsProps) {
  const t = useText();
  return (
    <fieldset className={classes.quota}>
      <legend>{t('carriers.quota')}</legend>
      <p>{t('carriers.quotaHint')}</p>
      <div>
        {periods.map((period) => (
          <TextInput
            key={period}
            label={t(`carriers.per.${period}`)}
            inputMode="numeric"
            autoComplete="off"
            maxLength={7}
            value={values[period]}
            error={wrong && !isQuota({ ...noQuota, [period]: values[period] }) ? t('field.wholeNumber') : null}
            onChange={(event) => onChange({ ...values, [period]: event.currentTarget.value })}
          />
        ))}
      </div>
    </fieldset>
  );
}
