import type { BoxOverview } from '../../../server/contract/admin-shapes.ts';
import { seconds } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language-context.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Card } from '../../ui/page.tsx';

/** How fast one-time codes leave; nothing where none was sent. */
export function CodesCard({ overview }: { readonly overview: BoxOverview | undefined }) {
  const { language, t } = useLanguage();
  const codes = overview?.codes;
  if (codes === undefined || codes.averageMs === null || codes.mostMs === null) return null;
  return (
    <Card title={t('dashboard.codes')}>
      <Facts>
        <Fact name={t('dashboard.codesCount')}>{codes.count}</Fact>
        <Fact name={t('dashboard.codesAverage')}>{seconds(codes.averageMs, language)}</Fact>
        <Fact name={t('dashboard.codesMost')}>{seconds(codes.mostMs, language)}</Fact>
      </Facts>
    </Card>
  );
}
