import { Button, Radio, TextInput } from '@mantine/core';
import { useEffect } from 'react';
import type { ModemItem } from '../../../server/contract/admin-modems.ts';
import { useAct, useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { Badge } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { FaultLine, Hint } from '../../ui/notice.tsx';
import { Signal } from '../../ui/signal.tsx';
import type { Tone } from '../../ui/states.ts';
import classes from './carriers.module.css';
import { useCarriers } from './use-carriers.ts';

const lookAgain = 5_000;
export const byPath = 'path';

interface ModemChoiceProps {
  /** IMEI of the modem that was chosen; `byPath` for one that is named by its port, empty for none yet. */
  readonly value: string;
  readonly path: string;
  readonly fault: string | null;
  readonly onChoose: (value: string, modem: ModemItem | null) => void;
  readonly onPath: (path: string) => void;
}

/** The modems that are plugged in, as each says of itself; those that cannot be chosen say why. */
export function ModemChoice({ value, path, fault, onChoose, onPath }: ModemChoiceProps) {
  const t = useText();
  const modems = useAsk('modems', {}, { every: lookAgain });
  const { mutate, isPending, error } = useAct('modemScan', ['modems']);
  // What is behind a serial adapter, and how the SIM is, only asking tells.
  useEffect(() => mutate({}), [mutate]);
  const items = modems.data?.items ?? [];
  const choose = (chosen: string) => onChoose(chosen, items.find(({ imei }) => imei === chosen) ?? null);
  return (
    <>
      <Radio.Group aria-label={t('carriers.modems')} value={value} onChange={choose} error={fault}>
        <ul className={classes.modems} aria-busy={isPending}>
          {items.map((modem, index) => (
            <Modem key={modem.ports[0]?.path ?? index} modem={modem} asking={isPending} />
          ))}
          <li>
            <Radio value={byPath} label={t('carriers.byPath')} description={t('carriers.byPathHint')} />
          </li>
        </ul>
      </Radio.Group>
      {value === byPath && (
        <TextInput
          label={t('carriers.path')}
          description={t('carriers.pathHint')}
          placeholder="/dev/ttyUSB2"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          maxLength={256}
          value={path}
          onChange={(event) => onPath(event.currentTarget.value)}
        />
      )}
      {isPending && <Hint tone="blue">{t('carriers.asking')}</Hint>}
      {modems.data !== undefined && items.length === 0 && !isPending && (
        <Hint tone="grey">{t('carriers.noModem')}</Hint>
      )}
      <div>
        <Button variant="default" size="xs" loading={isPending} onClick={() => mutate({})}>
          {t('carriers.scan')}
        </Button>
      </div>
      {error !== null && <FaultLine error={error} />}
    </>
  );
}

function Modem({ modem, asking }: { readonly modem: ModemItem; readonly asking: boolean }) {
  const t = useText();
  const name = [modem.manufacturer, modem.model].filter((word) => word !== null).join(' ') || modem.device;
  const isUsable = modem.free && modem.imei !== null;
  const ids = [modem.imei === null ? null : `IMEI ${modem.imei}`, modem.port].filter((word) => word !== null);
  return (
    <li data-usable={isUsable}>
      <Radio
        value={modem.imei ?? modem.device}
        label={name}
        description={ids.length === 0 ? undefined : ids.join(' · ')}
        disabled={!isUsable}
      />
      <Air modem={modem} />
      {modem.carrier === null && modem.problem !== null && !asking && (
        <div className={classes.under}>
          <Hint tone="orange">{modem.problem}</Hint>
        </div>
      )}
      {modem.carrier === null && modem.free && modem.imei === null && (
        <div className={classes.under}>
          <Hint tone="orange">{t('carriers.noImei', { port: modem.port ?? '' })}</Hint>
        </div>
      )}
    </li>
  );
}

const simLooks: Readonly<Record<NonNullable<ModemItem['sim']>, { readonly tone: Tone; readonly icon: IconName }>> = {
  ready: { tone: 'green', icon: 'tick' },
  pin: { tone: 'orange', icon: 'key' },
  puk: { tone: 'red', icon: 'alert' },
  locked: { tone: 'red', icon: 'alert' },
  missing: { tone: 'red', icon: 'slash' },
};

/** Whose it is, or how its SIM is and what it hears. */
function Air({ modem }: { readonly modem: ModemItem }) {
  const t = useText();
  const { items = [] } = useCarriers().data ?? {};
  const owner = items.find(({ id }) => id === modem.carrier?.id);
  if (modem.carrier !== null) {
    return (
      <div className={classes.air}>
        <Signal dbm={owner?.facts['signalDbm']} />
        {typeof owner?.facts['operator'] === 'string' && <span>{owner.facts['operator']}</span>}
        <Link to={pathTo('carriers', modem.carrier.id)}>{t('carriers.taken', { name: modem.carrier.name })}</Link>
      </div>
    );
  }
  if (modem.sim === null) return null;
  const { tone, icon } = simLooks[modem.sim];
  return (
    <div className={classes.air}>
      <Badge tone={tone} icon={icon}>
        {t(`carriers.sim.${modem.sim}`)}
      </Badge>
      {modem.operator !== null && <span>{modem.operator}</span>}
      <Signal dbm={modem.signalDbm} />
    </div>
  );
}
