import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { KeywordTrialAnswer } from '../../../../server/contract/admin-keywords.ts';
import { useAct, useAsk } from '../../../api/ask.ts';
import { phoneNumber } from '../../../i18n/format.ts';
import { useText } from '../../../i18n/language-context.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Actions } from '../../../ui/dialog.tsx';
import { Fact, Facts } from '../../../ui/facts.tsx';
import { FaultLine } from '../../../ui/notice.tsx';
import { Fields } from '../../../ui/page.tsx';
import { Section, SidePanel } from '../../../ui/side-panel.tsx';
import { useForm } from '../../../ui/use-form.ts';
import { refusalWords } from './rule-words.ts';
import classes from './rules.module.css';

const blank = { from: '', text: '', carrier: '' };

/** What would happen with this text? Nothing is sent. */
export function RuleTrial({ closed }: { readonly closed: string }) {
  const t = useText();
  const form = useForm(blank);
  const trial = useAct('keywordTry', []);
  const carriers = useAsk('carriers', {});
  const { values } = form;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!form.check({ from: values.from.trim() === '' ? t('field.required') : null })) return;
    trial.mutate({
      body: {
        from: values.from.trim(),
        text: values.text,
        ...(values.carrier === '' ? {} : { carrierId: Number(values.carrier) }),
      },
    });
  }

  return (
    <SidePanel label={t('rules.try')} head={<h2>{t('rules.try')}</h2>} closed={closed}>
      <form onSubmit={submit} noValidate>
        <Fields>
          <p className={classes.help}>{t('rules.tryText')}</p>
          <TextInput
            label={t('inbox.from')}
            placeholder="081 234 5678"
            inputMode="tel"
            maxLength={64}
            autoFocus
            {...form.field('from')}
          />
          <Textarea
            label={t('panel.text')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={20_000}
            {...form.field('text')}
          />
          {(carriers.data?.items.length ?? 0) > 1 && (
            <NativeSelect
              label={t('rules.tryBy')}
              data={[
                { value: '', label: t('rules.tryByAny') },
                ...(carriers.data?.items ?? []).map(({ id, name }) => ({ value: String(id), label: name })),
              ]}
              {...form.field('carrier')}
            />
          )}
          {trial.isError && <FaultLine error={trial.error} />}
          <Actions>
            <Button type="submit" loading={trial.isPending}>
              {t('rules.tryDo')}
            </Button>
          </Actions>
        </Fields>
      </form>
      <div aria-live="polite">{trial.data !== undefined && <TrialAnswer answer={trial.data} />}</div>
    </SidePanel>
  );
}

function TrialAnswer({ answer }: { readonly answer: KeywordTrialAnswer }) {
  const t = useText();
  const { rule, builtIn, account, webhook, answers } = answer;
  return (
    <Section title={t('rules.tryAnswer')}>
      <Facts>
        <Fact name={t('inbox.rule')}>
          {rule === null ? t('rules.tryNone') : builtIn ? t(`rules.builtIn.${rule === 'opt-in' ? 'in' : 'out'}`) : rule}
        </Fact>
        <Fact name={t('rules.account')}>{account}</Fact>
        {webhook !== null && <Fact name={t('rules.webhook')}>{t('rules.act.webhook', { webhook })}</Fact>}
      </Facts>
      <ul className={classes.answers}>
        {answers.map((one) => (
          <li key={one.kind}>
            <div>
              <span>{t(`rules.kind.${one.kind}`, { number: phoneNumber(one.to) })}</span>
              <Badge tone={one.sent ? 'green' : 'orange'} icon={one.sent ? 'tick' : 'slash'}>
                {t(one.sent ? 'rules.trySent' : 'rules.tryNotSent')}
              </Badge>
            </div>
            <p className={classes.said}>{one.text}</p>
            {!one.sent && <p className={classes.help}>{refusalWords(one.code, one.reason, t)}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}
