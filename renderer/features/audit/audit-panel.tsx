import type { AuditItem } from '../../../server/contract/admin-audit.ts';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { Hint } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import classes from './audit.module.css';
import { deedOf, doerOf, fieldName, fieldValue, givenFields, outcomeOf, pageOfTarget } from './entry-words.ts';
import { OutcomeBadge } from './outcome-badge.tsx';

interface AuditPanelProps {
  readonly id: string;
  /** The row where the list has it; else it is asked for. */
  readonly item: AuditItem | undefined;
  readonly closed: string;
}

/** One row of the log: who, what, to what, with what, and how it ended. */
export function AuditPanel({ id, item, closed }: AuditPanelProps) {
  const t = useText();
  const number = /^[1-9]\d{0,14}$/u.test(id) ? Number(id) : null;
  const asked = useAsk(
    'auditEntry',
    { params: { id: number ?? 1 } },
    { enabled: item === undefined && number !== null },
  );
  const row = item ?? asked.data;
  if (row === undefined || number === null) {
    return (
      <SidePanel label={t('audit.panel')} closed={closed}>
        {number !== null && asked.isPending ? (
          <PanelSkeleton />
        ) : (
          <PanelMissing title={t('audit.missing')} text={t('panel.notFound.text')} />
        )}
      </SidePanel>
    );
  }
  return (
    <SidePanel
      label={t('audit.panel')}
      closed={closed}
      head={
        <>
          <OutcomeBadge item={row} />
          <span>{t('audit.row', { row: row.id })}</span>
        </>
      }
    >
      <h2 className={classes.deed}>{deedOf(row.operation, t)}</h2>
      <Ending item={row} />
      <Facts>
        <Fact name={t('audit.who')}>
          {doerOf(row.who, t)}
          {row.role !== null && ` · ${t(`role.${row.role}`)}`}
        </Fact>
        <Fact name={t('audit.when')}>
          <FullTime iso={row.at} />
        </Fact>
        <Fact name={t('audit.address')}>{row.address}</Fact>
        <Fact name={t('audit.target')} copy={row.target}>
          <Target target={row.target} />
        </Fact>
        <Fact name={t('audit.hash')} copy={row.hash}>
          <code>{row.hash.slice(0, 16)}…</code>
        </Fact>
      </Facts>
      <Section title={t('audit.given')}>
        <Given item={row} />
      </Section>
    </SidePanel>
  );
}

/** Why it did not simply succeed. */
function Ending({ item }: { readonly item: AuditItem }) {
  const t = useText();
  const outcome = outcomeOf(item);
  switch (outcome) {
    case 'done':
      return null;
    case 'refused':
      return <Hint tone="orange">{t.known(`error.${item.outcome}`) ?? item.outcome}</Hint>;
    case 'failed':
    case 'unknown':
      return <Hint tone={outcome === 'failed' ? 'red' : 'violet'}>{t(`audit.outcomeHint.${outcome}`)}</Hint>;
    default:
      return outcome satisfies never;
  }
}

function Target({ target }: { readonly target: string }) {
  const page = pageOfTarget(target);
  if (page === null) return target;
  return (
    <Link to={page} className={classes.link}>
      {target}
    </Link>
  );
}

function Given({ item }: { readonly item: AuditItem }) {
  const t = useText();
  const { fields, more } = givenFields(item);
  if (fields.length === 0)
    return <p className={classes.quiet}>{item.detail === '' ? t('audit.nothingGiven') : item.detail}</p>;
  return (
    <>
      <Facts>
        {fields.map(({ name, value }) => (
          <Fact key={name} name={fieldName(name, t)}>
            {fieldValue(value, t)}
          </Fact>
        ))}
      </Facts>
      <p className={classes.quiet}>
        {more > 0 && `${t('audit.more', { count: more })} · `}
        {t('audit.givenHint')}
      </p>
    </>
  );
}
