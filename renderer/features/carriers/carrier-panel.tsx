import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';

interface CarrierPanelProps {
  readonly item: CarrierItem | undefined;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One carrier: how it is and why, what it has sent of its quota, what it tells of itself, and how to rest or remove it. */
export function CarrierPanel({ item, waiting, closed }: CarrierPanelProps) {
  const t = useText();
  if (item === undefined) {
    return (
      <SidePanel label={t('carriers.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('carriers.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  const warning = item.facts['warning'];
  return (
    <SidePanel
      label={t('carriers.panel')}
      closed={closed}
      head={
        <>
          <h2>{item.name}</h2>
          <CarrierState state={item.state} />
        </>
      }
    >
      {item.reason !== '' && <Hint tone={item.state === 'faulty' ? 'red' : 'orange'}>{item.reason}</Hint>}
      {typeof warning === 'string' && warning !== '' && <Hint tone="orange">{warning}</Hint>}
      <Switches item={item} />
      <Usage item={item} />
      <About item={item} />
      <Remove item={item} closed={closed} />
    </SidePanel>
  );
}

function Switches({ item }: { readonly item: CarrierItem }) {
  const t = useText();
  const mayAct = useMay('operator');
  const changes = ['carriers', 'status'] as const;
  const pause = useAct('carrierPause', changes);
  const resume = useAct('carrierResume', changes);
  const enable = useAct('carrierEnable', changes);
  const disable = useAct('carrierDisable', changes);
  if (!mayAct) return null;
  const input = { params: { id: item.id } };
  const [act, word] = item.paused ? ([resume, 'carriers.resume'] as const) : ([pause, 'carriers.pause'] as const);
  const [turn, turnWord] = item.enabled
    ? ([disable, 'carriers.disable'] as const)
    : ([enable, 'carriers.enable'] as const);
  const fault = [pause, resume, enable, disable].find((one) => one.isError);
  return (
    <>
      <Actions start>
        {item.enabled && (
          <Button variant="default" loading={act.isPending} onClick={() => act.mutate(input)}>
            {t(word)}
          </Button>
        )}
        <Button variant="default" loading={turn.isPending} onClick={() => turn.mutate(input)}>
          {t(turnWord)}
        </Button>
      </Actions>
      {fault !== undefined && <FaultLine error={fault.error} />}
    </>
  );
}

/** Parts sent in the spans that run, beside the quota of each. */
function Usage({ item }: { readonly item: CarrierItem }) {
  const { language, t } = useLanguage();
  const number = (value: number) => wholeNumber(value, language);
  return (
    <Section title={t('carriers.usage')}>
      <Facts>
        {item.usage.map(({ period, used, limit, endsAt }) => (
          <Fact key={period} name={t(`carriers.period.${period}`)}>
            {limit === null ? number(used) : t('carriers.ofQuota', { used: number(used), limit: number(limit) })}
            {limit !== null && used >= limit && (
              <>
                {' · '}
                {t('carriers.next')} <FullTime iso={endsAt} />
              </>
            )}
          </Fact>
        ))}
        <Fact name={t('carriers.held')}>{number(item.held)}</Fact>
      </Facts>
    </Section>
  );
}

/** What it tells of itself, under names that people know, or else its own. */
function About({ item }: { readonly item: CarrierItem }) {
  const { language, t } = useLanguage();
  const told = Object.entries(item.facts).filter(
    ([name, value]) => value !== null && value !== '' && name !== 'warning',
  );
  if (told.length === 0) return null;
  return (
    <Section title={t('carriers.facts')}>
      <Facts>
        {told.map(([name, value]) => (
          <Fact
            key={name}
            name={t.known(`carriers.fact.${name}`) ?? name}
            {...(typeof value === 'string' ? { copy: value } : {})}
          >
            {typeof value === 'number' ? wholeNumber(value, language) : value}
          </Fact>
        ))}
      </Facts>
    </Section>
  );
}

function Remove({ item, closed }: { readonly item: CarrierItem; readonly closed: string }) {
  const t = useText();
  const say = useToast();
  const remove = useAct('carrierRemove', ['carriers', 'status']);
  const mayRemove = useMay('admin');
  const [asking, setAsking] = useState(false);
  if (!mayRemove) return null;
  // The list is read again before the answer is told here, and this panel is gone with its row.
  const removeIt = async () => {
    try {
      await remove.mutateAsync({ params: { id: item.id } });
    } catch {
      return;
    }
    say(t('carriers.removed', { name: item.name }));
    navigate(closed);
  };
  return (
    <>
      <Actions start>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('carriers.remove')}
        </Button>
      </Actions>
      <Confirm
        open={asking}
        title={t('carriers.removeTitle', { name: item.name })}
        action={t('carriers.remove')}
        danger
        busy={remove.isPending}
        error={remove.error}
        onClose={() => setAsking(false)}
        onConfirm={() => void removeIt()}
      >
        <p>{t('carriers.removeText')}</p>
      </Confirm>
    </>
  );
}
