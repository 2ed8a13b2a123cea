import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { call } from '../../api/call.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Actions, Dialog } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { useForm } from '../../ui/use-form.ts';
import classes from './audit.module.css';
import { faultWords } from './verdict.ts';
import type { Verdict } from './verdict.ts';

interface AboutChainProps {
  readonly open: boolean;
  readonly verdict: Verdict | undefined;
  readonly onClose: () => void;
}

/** What the chain proves and what it does not, and the way to hold it against a note. */
export function AboutChain({ open, verdict, onClose }: AboutChainProps) {
  const t = useText();
  return (
    <Dialog open={open} title={t('audit.about.title')} onClose={onClose}>
      <div className={classes.about}>
        <p>{t('audit.about.chain')}</p>
        <p>{t('audit.about.note')}</p>
        {verdict !== undefined && verdict.rows > 0 && (
          <Facts>
            <Fact name={t('audit.about.last')} copy={String(verdict.rows)}>
              {verdict.rows}
            </Fact>
            <Fact name={t('audit.about.seal')} copy={verdict.hash}>
              <code>{verdict.hash}</code>
            </Fact>
          </Facts>
        )}
        <Compare />
      </div>
    </Dialog>
  );
}

function Compare() {
  const t = useText();
  const form = useForm({ row: '', hash: '' });
  const look = useMutation({
    mutationFn: (query: { readonly row: number; readonly hash: string }) => call('auditVerify', { query }),
  });
  function compare(): void {
    const { row, hash } = form.values;
    const fits = form.check({
      row: /^[1-9]\d{0,14}$/u.test(row.trim()) ? null : t('field.wholeNumber'),
      hash: /^[0-9a-f]{16,64}$/iu.test(hash.trim()) ? null : t('audit.about.badSeal'),
    });
    if (fits) look.mutate({ row: Number(row.trim()), hash: hash.trim() });
  }
  return (
    <form
      className={classes.compare}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        compare();
      }}
    >
      <h3>{t('audit.about.compare')}</h3>
      <TextInput label={t('audit.about.row')} inputMode="numeric" autoComplete="off" {...form.field('row')} />
      <TextInput
        label={t('audit.about.noted')}
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        {...form.field('hash')}
      />
      {look.isError && <FaultLine error={look.error} />}
      {look.data !== undefined && <Compared verdict={look.data} noted={look.variables?.row ?? 0} />}
      <Actions>
        <Button type="submit" variant="default" loading={look.isPending}>
          {t('audit.about.compare')}
        </Button>
      </Actions>
    </form>
  );
}

function Compared({ verdict, noted }: { readonly verdict: Verdict; readonly noted: number }) {
  const t = useText();
  if (verdict.ok) return <Hint tone="green">{t('audit.about.matches', { row: noted })}</Hint>;
  return <Hint tone="red">{faultWords(verdict, t)}</Hint>;
}
