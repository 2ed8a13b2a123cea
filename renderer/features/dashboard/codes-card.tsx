import type { OverviewAnswer } from '../../../server/contract/admin-overview.ts';
import { seconds } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';

/** How fast one-time codes leave; nothing where none was sent. */
export function CodesCard({ overview }: { readonly overview: OverviewAnswer | undefined }) {
  const { language, t } = useLanguage();
  const total = overview?.total;
  if (total === undefined || total.codeLatencyMs === null || total.codeLatencyMaxMs === null) return null;
  return (
    <Card title={t('dashboard.codes')}>
      <Facts>
        <Fact name={t('dashboard.codesCount')}>{total.codes}</Fact>
        <Fact name={t('dashboard.codesAverage')}>{seconds(total.codeLatencyMs, language)}</Fact>
        <Fact name={t('dashboard.codesMost')}>{seconds(total.codeLatencyMaxMs, language)}</Fact>
      </Facts>
    </Card>
  );
}
