import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Actions, Confirm, Dialog } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { Meter } from '../../ui/meter.tsx';
import { Section } from '../../ui/side-panel.tsx';
import { Signal } from '../../ui/signal.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { CallbackLine } from './callback.tsx';
import classes from './carriers.module.css';
import { CarrierFacts } from './carrier-facts.tsx';
import { Help } from './help.tsx';
import { TestMessage } from './test-message.tsx';

/** How a carrier is and why, what it has sent of its quota, and what it tells of itself. */
export function OverviewTab({ item }: { readonly item: CarrierItem }) {
  return (
    <div className={classes.body}>
      <Help item={item} />
      <Switches item={item} />
      <Usage item={item} />
      <CallbackLine item={item} />
      <CarrierFacts item={item} />
    </div>
  );
}

function Switches({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const say = useToast();
  const mayAct = useMay('operator');
  const [open, setOpen] = useState<'test' | 'disable' | null>(null);
  const changes = ['carriers', 'carrier', 'status'] as const;
  const pause = useAct('carrierPause', changes);
  const resume = useAct('carrierResume', changes);
  const drain = useAct('carrierDrain', changes);
  const enable = useAct('carrierEnable', changes);
  const disable = useAct('carrierDisable', changes);
  if (!mayAct) return null;
  const input = { params: { id: item.id } };
  const fault = [pause, resume, drain, enable].find((one) => one.isError);
  return (
    <>
      <Actions start>
        {item.enabled && (
          <Button variant="default" onClick={() => setOpen('test')}>
            {t('carriers.test')}
          </Button>
        )}
        {item.enabled && !item.paused && (
          <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate(input)}>
            {t('carriers.pause')}
          </Button>
        )}
        {item.enabled && item.paused && (
          <Button variant="default" loading={resume.isPending} onClick={() => resume.mutate(input)}>
            {t('carriers.resume')}
          </Button>
        )}
        {item.enabled && item.held > 0 && (
          <Button
            variant="default"
            loading={drain.isPending}
            title={t('carriers.drainHint')}
            onClick={() =>
              drain.mutate(input, {
                onSuccess: ({ held }) =>
                  say(held === 0 ? t('carriers.drained') : t('carriers.notDrained', { count: held })),
              })
            }
          >
            {t('carriers.drain')}
          </Button>
        )}
        {item.enabled ? (
          <Button variant="default" onClick={() => setOpen('disable')}>
            {t('carriers.disable')}
          </Button>
        ) : (
          <Button variant="default" loading={enable.isPending} onClick={() => enable.mutate(input)}>
            {t('carriers.enable')}
          </Button>
        )}
      </Actions>
      {fault !== undefined && <FaultLine error={fault.error} />}
      <Dialog open={open === 'test'} title={t('carriers.testTitle', { name: item.name })} onClose={() => setOpen(null)}>
        <p className={classes.dialogText}>{t('carriers.testText')}</p>
        <TestMessage id={item.id} />
      </Dialog>
      <Confirm
        open={open === 'disable'}
        title={t('carriers.disableTitle', { name: item.name })}
        action={t('carriers.disable')}
        busy={disable.isPending}
        error={disable.error}
        onClose={() => setOpen(null)}
        onConfirm={() => disable.mutate(input, { onSuccess: () => setOpen(null) })}
      >
        <p>{t('carriers.disableText')}</p>
      </Confirm>
    </>
  );
}

/** Parts sent in the spans that run, beside the quota of each; how well a modem hears. */
function Usage({ item }: { readonly item: CarrierItem }) {
  const { language, t } = useLanguage();
  const number = (value: number) => wholeNumber(value, language);
  const { signalDbm, operator } = item.facts;
  return (
    <Section title={t('carriers.usage')}>
      <Facts>
        {typeof signalDbm === 'number' && (
          <Fact name={t('carriers.signal')}>
            <span className={classes.air}>
              <Signal dbm={signalDbm} />
              {operator}
            </span>
          </Fact>
        )}
        {item.usage.map(({ period, used, limit, endsAt }) => (
          <Fact key={period} name={t(`carriers.period.${period}`)}>
            {limit === null ? (
              number(used)
            ) : (
              <span className={classes.usage}>
                {t('carriers.ofQuota', { used: number(used), limit: number(limit) })}
                <Meter value={used} most={limit} label={t(`carriers.period.${period}`)} />
                {used >= limit && (
                  <span>
                    {t('carriers.next')} <FullTime iso={endsAt} />
                  </span>
                )}
              </span>
            )}
          </Fact>
        ))}
        <Fact name={t('carriers.held')}>{number(item.held)}</Fact>
      </Facts>
    </Section>
  );
}
