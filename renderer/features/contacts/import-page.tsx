import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { useAsk } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { PanelMissing, PanelSkeleton } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { ImportActs } from './import-acts.tsx';
import { ImportPlan } from './import-plan.tsx';
import { ImportProblems } from './import-problems.tsx';
import { HowRead } from './import-read.tsx';
import { ImportState, paceOf } from './import-state.tsx';
import classes from './imports.module.css';

/** One file: how it was read and what will become of it, then how far it has come, then what it became. */
export function ImportPage({ id }: { readonly id: string }) {
  const t = useText();
  const known = /^[1-9]\d{0,14}$/u.test(id);
  const found = useAsk(
    'import',
    { params: { id: known ? Number(id) : 0 } },
    { enabled: known, every: (answer) => (answer === undefined ? false : paceOf([answer])) },
  );
  const item = found.data;
  const back = { to: pathTo('contacts', 'imports'), name: t('imports.title') };
  if (item === undefined) {
    return (
      <Page title={t('imports.title')} back={back}>
        {known && found.isPending ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('imports.missing')} text={t('imports.kept')} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={item.fileName}
      mark={<ImportState state={item.state} />}
      back={back}
      actions={<ImportActs item={item} />}
    >
      <Body item={item} at={found.dataUpdatedAt} />
      <ImportProblems item={item} />
    </Page>
  );
}

function Body({ item, at }: { readonly item: ImportItem; readonly at: number }) {
  const t = useText();
  const mayChange = useMay('operator');
  // A file whose lines are judged anew is being read again; its plan stays in sight.
  if (mayChange && (item.state === 'ready' || (item.state === 'reading' && item.rows > 0))) {
    return (
      <>
        <HowRead item={item} />
        <ImportPlan item={item} />
      </>
    );
  }
  if (item.state === 'ready' || item.state === 'reading') return <HowRead item={item} />;
  const running = item.state === 'running';
  return (
    <>
      <Card title={t(`imports.card.${item.state}`)} text={running ? t('imports.goesOn') : undefined}>
        <div className={classes.result}>
          {item.state !== 'done' && (
            <Progress label={t('imports.title')} done={item.doneRows} total={item.rows} at={at} running={running} />
          )}
          <Outcome item={item} />
        </div>
      </Card>
      <HowRead item={item} />
    </>
  );
}

/** What the lines became so far. */
function Outcome({ item }: { readonly item: ImportItem }) {
  const { language, t } = useLanguage();
  const number = (value: number) => wholeNumber(value, language);
  const [group] = item.groups;
  return (
    <>
      <dl className={classes.figures} aria-live="polite">
        <Figure name={t('imports.created')} value={number(item.created)} />
        <Figure name={t('imports.updated')} value={number(item.updated)} />
        <Figure name={t('imports.skipped')} value={number(item.skipped)} />
        <Figure name={t('imports.leftOut')} value={number(item.problems)} />
      </dl>
      <Facts>
        {item.startedAt !== null && (
          <Fact name={t('imports.startedAt')}>
            <FullTime iso={item.startedAt} />
          </Fact>
        )}
        {item.finishedAt !== null && (
          <Fact name={t('imports.finishedAt')}>
            <FullTime iso={item.finishedAt} />
          </Fact>
        )}
      </Facts>
      {item.doneRows > 0 && (
        <p>
          <Link
            className={classes.link}
            to={`${pathTo('contacts')}?${new URLSearchParams({
              account: item.account,
              ...(group === undefined ? {} : { group: String(group) }),
            }).toString()}`}
          >
            {t(group === undefined ? 'imports.showContacts' : 'imports.showGroup')}
          </Link>
        </p>
      )}
    </>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
