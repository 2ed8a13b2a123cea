import { Button, Radio } from '@mantine/core';
import { useState } from 'react';
import { useText } from '../../../i18n/language-context.tsx';
import { Actions, Dialog } from '../../../ui/dialog.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { FaultLine, Hint } from '../../../ui/notice.tsx';
import { Fields } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import type { MessageQuery } from '../filters.ts';
import { exportRun, useExport } from './use-export.ts';

interface ExportMessagesProps {
  /** What the list shows. */
  readonly query: MessageQuery;
  readonly filtered: boolean;
}

/** Writes what the list shows to a CSV file, however much that is. */
export function ExportMessages({ query, filtered }: ExportMessagesProps) {
  const t = useText();
  const { unfinished } = useExport();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="download" />}
        onClick={() => {
          if (!unfinished) exportRun.stop();
          setOpen(true);
        }}
      >
        {t(unfinished ? 'export.running' : 'export.action')}
      </Button>
      <Dialog open={open} title={t('export.title')} onClose={() => setOpen(false)}>
        <ExportWindow query={query} filtered={filtered} onClose={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function ExportWindow({ query, filtered, onClose }: ExportMessagesProps & { readonly onClose: () => void }) {
  const { phase } = useExport();
  if (phase === 'idle') return <Begin query={query} filtered={filtered} onClose={onClose} />;
  return phase === 'done' ? <Finished onClose={onClose} /> : <UnderWay onClose={onClose} />;
}

function Begin({ query, filtered, onClose }: ExportMessagesProps & { readonly onClose: () => void }) {
  const t = useText();
  const [each, setEach] = useState<'message' | 'recipient'>('message');
  return (
    <Fields>
      <p>{t(filtered ? 'export.textFiltered' : 'export.text')}</p>
      <Radio.Group
        label={t('export.each')}
        value={each}
        onChange={(value) => setEach(value === 'recipient' ? 'recipient' : 'message')}
      >
        <Fields>
          <Radio value="message" label={t('export.each.message')} />
          <Radio value="recipient" label={t('export.each.recipient')} />
        </Fields>
      </Radio.Group>
      <Actions>
        <Button variant="default" onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button onClick={() => void exportRun.start({ ...withoutPage(query), each })}>{t('export.begin')}</Button>
      </Actions>
    </Fields>
  );
}

function UnderWay({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const { phase, lines, done, at, error } = useExport();
  return (
    <Fields>
      <Progress
        label={t('export.title')}
        done={lines}
        total={Math.max(lines, Math.round(Math.max(lines, 1) / Math.max(done, 0.001)))}
        estimated
        at={at}
        running={phase === 'running'}
      />
      {phase === 'halted' && <FaultLine error={error} />}
      <p>{t('export.goesOn')}</p>
      <Actions>
        <Button variant="default" onClick={() => exportRun.stop()}>
          {t('export.stop')}
        </Button>
        {phase === 'running' ? (
          <Button variant="default" onClick={() => exportRun.pause()}>
            {t('export.pause')}
          </Button>
        ) : (
          <Button variant="default" onClick={() => void exportRun.resume()}>
            {t('export.resume')}
          </Button>
        )}
        <Button onClick={onClose}>{t('export.hide')}</Button>
      </Actions>
    </Fields>
  );
}

function Finished({ onClose }: { readonly onClose: () => void }) {
  const t = useText();
  const { lines } = useExport();
  return (
    <Fields>
      <Hint tone="green">{t('export.done', { count: lines })}</Hint>
      <Actions>
        <Button onClick={onClose}>{t('action.close')}</Button>
      </Actions>
    </Fields>
  );
}

function withoutPage({ limit: _limit, cursor: _cursor, ...filters }: MessageQuery) {
  return filters;
}
