import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { fullTime, wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/side-panel.tsx';

/** Said elsewhere in the panel, and better. */
const elsewhere: ReadonlySet<string> = new Set(['warning', 'callback', 'callbackProblem', 'troubles', 'balanceUnit']);
const isoTime = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/u;

/** What a carrier tells of itself, under names that people know, or else its own. */
export function CarrierFacts({ item }: { readonly item: CarrierItem }) {
  const { language, t } = useLanguage();
  const told = Object.entries(item.facts).flatMap(([name, value]) =>
    value === null || value === '' || elsewhere.has(name) ? [] : [{ name, value }],
  );
  if (told.length === 0) return null;
  const shown = (name: string, value: string | number) => {
    if (name === 'balance') return [value, item.facts['balanceUnit']].filter((word) => word !== null).join(' ');
    if (typeof value === 'number') return wholeNumber(value, language);
    if (isoTime.test(value)) return fullTime(value, language);
    return t.known(`carriers.factValue.${name}.${value}`) ?? value;
  };
  return (
    <Section title={t('carriers.facts')}>
      <Facts>
        {told.map(({ name, value }) => (
          <Fact
            key={name}
            name={t.known(`carriers.fact.${name}`) ?? name}
            {...(typeof value === 'string' && !isoTime.test(value) ? { copy: value } : {})}
          >
            {shown(name, value)}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}
