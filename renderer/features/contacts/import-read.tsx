import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { useAsk } from '../../api/ask.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';
import { FullTime } from '../../ui/time.tsx';

const delimiterKeys = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

/** What was understood of the file. */
export function HowRead({ item }: { readonly item: ImportItem }) {
  const { language, t } = useLanguage();
  const settings = useAsk('settings', {});
  const abroad = settings.data?.items.find(({ name }) => name === 'number.international')?.value === true;
  const { encoding, delimiter, hasHeader } = item;
  return (
    <Card title={t('imports.howRead')}>
      <Facts>
        <Fact name={t('imports.kind')}>
          {item.kind === 'xlsx' ? t('imports.kind.xlsx') : t('imports.kind.csv')}
          {encoding !== null && ` · ${t(`imports.encoding.${encoding}`)}`}
          {delimiter !== null && ` · ${t(`imports.delimiter.${delimiterKeys[delimiter]}`)}`}
        </Fact>
        {hasHeader !== null && (
          <Fact name={t('imports.firstLine')}>{t(hasHeader ? 'imports.header' : 'imports.noHeader')}</Fact>
        )}
        <Fact name={t('imports.lines')}>
          {wholeNumber(item.rows, language)}
          {item.problems > 0 && ` · ${t('imports.ofThemLeftOut', { count: item.problems })}`}
        </Fact>
        <Fact name={t('imports.country')}>{t(abroad ? 'imports.countryAll' : 'imports.countryThai')}</Fact>
        <Fact name={t('imports.by')}>
          {item.createdBy} · <FullTime iso={item.createdAt} />
        </Fact>
      </Facts>
    </Card>
  );
}
