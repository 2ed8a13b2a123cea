import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ImportItem } from '../../../server/contract/admin-imports.ts';
import { useAct } from '../../api/ask.ts';
import { useMay } from '../../api/session.ts';
import { useText } from '../../i18n/language-context.tsx';
import { navigate } from '../../router/history.ts';
import { pathTo } from '../../router/routes.ts';
import { Confirm } from '../../ui/dialog.tsx';
import { FaultLine } from '../../ui/notice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { turnOf } from './import-state.tsx';
import { bookChanges } from './use-found.ts';

const changed = ['import', 'imports', ...bookChanges] as const;

/** Start, pause, go on, stop, forget: whatever the state of an import allows. */
export function ImportActs({ item }: { readonly item: ImportItem }) {
  const t = useText();
  const mayChange = useMay('operator');
  const start = useAct('importStart', changed, turnOf(item));
  const pause = useAct('importPause', changed);
  const [asking, setAsking] = useState<'stop' | 'forget' | null>(null);
  if (!mayChange || (item.state === 'reading' && item.rows === 0)) return null;
  const input = { params: { id: item.id } };
  const open = item.state === 'running' || item.state === 'paused';
  const usable = item.columns.some(({ use }) => use === 'msisdn') && item.rows > item.problems;
  return (
    <>
      {start.isError && <FaultLine error={start.error} />}
      {open ? (
        <Button variant="default" onClick={() => setAsking('stop')}>
          {t('imports.stop')}
        </Button>
      ) : (
        <Button variant="default" onClick={() => setAsking('forget')}>
          {t(item.state === 'ready' || item.state === 'reading' ? 'imports.discard' : 'imports.forget')}
        </Button>
      )}
      {item.state === 'running' && (
        <Button variant="default" loading={pause.isPending} onClick={() => pause.mutate(input)}>
          {t('imports.pause')}
        </Button>
      )}
      {item.state === 'paused' && (
        <Button loading={start.isPending} onClick={() => start.mutate(input)}>
          {t('imports.goOn')}
        </Button>
      )}
      {(item.state === 'ready' || item.state === 'reading') && (
        <Button
          disabled={!usable}
          loading={start.isPending || item.state === 'reading'}
          onClick={() => start.mutate(input)}
        >
          {t('imports.start', { count: item.rows - item.problems })}
        </Button>
      )}
      <Stop open={asking === 'stop'} item={item} onClose={() => setAsking(null)} />
      <Forget open={asking === 'forget'} item={item} onClose={() => setAsking(null)} />
    </>
  );
}

interface AskProps {
  readonly open: boolean;
  readonly item: ImportItem;
  readonly onClose: () => void;
}

function Stop({ open, item, onClose }: AskProps) {
  const t = useText();
  const cancel = useAct('importCancel', changed);
  return (
    <Confirm
      open={open}
      title={t('imports.stopTitle', { name: item.fileName })}
      action={t('imports.stop')}
      danger
      busy={cancel.isPending}
      error={cancel.error}
      onClose={onClose}
      onConfirm={() => cancel.mutate({ params: { id: item.id } }, { onSuccess: onClose })}
    >
      <p>{t('imports.stopText', { done: item.doneRows, count: item.rows - item.doneRows })}</p>
    </Confirm>
  );
}

function Forget({ open, item, onClose }: AskProps) {
  const t = useText();
  const say = useToast();
  const remove = useAct('importRemove', ['imports']);
  const name = item.fileName;
  return (
    <Confirm
      open={open}
      title={t('imports.forgetTitle', { name })}
      action={t(item.state === 'ready' ? 'imports.discard' : 'imports.forget')}
      danger
      busy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onConfirm={() =>
        remove.mutate(
          { params: { id: item.id } },
          {
            onSuccess: () => {
              say(t('imports.forgotten', { name }));
              navigate(pathTo('contacts', 'imports'));
            },
          },
        )
      }
    >
      <p>{t(item.state === 'ready' ? 'imports.discardText' : 'imports.forgetText', { count: item.rows })}</p>
    </Confirm>
  );
}
