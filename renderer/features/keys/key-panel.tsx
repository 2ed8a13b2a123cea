import { Button } from '@mantine/core';
import { useState } from 'react';
import type { KeyItem } from '../../../server/contract/admin-shapes.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { wholeNumber } from '../../i18n/format.ts';
import { useLanguage, useText } from '../../i18n/language-context.tsx';
import { Actions, Confirm } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { PanelMissing, PanelSkeleton, Section, SidePanel } from '../../ui/side-panel.tsx';
import { FullTime, RelativeTime } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { KeyState } from './key-state.tsx';

interface KeyPanelProps {
  readonly item: KeyItem | undefined;
  readonly waiting: boolean;
  readonly closed: string;
}

/** One key: what it may, where it was last used, and the way to end it. */
export function KeyPanel({ item, waiting, closed }: KeyPanelProps) {
  const { language, t } = useLanguage();
  const mayChange = useMay('admin');
  if (item === undefined) {
    return (
      <SidePanel label={t('keys.panel')} closed={closed}>
        {waiting ? <PanelSkeleton /> : <PanelMissing title={t('keys.missing')} text={t('panel.notFound.text')} />}
      </SidePanel>
    );
  }
  return (
    <SidePanel
      label={t('keys.panel')}
      closed={closed}
      head={
        <>
          <h2>{item.name}</h2>
          <KeyState item={item} />
        </>
      }
    >
      <Facts>
        <Fact name={t('keys.key')}>
          <code>{item.display}</code>
        </Fact>
        <Fact name={t('panel.account')}>{item.account}</Fact>
        <Fact name={t('keys.created')}>
          <FullTime iso={item.createdAt} />
        </Fact>
        <Fact name={t('keys.lastUsed')}>
          {item.lastUsedAt === null ? t('keys.never') : <RelativeTime iso={item.lastUsedAt} />}
        </Fact>
        {item.lastUsedIp !== null && (
          <Fact name={t('keys.lastIp')} copy={item.lastUsedIp}>
            {item.lastUsedIp}
          </Fact>
        )}
        <Fact name={t('keys.ips')}>{item.ips.length === 0 ? t('keys.anyIp') : item.ips.join(', ')}</Fact>
        <Fact name={t('keys.rpm')}>{item.rpm === null ? t('keys.usualRpm') : wholeNumber(item.rpm, language)}</Fact>
        <Fact name={t('keys.expires')}>
          {item.expiresAt === null ? t('keys.never') : <FullTime iso={item.expiresAt} />}
        </Fact>
        {item.revokedAt !== null && (
          <Fact name={t('keys.revokedAt')}>
            <FullTime iso={item.revokedAt} />
          </Fact>
        )}
      </Facts>
      <Section title={t('keys.scopes')}>
        <Facts>
          {item.scopes.map((scope) => (
            <Fact key={scope} name={scope}>
              {t(`keys.scope.${scope}`)}
            </Fact>
          ))}
        </Facts>
      </Section>
      {mayChange && item.revokedAt === null && <Revoke item={item} />}
    </SidePanel>
  );
}

function Revoke({ item }: { readonly item: KeyItem }) {
  const t = useText();
  const say = useToast();
  const revoke = useAct('keyRevoke', ['keys']);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Actions start>
        <Button variant="default" onClick={() => setAsking(true)}>
          {t('keys.revoke')}
        </Button>
      </Actions>
      <Confirm
        open={asking}
        title={t('keys.revokeTitle', { name: item.name })}
        action={t('keys.revoke')}
        danger
        busy={revoke.isPending}
        error={revoke.error}
        onClose={() => setAsking(false)}
        onConfirm={() =>
          revoke.mutate(
            { params: { id: item.id } },
            {
              onSuccess: () => {
                setAsking(false);
                say(t('keys.revoked', { name: item.name }));
              },
            },
          )
        }
      >
        <p>{t('keys.revokeText', { name: item.name, key: item.display })}</p>
        {item.lastUsedAt !== null && (
          <p>
            {t('keys.lastUsed')}: <RelativeTime iso={item.lastUsedAt} />
          </p>
        )}
      </Confirm>
    </>
  );
}
