import { Button } from '@mantine/core';
import type { CarrierItem } from '../../../server/contract/carrier-forms.ts';
import { useAsk } from '../../api/ask.ts';
import { useText } from '../../i18n/language-context.tsx';
import { Link } from '../../router/link.tsx';
import { pathTo } from '../../router/routes.ts';
import { CarrierState } from '../../ui/carrier-state.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Fault } from '../../ui/notice.tsx';
import { Card, Fields, Page } from '../../ui/page.tsx';
import { Callback } from './callback.tsx';
import classes from './carriers.module.css';
import { Help } from './help.tsx';
import { TestMessage } from './test-message.tsx';

const lookAgain = 1_500;

/** A carrier that was just added: how far it has come, what it waits for, and a message by it when it is there. */
export function CarrierReady({ id }: { readonly id: number }) {
  const t = useText();
  const carrier = useAsk('carrier', { params: { id } }, { every: lookAgain });
  const item = carrier.data;
  return (
    <Page
      title={item?.name ?? t('carriers.panel')}
      text={t('carriers.readyText')}
      width="form"
      mark={item !== undefined && <CarrierState state={item.state} />}
      back={{ to: pathTo('carriers'), name: t('nav.carriers') }}
    >
      {carrier.isError && item === undefined && (
        <Fault title={t('carriers.missing')} error={carrier.error} onRetry={() => void carrier.refetch()} />
      )}
      {item !== undefined && (
        <>
          <Card title={t('carriers.progress')}>
            <Fields>
              <ol className={classes.stages} aria-live="polite">
                {stagesOf(item).map(({ name, done, detail }) => (
                  <li key={name} data-done={done} data-tone={done ? 'green' : 'grey'}>
                    <Icon name={done ? 'tick' : 'dots'} />
                    <span>{t(`carriers.stage.${name}`)}</span>
                    {detail !== null && <span className={classes.stageDetail}>{detail}</span>}
                  </li>
                ))}
              </ol>
              <Help item={item} />
            </Fields>
          </Card>
          <Callback item={item} />
          {item.state === 'ready' && (
            <Card title={t('carriers.test')} text={t('carriers.testText')}>
              <TestMessage id={item.id} />
            </Card>
          )}
          <div className={classes.foot}>
            <Button variant="default" component={Link} to={pathTo('carriers', item.id)}>
              {t('carriers.toCarrier')}
            </Button>
          </div>
        </>
      )}
    </Page>
  );
}

interface Stage {
  readonly name: 'added' | 'answers' | 'sim' | 'network' | 'bound' | 'reached' | 'ready';
  readonly done: boolean;
  readonly detail: string | null;
}

/** What stands between adding a carrier and sending by it. */
function stagesOf({ kind, state, facts }: CarrierItem): readonly Stage[] {
  const isReady = state === 'ready' || state === 'paused';
  const stage = (name: Stage['name'], done: boolean, ...details: readonly unknown[]): Stage => {
    const words = details.filter((word) => typeof word === 'string' && word !== '');
    return { name, done, detail: words.length === 0 ? null : words.join(' ') };
  };
  const added = stage('added', true);
  switch (kind) {
    case 'modem':
    case 'simulator':
      return [
        added,
        stage('answers', typeof facts['imei'] === 'string', facts['manufacturer'], facts['model']),
        stage('sim', facts['sim'] === 'ready'),
        stage('network', isReady || typeof facts['operator'] === 'string', facts['operator']),
        stage('ready', isReady),
      ];
    case 'smpp':
      return [added, stage('bound', typeof facts['boundSince'] === 'string', facts['smsc']), stage('ready', isReady)];
    case 'upstream':
      return [added, stage('reached', isReady, facts['provider']), stage('ready', isReady)];
    default:
      return kind satisfies never;
  }
}
