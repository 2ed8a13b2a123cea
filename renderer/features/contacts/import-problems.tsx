import { Button } from '@mantine/core';
import type { ImportItem, ImportRow } from '../../../server/contract/admin-imports.ts';
import { rowProblems } from '../../../server/contract/import-rules.ts';
import { usePages } from '../../api/ask.ts';
import { fileAddress } from '../../api/call.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { useFilters } from '../../router/filters.ts';
import { DataTable } from '../../ui/data-table.tsx';
import type { Column } from '../../ui/data-table.tsx';
import { Choice } from '../../ui/filter-bar.tsx';
import { ListState, More } from '../../ui/list-state.tsx';
import { Card } from '../../ui/page.tsx';
import classes from './imports.module.css';

const filterNames = ['why'] as const;
const pageSize = 100;

/** The lines of a file that are left out, each with the reason; to be mended in a file of their own. */
export function ImportProblems({ item }: { readonly item: ImportItem }) {
  const { language, t } = useLanguage();
  const mayLoad = useMay('operator');
  const filters = useFilters(filterNames);
  const problem = rowProblems.find((each) => each === filters.values.why);
  const query = problem === undefined ? {} : { problem };
  if (item.problems === 0 || item.state === 'reading') return null;
  return (
    <Card
      title={t('imports.problems', { count: item.problems })}
      text={t('imports.problemsText')}
      actions={
        <div className={classes.tools}>
          <Choice
            label={t('imports.why')}
            value={problem ?? ''}
            options={[
              { value: '', label: t('imports.everyWhy') },
              ...rowProblems
                .filter((each) => item.problemKinds[each] > 0)
                .map((each) => ({
                  value: each,
                  label: `${t(`imports.problem.${each}`)} (${wholeNumber(item.problemKinds[each], language)})`,
                })),
            ]}
            onChange={(why) => filters.set({ why })}
          />
          {mayLoad && (
            <Button
              component="a"
              variant="default"
              size="sm"
              href={fileAddress('importReport', { params: { id: item.id }, query: { ...query, language } })}
              download
            >
              {t('imports.report')}
            </Button>
          )}
        </div>
      }
    >
      <ProblemRows key={`${item.state}-${problem ?? ''}`} id={item.id} query={query} />
    </Card>
  );
}

function ProblemRows({
  id,
  query,
}: {
  readonly id: number;
  readonly query: { readonly problem?: ImportRow['problem'] };
}) {
  const t = useText();
  const { problem } = query;
  const rows = usePages(
    'importRows',
    { params: { id }, query: { problems: 'true', ...(problem ? { problem } : {}) } },
    pageSize,
  );
  const columns: readonly Column<ImportRow>[] = [
    { key: 'line', title: t('imports.line'), width: '72px', cell: (row) => row.line },
    { key: 'why', title: t('imports.why'), width: 'minmax(144px, 0.6fr)', cell: (row) => <Why row={row} /> },
    {
      key: 'cells',
      title: t('imports.cells'),
      cell: (row) => row.cells.filter((cell) => cell !== '').join(' · '),
    },
  ];
  return (
    <div className={classes.problems}>
      <ListState query={rows} count={rows.items.length} empty={<p>{t('imports.noneLeftOut')}</p>}>
        <DataTable label={t('imports.leftOut')} rows={rows.items} columns={columns} idOf={(row) => String(row.line)} />
        <More query={rows} end={t('list.end')} />
      </ListState>
    </div>
  );
}

function Why({ row }: { readonly row: ImportRow }) {
  const t = useText();
  if (row.problem === null) return null;
  if (row.problem === 'duplicate' && row.sameAs !== null) return t('imports.sameAs', { line: String(row.sameAs) });
  return t(`imports.problem.${row.problem}`);
}
