import { Popover } from '@mantine/core';
import type { BoxStatus } from '../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import { useLiveState } from '../api/live-context.tsx';
import { duration, shortTime } from '../i18n/format.ts';
import { useLanguage, useText } from '../i18n/language-context.tsx';
import { useNow } from '../ui/clock.ts';
import { carrierTones, healthOf, healthText, healthTones } from './health.ts';
import type { Health } from './health.ts';
import classes from './health.module.css';
import { useStatus } from './status.ts';

/** The box's health in one dot with words; a press tells of every carrier and of the queue. */
export function HealthButton() {
  const t = useText();
  const status = useStatus();
  const lost = useLiveState() === 'lost';
  const health: Health = lost || status.isError ? { word: 'unknown' } : healthOf(status.data);
  const words = healthText(health, t);
  const queued = status.data?.queued ?? 0;
  const queue = queued === 0 ? '' : ` · ${t('health.queue', { count: queued })}`;
  return (
    <Popover position="bottom-end" width={336} shadow="md" trapFocus transitionProps={{ duration: 100 }}>
      <Popover.Target>
        <button
          type="button"
          className={classes.button}
          data-tone={healthTones[health.word]}
          aria-label={`${t('health.label')}: ${words}${queue}`}
        >
          <span className={classes.dot} />
          <span className={classes.words}>
            {words}
            {queue !== '' && <span className={classes.queue}>{queue}</span>}
          </span>
        </button>
      </Popover.Target>
      <Popover.Dropdown className={classes.card}>
        {status.data === undefined ? <p>{t('health.unknown')}</p> : <HealthCard status={status.data} />}
      </Popover.Dropdown>
    </Popover>
  );
}

function HealthCard({ status }: { readonly status: BoxStatus }) {
  const { language, t } = useLanguage();
  const now = useNow();
  return (
    <>
      <p className={classes.line}>
        {status.queued === 0 ? t('health.queueEmpty') : t('health.queue', { count: status.queued })}
        {status.queued > 0 && status.oldestQueuedMs !== null && (
          <span>, {t('health.oldest', { time: duration(status.oldestQueuedMs, language) })}</span>
        )}
      </p>
      <h2>{t('health.carriers')}</h2>
      {status.carriers.length === 0 && <p>{t('health.noCarrierText')}</p>}
      <ul>
        {status.carriers.map((carrier) => (
          <CarrierLine key={carrier.id} carrier={carrier} />
        ))}
      </ul>
      <p className={classes.foot}>
        <span>{t('health.version', { version: status.version })}</span>
        <span>{t('health.running', { time: shortTime(status.startedAt, now, language) })}</span>
      </p>
    </>
  );
}

function CarrierLine({ carrier }: { readonly carrier: CarrierItem }) {
  const t = useText();
  return (
    <li className={classes.carrier} data-tone={carrierTones[carrier.state]}>
      <span className={classes.dot} />
      <span className={classes.name}>{carrier.name}</span>
      <span className={classes.state}>{t(`carrier.${carrier.state}`)}</span>
      {carrier.reason !== '' && <span className={classes.reason}>{carrier.reason}</span>}
    </li>
  );
}
