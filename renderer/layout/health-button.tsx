import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { BoxStatus } from '../../server/contract/admin-shapes.ts';
import type { CarrierItem } from '../../server/contract/carrier-forms.ts';
import { useLiveState } from '../api/live-context.tsx';
import { duration, shortTime } from '../i18n/format.ts';
import { useLanguage, useText } from '../i18n/language-context.tsx';
import { Link } from '../router/link.tsx';
import { pathTo } from '../router/routes.ts';
import { useNow } from '../ui/clock.ts';
import { carrierWords } from '../ui/reason-words.ts';
import { Icon } from '../ui/icon.tsx';
import { carrierTones, healthOf, healthText, healthTones } from './health.ts';
import type { Health } from './health.ts';
import classes from './health.module.css';
import { useMatters } from './matters.ts';
import { useStatus } from './status.ts';

/** The box's health in one dot with words; a press tells what asks for somebody, of every carrier and of the queue. */
export function HealthButton() {
  const t = useText();
  const status = useStatus();
  const lost = useLiveState() === 'lost';
  const [open, setOpen] = useState(false);
  const health: Health = lost || status.isError ? { word: 'unknown' } : healthOf(status.data);
  const words = healthText(health, t);
  const queued = status.data?.queued ?? 0;
  const queue = queued === 0 ? '' : ` · ${t('health.queue', { count: queued })}`;
  return (
    <Popover
      position="bottom-end"
      width={336}
      shadow="md"
      trapFocus
      transitionProps={{ duration: 100 }}
      opened={open}
      onChange={setOpen}
    >
      <Popover.Target>
        <button
          type="button"
          onClick={() => setOpen(!open)}
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
        {status.data === undefined ? (
          <p>{t('health.unknown')}</p>
        ) : (
          <HealthCard status={status.data} onLeave={() => setOpen(false)} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface HealthCardProps {
  readonly status: BoxStatus;
  /** A link was followed. */
  readonly onLeave: () => void;
}

function HealthCard({ status, onLeave }: HealthCardProps) {
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
      <Matters onLeave={onLeave} />
      <h2>{t('health.carriers')}</h2>
      {status.carriers.length === 0 && <p>{t('health.noCarrierText')}</p>}
      <ul>
        {status.carriers.map((carrier) => (
          <CarrierLine key={carrier.id} carrier={carrier} onLeave={onLeave} />
        ))}
      </ul>
      <p className={classes.foot}>
        <span>{t('health.version', { version: status.version })}</span>
        <span>{t('health.running', { time: shortTime(status.startedAt, now, language) })}</span>
      </p>
    </>
  );
}

/** What asks for somebody; each leads to where it is dealt with. */
function Matters({ onLeave }: Pick<HealthCardProps, 'onLeave'>) {
  const t = useText();
  const matters = useMatters();
  if (matters.length === 0) return null;
  return (
    <>
      <h2>{t('attention.label')}</h2>
      <ul className={classes.matters}>
        {matters.map(({ key, tone, text, to }) => (
          <li key={key} data-tone={tone}>
            <Icon name={tone === 'blue' ? 'info' : 'alert'} />
            <Link to={to} onClick={onLeave}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

function CarrierLine({ carrier, onLeave }: { readonly carrier: CarrierItem } & Pick<HealthCardProps, 'onLeave'>) {
  const { language, t } = useLanguage();
  const words = carrierWords(carrier, useNow(), language, t);
  return (
    <li className={classes.carrier} data-tone={carrierTones[carrier.state]}>
      <span className={classes.dot} />
      <Link to={pathTo('carriers', carrier.id)} className={classes.name} onClick={onLeave}>
        {carrier.name}
      </Link>
      <span className={classes.state}>{t(`carrier.${carrier.state}`)}</span>
      {words !== '' && <span className={classes.reason}>{words}</span>}
    </li>
  );
}
