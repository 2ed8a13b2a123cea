import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { FormEvent } from 'react';
import type { RouteTrialAnswer } from '../../../server/contract/admin-routing.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { reasonWords } from '../../ui/reason-words.ts';
import { AccountField, useAccounts } from '../../layout/account-field.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import { useNow } from '../../ui/clock.ts';
import { Actions } from '../../ui/dialog.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Fields } from '../../ui/page.tsx';
import { Section, SidePanel } from '../../ui/side-panel.tsx';
import { useForm } from '../../ui/use-form.ts';
import { purposes } from './route-draft.ts';
import classes from './routes.module.css';

const blank = { to: '', text: '', account: '', sender: '', purpose: 'normal' };

/** Which way would this message go? Nothing is sent. */
export function RouteTrial({ closed }: { readonly closed: string }) {
  const t = useText();
  const { first } = useAccounts();
  const form = useForm(blank);
  const trial = useAct('routeTry', []);
  const { values } = form;
  const account = values.account || first;

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!form.check({ to: values.to.trim() === '' ? t('field.required') : null })) return;
    trial.mutate({
      body: {
        to: values.to.trim(),
        purpose: purposes.find((purpose) => purpose === values.purpose) ?? 'normal',
        ...(values.text === '' ? {} : { text: values.text }),
        ...(account === '' ? {} : { account }),
        ...(values.sender === '' ? {} : { sender: values.sender }),
      },
    });
  }

  return (
    <SidePanel label={t('routes.try')} head={<h2>{t('routes.try')}</h2>} closed={closed}>
      <form onSubmit={submit} noValidate>
        <Fields>
          <p className={classes.help}>{t('routes.tryText')}</p>
          <TextInput
            label={t('routes.tryTo')}
            placeholder="081 234 5678"
            inputMode="tel"
            maxLength={64}
            autoFocus
            {...form.field('to')}
          />
          <Textarea
            label={t('panel.text')}
            autosize
            minRows={2}
            maxRows={8}
            maxLength={20_000}
            {...form.field('text')}
          />
          <AccountField value={account} onChange={(name) => form.set('account', name)} />
          <TrialSender account={account} value={values.sender} onChange={(sender) => form.set('sender', sender)} />
          <NativeSelect
            label={t('routes.purpose')}
            data={purposes.map((purpose) => ({ value: purpose, label: t(`routes.what.${purpose}`) }))}
            {...form.field('purpose')}
          />
          {trial.isError && <FaultLine error={trial.error} />}
          <Actions>
            <Button type="submit" loading={trial.isPending}>
              {t('routes.tryDo')}
            </Button>
          </Actions>
        </Fields>
      </form>
      <div aria-live="polite">{trial.data !== undefined && <TrialAnswer answer={trial.data} />}</div>
    </SidePanel>
  );
}

interface TrialSenderProps {
  readonly account: string;
  readonly value: string;
  readonly onChange: (sender: string) => void;
}

function TrialSender({ account, value, onChange }: TrialSenderProps) {
  const t = useText();
  const senders = useAsk('senders', {});
  const names = (senders.data?.items ?? [])
    .filter((sender) => sender.state === 'approved' && sender.account === account)
    .map(({ name }) => name);
  if (names.length < 2) return null;
  return (
    <NativeSelect
      label={t('panel.origin')}
      data={names}
      value={value || names[0]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function TrialAnswer({ answer }: { readonly answer: RouteTrialAnswer }) {
  const { language, t } = useLanguage();
  const now = useNow();
  const { route, carriers, passed } = answer;
  return (
    <Section title={t('routes.tryAnswer')}>
      <p className={classes.verdict}>
        {route === null ? (
          t('routes.tryNone')
        ) : (
          <>
            {t('routes.tryRoute')} <Link to={pathTo('routes', route.id)}>{route.name}</Link>
          </>
        )}
      </p>
      <ol className={classes.judged}>
        {carriers.map((carrier) => (
          <li key={carrier.id}>
            <span>{carrier.name}</span>
            <Badge tone={carrier.can ? 'green' : 'orange'} icon={carrier.can ? 'tick' : 'clock'}>
              {t(carrier.can ? 'routes.tryCan' : 'routes.tryCannot')}
            </Badge>
            {carrier.reason !== null && <p>{reasonWords(carrier.reason, now, language, t)}</p>}
          </li>
        ))}
      </ol>
      {!carriers.some(({ can }) => can) && <Hint tone="orange">{t('routes.tryWaits')}</Hint>}
      {passed.length > 0 && (
        <>
          <h3 className={classes.passed}>{t('routes.tryPassed')}</h3>
          <ol className={classes.judged}>
            {passed.map(({ id, name, mismatch }) => (
              <li key={id}>
                <Link to={pathTo('routes', id)}>{name}</Link>
                <span className={classes.mismatch}>{t(`routes.mismatch.${mismatch}`)}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Section>
  );
}
